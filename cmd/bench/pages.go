package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// row is one kind of request.
type row struct {
	name  string
	path  string
	plain load
	gzip  load
	goal  string
}

// sized is everything measured on an installation of one size.
type sized struct {
	enrolments int
	health     load
	rows       []row
	event      load
	memory     int // KB resident after the loads
	idle       int // KB resident after the start
	first      time.Duration
}

func measureSize(ctx context.Context, o options, n int) (out sized, err error) {
	dir := filepath.Join(o.dir, fmt.Sprint("data", n))
	began := time.Now()
	s, err := seed(ctx, dir, n)
	if err != nil {
		return out, fmt.Errorf("seed: %w", err)
	}
	fmt.Fprintf(os.Stderr, "%d enrolments seeded in %s\n", n, time.Since(began).Round(time.Second))
	port, err := freePort()
	if err != nil {
		return out, err
	}
	address := fmt.Sprintf("127.0.0.1:%d", port)
	cmd := exec.Command(o.aula, "serve", "--data", dir, "--listen", address, "--url", publicURL)
	began = time.Now()
	stop, err := start(ctx, cmd, address)
	if err != nil {
		return out, err
	}
	defer stop()
	base := "http://" + address
	if err := firstPage(ctx, base); err != nil {
		return out, err
	}
	out.enrolments, out.first = n, time.Since(began)
	time.Sleep(time.Second)
	out.idle = resident(cmd.Process.Pid)
	if out.health, err = wrk(ctx, o, base+"/healthz", ""); err != nil {
		return out, err
	}
	if err := measurePages(ctx, o, base, s, &out); err != nil {
		return out, err
	}
	if out.event, err = measureEvents(ctx, o, base, s); err != nil {
		return out, err
	}
	out.memory = resident(cmd.Process.Pid)
	return out, nil
}

func firstPage(ctx context.Context, base string) error {
	return exec.CommandContext(ctx, "curl", "-sf", "--retry", "20", "--retry-connrefused", "--retry-delay", "0", "-o", "/dev/null", base+"/").Run()
}

func measurePages(ctx context.Context, o options, base string, s seeded, out *sized) (err error) {
	cookie := "Cookie: aula=" + s.tokens[0]
	for _, r := range []row{
		{name: "a reading page", path: "/corsi/smart-working/il-tuo-prossimo-passo", goal: "6 %"},
		{name: "course page", path: "/corsi/smart-working", goal: "4 %"},
		{name: "my learning", path: "/apprendimento", goal: "4 %"},
	} {
		if r.plain, err = wrk(ctx, o, base+r.path, "", cookie); err != nil {
			return err
		}
		if r.gzip, err = wrk(ctx, o, base+r.path, "", cookie, "Accept-Encoding: gzip, br"); err != nil {
			return err
		}
		out.rows = append(out.rows, r)
	}
	return nil
}

// eventScript makes every request a stretch of a video that was not watched yet, so that every one is written.
const eventScript = `local threads = 0
function setup(thread) thread:set("id", threads); threads = threads + 1 end
function init(args)
  n = id; people = {}
  for line in io.lines(%q) do
    local token, enrolment = line:match("(%%S+) (%%S+)")
    table.insert(people, {token, enrolment})
  end
  videos = {%s}
end
function request()
  n = n + 2
  local p = people[n %% #people + 1]
  local step = math.floor(n / #people)
  local video = videos[step %% #videos + 1]
  local from = math.floor(step / #videos) * 0.5
  local body = string.format('{"events":[{"id":"e%%d","object":"%%s","kind":"watched","intervals":[[%%.1f,%%.1f]]}]}', n, video, from + base, from + base + 0.3)
  return wrk.format("POST", "/api/v1/enrolments/" .. p[2] .. "/events", {["Authorization"] = "Bearer " .. p[1], ["Content-Type"] = "application/json"}, body)
end
`

// measureEvents loads the API with progress; each round begins behind the stretches of the round before.
func measureEvents(ctx context.Context, o options, base string, s seeded) (load, error) {
	var people, videos strings.Builder
	for i, token := range s.tokens {
		fmt.Fprintf(&people, "%s %s\n", token, s.ids[i])
	}
	for _, v := range s.videos {
		name, err := json.Marshal(v.ID)
		if err != nil {
			return load{}, err
		}
		fmt.Fprintf(&videos, "%s,", name)
	}
	file, script := filepath.Join(o.dir, "people"), filepath.Join(o.dir, "events.lua")
	if err := os.WriteFile(file, []byte(people.String()), 0o600); err != nil {
		return load{}, err
	}
	once := o
	once.rounds = 1
	var all []load
	for round := range o.rounds {
		text := fmt.Sprintf("base = %d\n", round*45/o.rounds) + fmt.Sprintf(eventScript, file, videos.String())
		if err := os.WriteFile(script, []byte(text), 0o600); err != nil {
			return load{}, err
		}
		l, err := wrk(ctx, once, base, script)
		if err != nil {
			return l, err
		}
		all = append(all, l)
	}
	return median(all), nil
}

func median(all []load) load {
	best := all[0]
	for _, l := range all {
		worse := 0
		for _, m := range all {
			if m.rate < l.rate {
				worse++
			}
		}
		if worse == len(all)/2 {
			best = l
		}
	}
	return best
}

// resident is a process's memory in KB.
func resident(pid int) (kb int) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		if _, err := fmt.Sscanf(line, "VmRSS: %d kB", &kb); err == nil {
			return kb
		}
	}
	return 0
}

func printLoads(nginx load, all []sized) {
	fmt.Printf("nginx serving 1 KB: %.0f/s, p50 %.2f ms\n\n", nginx.rate, nginx.p50)
	for _, s := range all {
		fmt.Printf("%d enrolments: first page %s after the start, %d MB at rest, %d MB after the loads\n\n", s.enrolments, s.first.Round(time.Millisecond), s.idle/1024, s.memory/1024)
		fmt.Printf("| request | per second | p50 ms | p99 ms | of /healthz | goal |\n|---|---:|---:|---:|---:|---|\n")
		line := func(name string, l load, goal string) {
			fmt.Printf("| %s | %.0f | %.2f | %.2f | %.1f %% | %s |\n", name, l.rate, l.p50, l.p99, 100*l.rate/s.health.rate, goal)
		}
		line("/healthz", s.health, "")
		for _, r := range s.rows {
			line(r.name, r.plain, "≥ "+r.goal)
			line(r.name+", compressed", r.gzip, "≥ "+r.goal)
		}
		line("a progress event, durable", s.event, "≥ 3,000/s, p99 ≤ 30 ms")
		fmt.Println()
	}
	if len(all) == 2 {
		printGrowth(all[0], all[1])
	}
}

// printGrowth compares the sizes: nothing may depend on how many there are.
func printGrowth(small, large sized) {
	fmt.Printf("| from %d to %d enrolments | p50 × | goal |\n|---|---:|---|\n", small.enrolments, large.enrolments)
	for i, r := range large.rows {
		fmt.Printf("| %s | %.2f | ≤ 1.3 |\n", r.name, r.plain.p50/small.rows[i].plain.p50)
	}
	fmt.Printf("| a progress event | %.2f | ≤ 1.3 |\n| memory | %.2f | ≤ 1.5 |\n\n", large.event.p50/small.event.p50, float64(large.memory)/float64(small.memory))
}
