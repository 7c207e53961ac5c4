package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"aulacomune/cmd/aula/region"
	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms"
	"aulacomune/lms/attendance"
	"aulacomune/lms/cohort"
	"aulacomune/lms/webinar"
)

// How many people want how many seats of a webinar, within how long; and how large a report is reconciled against how many people.
const (
	rushPeople, rushSeats = 2000, 500
	rushWithin            = 10 * time.Second
	reportRows, reportOf  = 20_000, 100_000
)

// measureWebinars is what a webinar asks of the house: a rush for its seats, a large report, and a public list that years of webinars make no slower.
func measureWebinars(ctx context.Context, o options) error {
	fmt.Printf("Webinars.\n\n| what | seen | goal |\n|---|---:|---|\n")
	if err := rush(ctx, o, "SQLite", ""); err != nil {
		return err
	}
	if err := rushMongo(ctx, o); err != nil {
		return err
	}
	reconcile()
	return publicLists(ctx, o)
}

// rushMongo is the rush on a MongoDB wire server, where there is one.
func rushMongo(ctx context.Context, o options) error {
	program, err := exec.LookPath("secantusd-py")
	if err != nil {
		fmt.Println("| the same on a MongoDB wire server | it is not here: pip install SecantusDB==0.7.0b3 | |")
		return nil
	}
	port, err := freePort()
	if err != nil {
		return err
	}
	address := fmt.Sprintf("127.0.0.1:%d", port)
	stop, err := start(ctx, exec.Command(program, "--port", fmt.Sprint(port), "--log-level", "ERROR", "--storage-path", filepath.Join(o.dir, "secantus")), address)
	if err != nil {
		return err
	}
	defer stop()
	return rush(ctx, o, "SecantusDB", "mongodb://"+address+"/bench?serverSelectionTimeoutMS=15000&connectTimeoutMS=15000")
}

// hall is a house with people who may register, made before it is served.
type hall struct {
	data, database string
	slug           string
	tokens         []string
}

// rush lets many people register at the API, evenly within some seconds.
func rush(ctx context.Context, o options, engine, database string) error {
	h := &hall{data: filepath.Join(o.dir, "rush-"+engine), database: database}
	if err := h.fill(ctx); err != nil {
		return err
	}
	port, err := freePort()
	if err != nil {
		return err
	}
	address := fmt.Sprintf("127.0.0.1:%d", port)
	args := []string{"serve", "--data", h.data, "--listen", address, "--url", publicURL}
	if database != "" {
		args = append(args, "--database", database)
	}
	stop, err := start(ctx, exec.Command(o.aula, args...), address)
	if err != nil {
		return err
	}
	defer stop()
	all, err := h.everybody(ctx, "http://"+address)
	if err != nil {
		return err
	}
	took := make([]time.Duration, len(all))
	for i, r := range all {
		took[i] = r.answered.Sub(r.asked)
	}
	slices.Sort(took)
	seated, waiting, err := inOrder(all)
	if err != nil {
		return err
	}
	fmt.Printf("| %d register for %d seats in %s, over the API, on %s | %d seated, %d waiting in order; p50 %.0f ms, p99 %.0f ms | exactly, p99 ≤ 1 s |\n",
		rushPeople, rushSeats, rushWithin, engine, seated, waiting, ms(took[len(took)/2]), ms(took[len(took)*99/100]))
	return nil
}

