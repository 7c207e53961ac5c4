package wiring

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/meeting"
	"aulacomune/lms/webinar"
	"aulacomune/storage/storagetest"
)

// stand stands in for BigBlueButton: it verifies signatures, and keeps who came in as what.
type stand struct {
	mu      sync.Mutex
	created url.Values
	inside  []string
	srv     *httptest.Server
}

const standSecret = "639259d4-9dd8-4b25-bf01-95f9567eaf4b"

func newStand(t *testing.T) *stand {
	t.Helper()
	s := &stand{}
	s.srv = httptest.NewServer(s)
	t.Cleanup(s.srv.Close)
	return s
}

// ServeHTTP answers create and join as BigBlueButton does.
func (s *stand) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	call := strings.TrimPrefix(r.URL.Path, "/bigbluebutton/api/")
	query, sum, _ := strings.Cut(r.URL.RawQuery, "&checksum=")
	q := r.URL.Query()
	word := map[string]string{"MODERATOR": "moderatorPW", "VIEWER": "attendeePW"}[q.Get("role")]
	switch {
	case sum != meeting.Checksum(meeting.SHA256, call, query, standSecret):
		fmt.Fprint(w, "<response><returncode>FAILED</returncode><messageKey>checksumError</messageKey></response>")
	case call == "create":
		s.created = q
		fmt.Fprint(w, "<response><returncode>SUCCESS</returncode></response>")
	case call == "join" && s.created.Get("meetingID") == q.Get("meetingID") && s.created.Get(word) == q.Get("password"):
		s.inside = append(s.inside, q.Get("role")+" "+q.Get("fullName"))
		fmt.Fprint(w, "inside")
	default:
		http.NotFound(w, r)
	}
}

// A webinar without a link is held in the house's BigBlueButton: who keeps it moderates, the others look on, and that they came is known.
func TestAWebinarInARoomOfTheHouse(t *testing.T) {
	bbb := newStand(t)
	s := staged(t, storagetest.SQLite(t), func(o *Options, in *webinar.Input) {
		in.Link, o.Meeting = "", meeting.Config{URL: bbb.srv.URL + "/bigbluebutton/", Secret: standSecret}
	})
	if !s.Webinars.Rooms() {
		t.Error("the house has rooms, and does not say so")
	}
	_, err := s.Webinars.Register(t.Context(), s.ada, s.webinar.Slug, "", nil)
	s.ok(err)
	s.settle()
	s.set(s.starts.Add(-10 * time.Minute))
	for _, a := range []lms.Actor{s.admin, s.ada} {
		address, err := s.Webinars.Enter(t.Context(), a, s.webinar.Slug)
		s.ok(err)
		resp, err := http.Get(address)
		s.ok(err)
		body, err := io.ReadAll(resp.Body)
		s.ok(err)
		resp.Body.Close()
		if string(body) != "inside" {
			t.Errorf("%s is let in with %d %s", a.Name, resp.StatusCode, body)
		}
	}
	if _, err := s.Webinars.Enter(t.Context(), s.bea, s.webinar.Slug); !lms.Is(err, lms.Forbidden) {
		t.Errorf("bea, who has no seat: %v", err)
	}
	if want := []string{"MODERATOR capo Neri", "VIEWER ada Neri"}; !slices.Equal(bbb.inside, want) {
		t.Errorf("inside: %v", bbb.inside)
	}
	if c := bbb.created; c.Get("meetingID") != "aula-"+string(s.webinar.ID) || c.Get("name") != "Lavoro agile" || c.Get("logoutURL") != "http://corsi.test/webinar/"+s.webinar.Slug {
		t.Errorf("created with %v", bbb.created)
	}
	if rows, err := s.Webinars.Times(t.Context(), s.admin, s.webinar.ID, s.ada.ID); err != nil || len(rows) != 1 || rows[0].Source != webinar.ByJoin {
		t.Errorf("ada's presence: %+v, %v", rows, err)
	}
	bbb.srv.Close()
	s.set(s.starts.Add(time.Minute))
	if _, err := s.Webinars.Enter(t.Context(), s.ada, s.webinar.Slug); err != nil {
		t.Errorf("the room was opened, and she comes again: %v", err)
	}
}

// A house is not opened with a BigBlueButton that nobody could enter.
func TestABadRoom(t *testing.T) {
	o := Options{Data: t.TempDir(), URL: "http://corsi.test", Alone: true, Meeting: meeting.Config{URL: "https://bbb.example.it/bigbluebutton/"}}
	if _, err := Open(t.Context(), o); err == nil || !strings.Contains(err.Error(), "secret of BigBlueButton is missing") {
		t.Errorf("opened: %v", err)
	}
}
