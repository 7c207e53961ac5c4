package main

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"aulacomune/cmd/aula/region"
	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms"
)

// hundredth is how much smaller the region is that the large one is held against.
const hundredth = 100

// entePeople is about how many people the ente has whose pages are measured, in both regions: only the rest is to differ.
const entePeople = 80

// parseRegion reads enti, people and enrolments.
func parseRegion(s string) (z region.Size, err error) {
	z.Random = 1
	if n, err := fmt.Sscanf(s, "%d,%d,%d", &z.Enti, &z.People, &z.Enrolments); err != nil || n != 3 {
		return z, fmt.Errorf("--region: not ENTI,PEOPLE,ENROLMENTS: %q", s)
	}
	if z.Enti/hundredth < 12 {
		return z, errors.New("--region: a hundredth of the enti has to be 12 at least")
	}
	return z, nil
}

// place is a region that is served.
type place struct {
	size   region.Size
	data   string
	base   string
	pid    int
	seeded time.Duration // 0: it was there
	ente   lms.OrganisationID
	people int // of the ente
	tokens map[string]string
}

// measureRegion seeds two regions, serves both, and asks each for the same pages in turn, so that what else the machine does falls on both.
func measureRegion(ctx context.Context, o options) error {
	size, err := parseRegion(o.region)
	if err != nil {
		return err
	}
	dir := cmp.Or(o.regionData, o.dir)
	small := &place{size: region.Size{Enti: size.Enti / hundredth, People: size.People / hundredth, Enrolments: size.Enrolments / hundredth, Random: 1}, data: filepath.Join(dir, "region-small")}
	large := &place{size: size, data: filepath.Join(dir, "region-large")}
	for _, p := range []*place{small, large} {
		if err := p.prepare(ctx, o); err != nil {
			return err
		}
		stop, err := p.serve(ctx, o)
		if err != nil {
			return err
		}
		defer stop()
	}
	fmt.Printf("A region of %d enti, %d people and %d enrolments%s; held against one of %d, %d and %d. The pages of an ente are of one of %d people there and %d here.\n\n| what | %d people | %d people | goal |\n|---|---:|---:|---|\n",
		size.Enti, size.People, size.Enrolments, large.took(), small.size.Enti, small.size.People, small.size.Enrolments, large.people, small.people, small.size.People, large.size.People)
	if err := comparePages(ctx, small, large); err != nil {
		return err
	}
	if err := measureDashboards(ctx, small, large); err != nil {
		return err
	}
	if err := measureSheets(ctx, large); err != nil {
		return err
	}
	return measureRebuild(ctx, o, large)
}

// took says how long the seeding took.
func (p *place) took() string {
	if p.seeded == 0 {
		return ""
	}
	return fmt.Sprintf(", seeded in %s", p.seeded.Round(time.Second))
}

// prepare seeds the region unless it is there, chooses an ente, and signs people in.
func (p *place) prepare(ctx context.Context, o options) error {
	if _, err := os.Stat(p.data); errors.Is(err, os.ErrNotExist) {
		began := time.Now()
		cmd := exec.CommandContext(ctx, o.aula, "seed", "--data", p.data, "--enti", fmt.Sprint(p.size.Enti), "--people", fmt.Sprint(p.size.People), "--enrolments", fmt.Sprint(p.size.Enrolments))
		cmd.Stderr = os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("aula seed: %w", err)
		}
		p.seeded = time.Since(began)
	}
	house, err := wiring.Open(ctx, wiring.Options{Data: p.data, URL: publicURL})
	if err != nil {
		return err
	}
	return errors.Join(p.enter(ctx, house), house.Close())
}

// enter chooses the comune whose size is nearest to the one that is measured, and opens sessions.
func (p *place) enter(ctx context.Context, house *wiring.House) error {
	admin, err := house.School.Accounts.ActorByLogin(ctx, region.Administrator)
	if err != nil {
		return err
	}
	sums, err := house.Ledger.Summary(ctx, admin, region.Root, 0)
	if err != nil {
		return err
	}
	for _, g := range sums.Enti {
		if strings.HasPrefix(g.Key, "comune-") && (p.ente == "" || abs(g.Sum.People-entePeople) < abs(p.people-entePeople)) {
			p.ente, p.people = lms.OrganisationID(g.Key), g.Sum.People
		}
	}
	p.tokens = map[string]string{}
	logins := map[string]string{"administrator": region.Administrator, "referent": region.Referent + string(p.ente), "manager": region.Manager + string(p.ente)}
	for somebody, err := range house.School.People.OfEnte(ctx, p.ente) {
		if err != nil {
			return err
		}
		if len(somebody.Memberships) == 1 {
			logins["person"] = somebody.Login
		}
	}
	for who, login := range logins {
		if p.tokens[who], err = house.School.Accounts.Enter(ctx, login); err != nil {
			return err
		}
	}
	return nil
}

func abs(n int) int { return max(n, -n) }

// serve starts the server.
func (p *place) serve(ctx context.Context, o options) (stop func(), err error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	address := fmt.Sprintf("127.0.0.1:%d", port)
	cmd := exec.Command(o.aula, "serve", "--data", p.data, "--listen", address, "--url", publicURL)
	if stop, err = start(ctx, cmd, address); err == nil {
		p.base, p.pid = "http://"+address, cmd.Process.Pid
	}
	return stop, err
}

