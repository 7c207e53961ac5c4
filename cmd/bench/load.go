package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// load is what wrk measured: requests per second, and latency in milliseconds.
type load struct {
	rate, p50, p99 float64
}

const connections = 16

// wrk loads an address; script may be empty.
func wrk(ctx context.Context, o options, address, script string, headers ...string) (load, error) {
	args := []string{"-t2", fmt.Sprintf("-c%d", connections), fmt.Sprintf("-d%ds", o.seconds), "--latency"}
	for _, h := range headers {
		args = append(args, "-H", h)
	}
	if script != "" {
		args = append(args, "-s", script)
	}
	var all []load
	for range o.rounds {
		out, err := exec.CommandContext(ctx, "wrk", append(args, address)...).CombinedOutput()
		if err != nil {
			return load{}, fmt.Errorf("wrk: %w: %s (apt-get install wrk)", err, out)
		}
		l, err := parseWrk(string(out))
		if err != nil {
			return l, fmt.Errorf("%s: %w", address, err)
		}
		all = append(all, l)
	}
	slices.SortFunc(all, func(a, b load) int { return int(a.rate - b.rate) })
	return all[len(all)/2], nil
}

// parseWrk reads what wrk prints; answers other than 2xx make the load worthless.
func parseWrk(out string) (l load, err error) {
	if strings.Contains(out, "Non-2xx") || strings.Contains(out, "Socket errors") {
		return l, fmt.Errorf("not every answer was good:\n%s", out)
	}
	find := func(pattern string) string {
		m := regexp.MustCompile(pattern).FindStringSubmatch(out)
		if m == nil {
			err = fmt.Errorf("wrk said:\n%s", out)
			return "0"
		}
		return m[1]
	}
	l.rate, _ = strconv.ParseFloat(find(`Requests/sec:\s+([\d.]+)`), 64)
	l.p50 = milliseconds(find(`50%\s+([\d.]+\w+)`))
	l.p99 = milliseconds(find(`99%\s+([\d.]+\w+)`))
	return l, err
}

func milliseconds(s string) float64 {
	d, err := time.ParseDuration(s)
	if err != nil {
		return 0
	}
	return float64(d) / float64(time.Millisecond)
}

// measureNginx is the calibration: nginx serving 1 KB.
func measureNginx(ctx context.Context, o options) (load, error) {
	dir := filepath.Join(o.dir, "nginx")
	if err := os.MkdirAll(filepath.Join(dir, "html"), 0o755); err != nil {
		return load{}, err
	}
	port, err := freePort()
	if err != nil {
		return load{}, err
	}
	conf := fmt.Sprintf("daemon off;\npid %[1]s/pid;\nerror_log stderr;\nworker_processes 2;\nevents {}\nhttp { access_log off; client_body_temp_path %[1]s/a; proxy_temp_path %[1]s/b; fastcgi_temp_path %[1]s/c; uwsgi_temp_path %[1]s/d; scgi_temp_path %[1]s/e; server { listen 127.0.0.1:%[2]d; root %[1]s/html; } }\n", dir, port)
	if err := os.WriteFile(filepath.Join(dir, "conf"), []byte(conf), 0o644); err != nil {
		return load{}, err
	}
	if err := os.WriteFile(filepath.Join(dir, "html", "1k.txt"), []byte(strings.Repeat("x", 1024)), 0o644); err != nil {
		return load{}, err
	}
	stop, err := start(ctx, exec.Command("nginx", "-c", filepath.Join(dir, "conf")), fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return load{}, fmt.Errorf("%w (apt-get install nginx-light)", err)
	}
	defer stop()
	if err := os.Chmod(o.dir, 0o755); err != nil {
		return load{}, err
	}
	return wrk(ctx, o, fmt.Sprintf("http://127.0.0.1:%d/1k.txt", port), "")
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// start runs a server until stop, and waits until it listens.
func start(ctx context.Context, cmd *exec.Cmd, address string) (stop func(), err error) {
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	stop = func() {
		cmd.Process.Signal(os.Interrupt)
		cmd.Wait()
	}
	for range 200 {
		c, err := net.DialTimeout("tcp", address, time.Second)
		if err == nil {
			return stop, c.Close()
		}
		select {
		case <-ctx.Done():
			stop()
			return nil, ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
	stop()
	return nil, fmt.Errorf("%s did not listen on %s", cmd.Path, address)
}
