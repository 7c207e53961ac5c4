package webinar_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/enti"
	"aulacomune/lms/lmstest"
	"aulacomune/lms/webinar"
	"aulacomune/storage/storagetest"
)

// town is a school with webinars, on real engines. What other rooms do with an outcome is noted.
type town struct {
	*lmstest.Town
	s        *webinar.Webinars
	cohorts  *cohort.Cohorts
	enti     *enti.Enti
	admin    lms.Actor // administrator of ala
	mu       sync.Mutex
	lost     error // what booking says
	booked   map[string]webinar.Booking
	attested map[string]webinar.Attestation
	done     map[lms.PersonID]string
}

func newTown(t testing.TB) *town { t.Helper(); return townOn(t, storagetest.Open(t)) }

func townOn(t testing.TB, e lms.Engine) *town {
	t.Helper()
	w := &town{Town: lmstest.On(t, e), booked: map[string]webinar.Booking{}, attested: map[string]webinar.Attestation{}, done: map[lms.PersonID]string{}}
	w.Tree()
	w.admin = w.Person("capo", "ala", lms.Administrator)
	w.open(e)
	return w
}

// open opens the rooms, as a process does when it starts.
func (w *town) open(e lms.Engine) {
	w.T.Helper()
	var err error
	w.cohorts, err = cohort.Open(w.T.Context(), cohort.Ports{
		Engine: e, School: w.School, Post: w.Post, Note: w.Note, Rome: w.Rome, Log: w.Log, Now: w.Now,
		Webinar: func(ctx context.Context, c cohort.Cohort, p lms.Person, ch cohort.Change) error {
			return w.s.Told(ctx, c, p, ch)
		},
	})
	w.OK(err)
	w.enti, err = enti.Open(w.T.Context(), enti.Ports{Engine: e, School: w.School, Note: w.Note, Now: w.Now})
	w.OK(err)
	w.s, err = webinar.Open(w.T.Context(), webinar.Ports{
		Engine: e, Objects: w.Objects, School: w.School, Cohorts: w.cohorts, Post: w.Post, Note: w.Note, Rome: w.Rome, Log: w.Log, Now: w.Now,
		Propose: w.enti.Propose,
		Ask: func(ctx context.Context, q webinar.Asking) error {
			return w.enti.Ask(ctx, enti.Asking{Email: q.Email, Given: q.Given, Family: q.Family, Category: q.Category, Organisation: q.Organisation, Confirmed: true})
		},
		Redraw:   func(r io.ReadSeeker) ([]webinar.Picture, error) { return redraw(r) },
		Calendar: calendar, Read: read, Book: w.book, Attest: w.attest,
		Complete: func(_ context.Context, p lms.PersonID, slug string, _ time.Time) error {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.done[p] = slug
			return nil
		},
	})
	w.OK(err)
}

// calendar writes an invite as text, so that tests read it.
func calendar(i webinar.Invite) ([]byte, string, error) {
	method := "REQUEST"
	if i.Cancelled {
		method = "CANCEL"
	}
	return fmt.Appendf(nil, "%s/%s seq %d %s %s", i.Webinar, i.Person, i.Sequence, i.Starts.Format(time.RFC3339), i.Enter), method, nil
}

func redraw(r io.Reader) ([]webinar.Picture, error) {
	b, err := io.ReadAll(r)
	if err != nil || !bytes.HasPrefix(b, []byte("picture")) {
		return nil, errors.New("no picture")
	}
	return []webinar.Picture{{Width: 1600, Type: "image/jpeg", Bytes: append(b, "-1600"...)}, {Width: 800, Type: "image/jpeg", Bytes: append(b, "-800"...)}, {Width: 400, Type: "image/jpeg", Bytes: b}}, nil
}

// read takes a report as JSON.
func read(_ context.Context, f webinar.File) (webinar.Reading, error) {
	var got webinar.Reading
	if err := json.Unmarshal(f.Bytes, &got); err != nil {
		return webinar.Reading{Problems: []webinar.Problem{{Key: "no-table", Grave: true}}}, nil //nolint:nilerr // as lms/attendance says it
	}
	for i, p := range got.People {
		for _, k := range f.Known {
			for _, e := range p.Emails {
				if len(k.Emails) > 0 && k.Emails[0] == e {
					got.People[i].Person, got.People[i].Sure = k.Person, true
				}
			}
		}
	}
	return got, nil
}

func (w *town) book(_ context.Context, b webinar.Booking) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.lost == nil {
		w.booked[fmt.Sprintf("%s+%d", b.Cause, b.Correction)] = b
	}
	return w.lost
}

func (w *town) lose(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lost = err
}

func (w *town) attest(_ context.Context, a webinar.Attestation) (lms.Code, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.attested[fmt.Sprintf("%s/%d", a.Cause, a.Turn)] = a
	if a.Revoke {
		return "", nil
	}
	return lms.Code(fmt.Sprintf("CODE-%d", a.Turn)), nil
}

// input is a webinar on Wednesday 4 March 2026 from ten to noon.
func input(change func(*webinar.Input)) webinar.Input {
	in := webinar.Input{
		Terms:  webinar.Terms{Title: "Lavoro agile nei comuni", Abstract: "Che cosa cambia.", Link: "https://meet.example.org/abc?pwd=1", Ways: []cohort.Way{cohort.WayFree}},
		Starts: webinar.Moment{Local: "2026-03-04T10:00"}, Ends: webinar.Moment{Local: "2026-03-04T12:00"},
	}
	if change != nil {
		change(&in)
	}
	return in
}

// published announces a webinar of ala and publishes it.
func (w *town) published(capacity int, change func(*webinar.Input)) webinar.Webinar {
	w.T.Helper()
	x, err := w.s.Announce(w.T.Context(), w.admin, webinar.Start{Organisation: "ala", Capacity: capacity, Input: input(change)})
	w.OK(err)
	x, err = w.s.Publish(w.T.Context(), w.admin, x.ID)
	w.OK(err)
	return x
}

// settle waits for what is written behind the answers.
func (w *town) settle() {
	w.cohorts.Wait()
	w.s.Wait()
}

// sweep is what a process does every minute.
func (w *town) sweep() {
	w.T.Helper()
	w.OK(errors.Join(w.cohorts.Sweep(w.T.Context()), w.s.Sweep(w.T.Context())))
	w.settle()
}

// register lets somebody in.
func (w *town) register(a lms.Actor, x webinar.Webinar) cohort.Whereabouts {
	w.T.Helper()
	got, err := w.s.Register(w.T.Context(), a, x.Slug, "", nil)
	w.OK(err)
	return got
}

// sent counts letters to somebody of a kind.
func (w *town) sent(to, kind string, want int) []lms.Letter {
	w.T.Helper()
	got := w.Letters(to, kind)
	if len(got) != want {
		w.T.Errorf("%d letters %s to %q, want %d", len(got), kind, to, want)
	}
	return got
}

// last is the end of a path.
func last(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// second is the error of a call.
func second[T any](_ T, err error) error { return err }