// get asks for a page as somebody and reads all of it; how long that took.
func (p *place) get(ctx context.Context, who, path string, to io.Writer) (time.Duration, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.base+path, nil)
	if err != nil {
		return 0, err
	}
	r.Header.Set("Cookie", "aula="+p.tokens[who])
	began := time.Now()
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(to, answer.Body); err != nil {
		return 0, err
	}
	if answer.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("%s as %s: %s", path, who, answer.Status)
	}
	return time.Since(began), nil
}

// page is what is asked for.
type page struct{ name, who, path string }

// inTurn asks each place for a page so many times, one after the other, and gives the medians.
func inTurn(ctx context.Context, times int, of page, places ...*place) ([]time.Duration, error) {
	all := make([][]time.Duration, len(places))
	for n := range times + 3 {
		for i, p := range places {
			took, err := p.get(ctx, of.who, strings.ReplaceAll(of.path, "ENTE", string(p.ente)), io.Discard)
			if err != nil {
				return nil, err
			}
			if n >= 3 { // the first ones warm up
				all[i] = append(all[i], took)
			}
		}
	}
	var out []time.Duration
	for _, some := range all {
		slices.Sort(some)
		out = append(out, some[len(some)/2])
	}
	return out, nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func comparePages(ctx context.Context, small, large *place) error {
	for _, of := range []page{
		{"the hours of an ente, p50", "referent", "/amministrazione/ore?ente=ENTE"},
		{"a manager's people, p50", "manager", "/ore/persone"},
		{"somebody's year of hours, p50", "person", "/ore"},
	} {
		took, err := inTurn(ctx, 150, of, small, large)
		if err != nil {
			return err
		}
		fmt.Printf("| %s | %.1f ms | %.1f ms, %.2f × | ≤ 1.3 × |\n", of.name, ms(took[0]), ms(took[1]), float64(took[1])/float64(took[0]))
	}
	return nil
}

func measureDashboards(ctx context.Context, small, large *place) error {
	root := string(region.Root)
	for _, of := range []page{
		{"the region's hours, p50", "administrator", "/amministrazione/ore?ente=" + root},
		{"enti compared, for a manager, p50", "manager", "/ore/confronto?ente=" + root},
		{"the region's progress, p50", "administrator", "/rapporti?ente=" + root},
	} {
		took, err := inTurn(ctx, 15, of, small, large)
		if err != nil {
			return err
		}
		fmt.Printf("| %s | %.1f ms | %.1f ms | ≤ 300 ms |\n", of.name, ms(took[0]), ms(took[1]))
	}
	return nil
}

// measureSheets downloads workbooks and watches the server's memory meanwhile.
func measureSheets(ctx context.Context, p *place) error {
	for _, of := range []page{
		{"XLSX of a province's progress", "administrator", "/rapporti/progress/tabella.xlsx?ente=provincia-1"},
		{"XLSX of the region's hours, two sheets", "administrator", "/amministrazione/ore.xlsx?ente=" + string(region.Root)},
	} {
		var b bytes.Buffer
		before, worked, most := resident(p.pid), busy(p.pid), 0
		done := make(chan struct{})
		watched := make(chan struct{})
		go func() {
			defer close(watched)
			for {
				most = max(most, resident(p.pid))
				select {
				case <-done:
					return
				case <-time.After(50 * time.Millisecond):
				}
			}
		}()
		took, err := p.get(ctx, of.who, of.path, &b)
		close(done)
		<-watched
		if err != nil {
			return err
		}
		rows, err := countRows(b.Bytes())
		if err != nil {
			return err
		}
		fmt.Printf("| %s: %d rows, %d MB | | %.1f s, %.1f s of a core; memory %d to %d MB | ≤ 15 s for 100,000 |\n", of.name, rows, b.Len()>>20, took.Seconds(), (busy(p.pid) - worked).Seconds(), before/1024, most/1024)
	}
	return nil
}

// busy is how long a process has kept a core busy: on a machine that does other things too it says more than the clock.
func busy(pid int) time.Duration {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(b), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0
	}
	ticks := 0                        // of a hundredth of a second, which Linux promises to programs
	for _, f := range fields[11:13] { // in the program, and in the system for it
		n, _ := strconv.Atoi(f)
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}

// countRows counts the rows of all sheets of a workbook, without their heads.
func countRows(xlsx []byte) (n int, err error) {
	z, err := zip.NewReader(bytes.NewReader(xlsx), int64(len(xlsx)))
	if err != nil {
		return 0, err
	}
	for _, f := range z.File {
		if !strings.HasPrefix(f.Name, "xl/worksheets/") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return 0, err
		}
		b, err := io.ReadAll(r)
		if err = errors.Join(err, r.Close()); err != nil {
			return 0, err
		}
		n += bytes.Count(b, []byte("<row ")) - 1
	}
	return n, nil
}

// measureRebuild counts all sums again, beside the server: they have to be what is stored.
func measureRebuild(ctx context.Context, o options, p *place) error {
	began := time.Now()
	out, err := exec.CommandContext(ctx, o.aula, "ledger", "rebuild", "--data", p.data).CombinedOutput()
	if err != nil {
		return fmt.Errorf("aula ledger rebuild: %w: %s", err, out)
	}
	fmt.Printf("| all sums of hours counted again: %s | | %.0f s | every one as stored |\n\n", strings.TrimSuffix(strings.TrimSpace(string(out)), "."), time.Since(began).Seconds())
	return nil
}