// fill makes the house, its people and the webinar, and signs everybody in.
func (h *hall) fill(ctx context.Context) error {
	house, err := wiring.Open(ctx, wiring.Options{Data: h.data, Database: h.database, URL: publicURL, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	f, err := keeper(ctx, house)
	if err != nil {
		return errors.Join(err, house.Close())
	}
	starts := time.Now().AddDate(0, 1, 0)
	w, err := f.announce(ctx, "La corsa ai posti", starts, rushSeats)
	h.slug, h.tokens = w.Slug, make([]string, rushPeople)
	err = errors.Join(err, many(rushPeople, func(i int) error {
		login := fmt.Sprint("persona", i)
		_, err := house.School.People.InstallActivated(ctx, lms.NewPerson{Login: login, Given: "Ada", Family: fmt.Sprint("Neri ", i), Organisation: "ente"}, "x")
		if err == nil {
			h.tokens[i], err = house.School.Accounts.Enter(ctx, login)
		}
		return err
	}))
	return errors.Join(err, house.Close())
}

// keeper makes the ente and its administrator.
func keeper(ctx context.Context, house *wiring.House) (office, error) {
	if _, err := house.School.Organisations.Add(ctx, lms.Organisation{ID: "ente", Name: "Comune di prova"}, ""); err != nil {
		return office{}, err
	}
	p, err := house.School.People.InstallActivated(ctx, lms.NewPerson{Login: "capo", Given: "Ugo", Family: "Neri", Organisation: "ente", Role: lms.Administrator}, "x")
	return office{house, lms.ActorOf(p, time.Now(), lms.Everything)}, err
}

// office is a house with the administrator of its ente.
type office struct {
	*wiring.House
	admin lms.Actor
}

// announce makes a public webinar of two hours.
func (o office) announce(ctx context.Context, title string, starts time.Time, seats int) (webinar.Webinar, error) {
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		return webinar.Webinar{}, err
	}
	w, err := o.Webinars.Announce(ctx, o.admin, webinar.Start{Capacity: seats, Input: webinar.Input{
		Terms:  webinar.Terms{Title: title, Abstract: "Per misurare.", Link: "https://meet.example.org/misura", Ways: []cohort.Way{cohort.WayFree}, Speakers: []webinar.Speaker{{Name: "Ada Neri"}}},
		Starts: webinar.MomentOf(starts, rome), Ends: webinar.MomentOf(starts.Add(2*time.Hour), rome),
	}})
	if err != nil {
		return w, err
	}
	return o.Webinars.Publish(ctx, o.admin, w.ID)
}

// many does something so many times, sixteen at a time.
func many(n int, do func(i int) error) error {
	var next atomic.Int64
	errs := make([]error, 16)
	var all sync.WaitGroup
	for worker := range errs {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && errs[worker] == nil; i = int(next.Add(1)) - 1 {
				errs[worker] = do(i)
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// registered is what somebody was answered.
type registered struct {
	Place           string `json:"place"`
	Position        int    `json:"position"`
	asked, answered time.Time
}

// everybody registers, one after another by the clock, whether those before were answered or not.
func (h *hall) everybody(ctx context.Context, base string) ([]registered, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: rushPeople}}
	defer client.CloseIdleConnections()
	out, errs := make([]registered, len(h.tokens)), make([]error, len(h.tokens))
	began := time.Now()
	var all sync.WaitGroup
	for i, token := range h.tokens {
		all.Go(func() {
			time.Sleep(time.Until(began.Add(rushWithin * time.Duration(i) / time.Duration(len(h.tokens)))))
			out[i], errs[i] = one(ctx, client, base+"/api/v1/webinars/"+h.slug+"/registration", token)
		})
	}
	all.Wait()
	return out, errors.Join(errs...)
}

func one(ctx context.Context, client *http.Client, address, token string) (r registered, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader([]byte("{}")))
	if err != nil {
		return r, err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", "application/json")
	r.asked = time.Now()
	answer, err := client.Do(req)
	if err != nil {
		return r, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	r.answered = time.Now()
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", answer.Status, body)
	}
	if err == nil {
		err = json.Unmarshal(body, &r)
	}
	return r, err
}

// inOrder counts who is seated and who waits, and fails where a place on the list was given twice or not at all, or to somebody before another who had their
// answer before the first had asked.
func inOrder(all []registered) (seated, waiting int, err error) {
	var queue []registered
	for _, r := range all {
		if r.Place == "waiting" {
			queue = append(queue, r)
		} else {
			seated++
		}
	}
	slices.SortFunc(queue, func(x, y registered) int { return x.Position - y.Position })
	earliest := time.Now().Add(time.Hour)
	for i, r := range slices.Backward(queue) {
		if r.Position != i+1 {
			return seated, len(queue), fmt.Errorf("place %d on the waiting list is given as %d", i+1, r.Position)
		}
		if earliest.Before(r.asked) {
			return seated, len(queue), fmt.Errorf("place %d on the waiting list went to somebody who asked after another had been given a later one", i+1)
		}
		if r.answered.Before(earliest) {
			earliest = r.answered
		}
	}
	if seated != rushSeats {
		err = fmt.Errorf("%d are seated on %d seats", seated, rushSeats)
	}
	return seated, len(queue), err
}

// reconcile reads a large report and says who was there, three times; the median counts.
func reconcile() {
	file, candidates, hints := region.Meeting(reportRows, reportOf, time.Date(2026, 6, 8, 8, 0, 0, 0, time.UTC))
	var took []time.Duration
	sure, people := 0, 0
	for range 3 {
		began := time.Now()
		r := attendance.Read("report.csv", file, hints)
		matches := attendance.Matches(r.Rows, candidates)
		took = append(took, time.Since(began))
		sure, people = 0, len(matches)
		for _, m := range matches {
			if m.Sure {
				sure++
			}
		}
	}
	slices.Sort(took)
	fmt.Printf("| a report of %d rows reconciled against %d people: %d of %d surely | %.1f s | ≤ 5 s |\n", reportRows, reportOf, sure, people, took[1].Seconds())
}

// publicLists asks three installations for the public webinars in turn: none is past, a thousand, ten thousand.
func publicLists(ctx context.Context, o options) error {
	var places []*place
	for _, past := range []int{0, 1_000, 10_000} {
		p := &place{data: filepath.Join(o.dir, fmt.Sprint("lists-", past))}
		if err := yearsOf(ctx, p.data, past); err != nil {
			return err
		}
		stop, err := p.serve(ctx, o)
		if err != nil {
			return err
		}
		defer stop()
		places = append(places, p)
	}
	for _, of := range []page{{"the public list of webinars to come", "", "/api/v1/webinars"}, {"its page", "", "/webinar"}} {
		took, err := inTurn(ctx, 300, of, places...)
		if err != nil {
			fmt.Printf("| %s | %v | |\n", of.name, err)
			continue
		}
		fmt.Printf("| %s, p50 with none, 1,000 and 10,000 past | %.2f ms, %.2f ×, %.2f × | ≤ 1.3 × |\n", of.name, ms(took[0]), ms(took[1])/ms(took[0]), ms(took[2])/ms(took[0]))
	}
	return nil
}

// yearsOf makes an installation with twelve webinars to come and so many that are over.
func yearsOf(ctx context.Context, data string, past int) error {
	var ahead atomic.Int64
	begin := time.Now().AddDate(-1, 0, 0)
	ahead.Store(int64(time.Until(begin)))
	house, err := wiring.Open(ctx, wiring.Options{Data: data, URL: publicURL, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }})
	if err != nil {
		return err
	}
	f, err := keeper(ctx, house)
	if err == nil {
		err = many(past, func(i int) error {
			_, err := f.announce(ctx, fmt.Sprint("Incontro ", i), begin.Add(time.Duration(24+i%4000)*time.Hour), 0)
			return err
		})
	}
	ahead.Store(0)
	for i := 0; i < 12 && err == nil; i++ {
		_, err = f.announce(ctx, fmt.Sprint("A venire ", i), time.Now().AddDate(0, 1, i), 0)
	}
	for n := 0; n < 1+past/100 && err == nil; n++ { // those that are over become so
		err = house.Webinars.Sweep(ctx)
	}
	return errors.Join(err, house.Close())
}
