package meeting_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/meeting"
)

const shared = "639259d4-9dd8-4b25-bf01-95f9567eaf4b"

// The vectors that were published: BigBlueButton's own documentation (SHA-1), OpenOlat's test of the same call (SHA-256), an operator's guide (both),
// and a client's test of a join.
func TestChecksum(t *testing.T) {
	create, demo := "name=Test+Meeting&meetingID=abc123&attendeePW=111222&moderatorPW=333444", "name=Demo&meetingID=replace-with-meeting-id&attendeePW=replace-with-password&moderatorPW=replace-with-password"
	for _, c := range []struct {
		hash                      meeting.Hash
		call, query, secret, want string
	}{
		{meeting.SHA1, "create", create, shared, "1fcbb0c4fc1f039f73aa6d697d2db9ba7f803f17"},
		{meeting.SHA256, "create", create, shared, "da9185f7f333cfdfcd6eeac32dca3777510c4c436020d8b887ba5515bd1d189e"},
		{meeting.SHA1, "create", demo, "replace-with-secret", "7030bd96ede6a7ac41da848fe3bfc562e52a5914"},
		{meeting.SHA256, "create", demo, "replace-with-secret", "7e5a0a48f1542462e56ca034dc83d741bff1deb5feab0cd9ef74fa6e009fe1fd"},
		{meeting.SHA1, "join", "fullName=User&meetingID=My+Meeting&password=password&redirect=true", shared, "d7fdddda59b530a5acb56e77d5683c4324ceac4f"},
	} {
		if got := meeting.Checksum(c.hash, c.call, c.query, c.secret); got != c.want {
			t.Errorf("%s of %s?%s: %s, want %s", c.hash, c.call, c.query, got, c.want)
		}
	}
}

// stand is an HTTP server that stands in for BigBlueButton: it verifies every signature itself, and keeps which meetings there are and who is in them.
type stand struct {
	mu       sync.Mutex
	meetings map[string]url.Values // as they were created
	inside   map[string][]string   // names, by meeting
	recorded []string              // XML of recordings
	calls    map[string]int
	srv      *httptest.Server
}

func newStand(t *testing.T) *stand {
	t.Helper()
	s := &stand{meetings: map[string]url.Values{}, inside: map[string][]string{}, calls: map[string]int{}}
	s.srv = httptest.NewServer(s)
	t.Cleanup(s.srv.Close)
	return s
}

func (s *stand) room(t *testing.T) *meeting.BigBlueButton {
	t.Helper()
	b, err := meeting.NewBigBlueButton(s.srv.URL+"/bigbluebutton/", shared, "")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// ServeHTTP answers as the documentation says.
func (s *stand) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	call := strings.TrimPrefix(r.URL.Path, "/bigbluebutton/api/")
	query, sum, _ := strings.Cut(r.URL.RawQuery, "&checksum=")
	want := sha256.Sum256([]byte(call + query + shared))
	w.Header().Set("Content-Type", "text/xml;charset=utf-8")
	if sum != hex.EncodeToString(want[:]) {
		failed(w, "checksumError")
		return
	}
	s.calls[call]++
	q := r.URL.Query()
	id := q.Get("meetingID")
	m, there := s.meetings[id]
	switch call {
	case "create":
		if there && m.Encode() != without(q).Encode() {
			failed(w, "idNotUnique")
			return
		}
		s.meetings[id] = without(q)
		fmt.Fprintf(w, "<response><returncode>SUCCESS</returncode><meetingID>%s</meetingID><hasUserJoined>%t</hasUserJoined></response>", html.EscapeString(id), len(s.inside[id]) > 0)
	case "join":
		if !there || q.Get("fullName") == "" || q.Get("password") != m.Get(map[string]string{"MODERATOR": "moderatorPW", "VIEWER": "attendeePW"}[q.Get("role")]) {
			failed(w, "invalidMeetingIdentifier")
			return
		}
		s.inside[id] = append(s.inside[id], q.Get("role")+" "+q.Get("fullName"))
		fmt.Fprint(w, "<html>inside</html>")
	case "isMeetingRunning":
		fmt.Fprintf(w, "<response><returncode>SUCCESS</returncode><running>%t</running></response>", len(s.inside[id]) > 0)
	case "end":
		if !there || q.Get("password") != m.Get("moderatorPW") {
			failed(w, "notFound")
			return
		}
		delete(s.meetings, id)
		delete(s.inside, id)
		fmt.Fprint(w, "<response><returncode>SUCCESS</returncode><messageKey>sentEndMeetingRequest</messageKey></response>")
	case "getRecordings":
		if len(s.recorded) == 0 {
			fmt.Fprint(w, "<response><returncode>SUCCESS</returncode><recordings/><messageKey>noRecordings</messageKey></response>")
			return
		}
		fmt.Fprintf(w, "<response><returncode>SUCCESS</returncode><recordings>%s</recordings></response>", strings.Join(s.recorded, ""))
	default:
		failed(w, "unsupportedRequest")
	}
}

func failed(w io.Writer, key string) {
	fmt.Fprintf(w, "<response><returncode>FAILED</returncode><messageKey>%s</messageKey><message>No.</message></response>", key)
}

func without(q url.Values) url.Values {
	q.Del("checksum")
	return q
}

func session() meeting.Session {
	return meeting.Session{ID: "019b-web1", Title: "Lavoro agile & città: «perché no?»", Welcome: "Buongiorno\r\na tutti", Back: "https://corsi.example/webinar/agile", Seats: 500}
}

// A webinar from the opening of its room to the recording.
func TestWholeWebinar(t *testing.T) {
	s := newStand(t)
	b, ctx := s.room(t), t.Context()
	var room meeting.Room = b
	if running, err := room.Running(ctx, session()); running || err != nil {
		t.Errorf("runs before it was opened: %v, %v", running, err)
	}
	for _, g := range []meeting.Guest{{ID: "p1", Name: "Niccolò D’Àvila", Role: meeting.Moderator}, {ID: "p2", Name: "Ines & Co +1\n", Role: meeting.Attendee}, {ID: "p3", Name: "Ugo"}} {
		enter(t, room, session(), g)
	}
	m := s.meetings["aula-019b-web1"]
	if m.Get("name") != session().Title || m.Get("welcome") != "Buongiorno a tutti" || m.Get("logoutURL") != session().Back || m.Get("maxParticipants") != "500" || m.Get("record") != "false" {
		t.Errorf("created with %v", m)
	}
	if got := strings.Join(s.inside["aula-019b-web1"], "|"); got != "MODERATOR Niccolò D’Àvila|VIEWER Ines & Co +1|VIEWER Ugo" {
		t.Errorf("inside: %s", got)
	}
	if s.calls["create"] != 1 {
		t.Errorf("created %d times for three who entered", s.calls["create"])
	}
	if running, err := room.Running(ctx, session()); !running || err != nil {
		t.Errorf("does not run: %v, %v", running, err)
	}
	for range 2 { // a room that is closed stays so
		if err := room.End(ctx, session()); err != nil {
			t.Error(err)
		}
	}
	enter(t, room, session(), meeting.Guest{ID: "p1", Name: "Niccolò", Role: meeting.Moderator}) // and can be opened again at once
	if s.calls["create"] != 2 {
		t.Errorf("created %d times", s.calls["create"])
	}
}

// enter goes to the address as a browser does.
func enter(t *testing.T, r meeting.Room, s meeting.Session, g meeting.Guest) {
	t.Helper()
	address, err := r.Address(t.Context(), s, g)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, err := io.ReadAll(resp.Body); err != nil || string(body) != "<html>inside</html>" {
		t.Fatalf("%s, %v", body, err)
	}
}

// Many who come at the same moment open the room once.
func TestManyEnterAtOnce(t *testing.T) {
	s := newStand(t)
	b := s.room(t)
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			if _, err := b.Address(t.Context(), session(), meeting.Guest{ID: fmt.Sprint(i), Name: "Qualcuno"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if s.calls["create"] != 1 {
		t.Errorf("created %d times", s.calls["create"])
	}
}

// Recordings are those of this session that can be watched, the latest first; what no browser should open is none.
func TestRecordings(t *testing.T) {
	s := newStand(t)
	b := s.room(t)
	if got, err := b.Recordings(t.Context(), session()); err != nil || len(got) != 0 {
		t.Errorf("%v, %v", got, err)
	}
	recording := func(id, meetingID, start, format string) string {
		return "<recording><recordID>" + id + "</recordID><meetingID>" + meetingID + "</meetingID><published>true</published><startTime>" + start + "</startTime><endTime>1780927200000</endTime><playback>" + format + "</playback></recording>"
	}
	slides := "<format><type>presentation</type><url>https://bbb.example/playback/presentation/2.3/1</url></format>"
	s.recorded = []string{
		recording("1", "aula-019b-web1", "1780923600000", slides+"<format><type>video</type><url> https://bbb.example/playback/video/1/ </url></format>"),
		recording("2", "aula-019b-web1", "1780923700000", slides),
		recording("3", "aula-019b-web1", "1780923800000", "<format><type>video</type><url>javascript:alert(1)</url></format>"),
		recording("4", "aula-another", "1780923800000", slides),
		recording("5", "aula-019b-web1", "soon", slides),
		recording("6", "aula-019b-web1", "1780923800000", ""),
	}
	got, err := b.Recordings(t.Context(), session())
	if err != nil || len(got) != 3 || got[0].ID != "2" || got[1].ID != "1" || got[2].ID != "5" {
		t.Fatalf("%+v, %v", got, err)
	}
	if got[1].Address != "https://bbb.example/playback/video/1/" || !got[1].Published || !got[1].Start.Equal(time.UnixMilli(1780923600000)) || !got[2].Start.IsZero() {
		t.Errorf("%+v", got)
	}
}

// What a server may answer instead, what people are told then, and that nothing tells the secret or a signature.
func TestHostileAnswers(t *testing.T) {
	hold := make(chan struct{})
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		kind   lms.ErrorKind
		says   string
	}{
		"another secret":      {func(w http.ResponseWriter, _ *http.Request) { failed(w, "checksumError") }, lms.Unavailable, "error.meeting.secret"},
		"a name that is used": {func(w http.ResponseWriter, _ *http.Request) { failed(w, "idNotUnique") }, lms.Conflict, "error.meeting.taken"},
		"full":                {func(w http.ResponseWriter, _ *http.Request) { failed(w, "maxParticipantsReached") }, lms.Conflict, "error.meeting.full"},
		"gone":                {func(w http.ResponseWriter, _ *http.Request) { failed(w, "notFound") }, lms.NotFound, "error.meeting.gone"},
		"a long no":           {func(w http.ResponseWriter, _ *http.Request) { failed(w, strings.Repeat("x", 1<<20)) }, lms.Unavailable, "error.meeting.refused"},
		"no answer in XML":    {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html><p>Welcome to nginx") }, lms.Unavailable, "error.meeting.silent"},
		"another answer": {func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "<other><returncode>SUCCESS</returncode></other>")
		}, lms.Unavailable, "error.meeting.silent"},
		"nothing": {func(http.ResponseWriter, *http.Request) {}, lms.Unavailable, "error.meeting.silent"},
		"a fault": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }, lms.Unavailable, "error.meeting.silent"},
		"elsewhere": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusFound)
		}, lms.Unavailable, "error.meeting.silent"},
		"elsewhere, with a yes": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "http://127.0.0.1:1/")
			w.WriteHeader(http.StatusFound)
			fmt.Fprint(w, "<response><returncode>SUCCESS</returncode></response>")
		}, lms.Unavailable, "error.meeting.silent"},
		"an entity that grows": {func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><response><returncode>&b;</returncode></response>`)
		}, lms.Unavailable, "error.meeting.silent"},
		"without an end":          {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<response>"+strings.Repeat(" ", 5<<20)) }, lms.Unavailable, "error.meeting.silent"},
		"deeper than anyone":      {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<response>"+strings.Repeat("<a>", 1<<20)) }, lms.Unavailable, "error.meeting.silent"},
		"later than one can wait": {func(_ http.ResponseWriter, _ *http.Request) { <-hold }, lms.Unavailable, "error.meeting.silent"},
		"a line that is cut": {func(w http.ResponseWriter, _ *http.Request) {
			c, _, err := w.(http.Hijacker).Hijack()
			if err == nil {
				err = c.Close()
			}
			if err != nil {
				panic(err)
			}
		}, lms.Unavailable, "error.meeting.silent"},
	} {
		t.Run(name, func(t *testing.T) {
			srv := httptest.NewServer(c.answer)
			defer srv.Close()
			if strings.HasPrefix(name, "later") {
				defer close(hold)
			}
			b, err := meeting.NewBigBlueButton(srv.URL+"/bigbluebutton/api", shared, meeting.SHA1)
			if err != nil {
				t.Fatal(err)
			}
			b.Within(2 * time.Second)
			if strings.HasPrefix(name, "later") {
				b.Within(100 * time.Millisecond)
			}
			_, err = b.Address(t.Context(), session(), meeting.Guest{ID: "p", Name: "N"})
			told, ok := err.(*lms.Error) //nolint:errorlint // as it is given
			if !ok || told.Kind != c.kind || told.Message != c.says {
				t.Errorf("got %v", err)
			}
			quiet(t, fmt.Sprintf("%v %+v %#v %v", err, b, b, slog.AnyValue(b)))
		})
	}
}

// quiet fails the test where something tells the secret, a signature or a call.
func quiet(t *testing.T, s string) {
	t.Helper()
	for _, not := range []string{shared, "checksum=", "attendeePW", "fullName"} {
		if strings.Contains(s, not) {
			t.Errorf("%q in %.300s", not, s)
		}
	}
	if len(s) > 5000 {
		t.Errorf("%d characters", len(s))
	}
}

// A server that is not there is told apart from nothing; who gives up waiting is not kept.
func TestNobodyThere(t *testing.T) {
	srv := httptest.NewServer(http.NotFoundHandler())
	srv.Close()
	b, err := meeting.NewBigBlueButton(srv.URL, shared, "")
	if err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{"open": b.Open(t.Context(), session()), "end": b.End(t.Context(), session())} {
		if !lms.Is(err, lms.Unavailable) {
			t.Errorf("%s: %v", name, err)
		}
		quiet(t, err.Error())
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.Recordings(gone, session()); !lms.Is(err, lms.Unavailable) {
		t.Error(err)
	}
}

// What cannot be held is refused before anybody is asked.
func TestSessionsThatCannotBe(t *testing.T) {
	s := newStand(t)
	b, ctx := s.room(t), t.Context()
	for name, change := range map[string]func(*meeting.Session, *meeting.Guest){
		"no id":              func(x *meeting.Session, _ *meeting.Guest) { x.ID = "" },
		"an id with a query": func(x *meeting.Session, _ *meeting.Guest) { x.ID = "a&record=true" },
		"no title":           func(x *meeting.Session, _ *meeting.Guest) { x.Title = " \u202e" },
		"nobody":             func(_ *meeting.Session, g *meeting.Guest) { g.Name = "\x00" },
	} {
		x, g := session(), meeting.Guest{ID: "p", Name: "N"}
		change(&x, &g)
		if _, err := b.Address(ctx, x, g); !lms.Is(err, lms.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, err := range []error{second(b.Running(ctx, meeting.Session{})), b.End(ctx, meeting.Session{}), second(b.Recordings(ctx, meeting.Session{}))} {
		if !lms.Is(err, lms.Invalid) {
			t.Error(err)
		}
	}
	if len(s.calls) != 0 {
		t.Errorf("asked: %v", s.calls)
	}
}

func second[T any](_ T, err error) error { return err }

// How an installation is told of its server.
func TestConfig(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bbb")
	if err := os.WriteFile(file, []byte(shared+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := (meeting.Config{URL: "https://bbb.example.it/bigbluebutton", SecretFile: file}).Open(); err != nil {
		t.Error(err)
	}
	for name, c := range map[string]meeting.Config{
		"no file":       {URL: "https://bbb.example.it/", SecretFile: file + "x"},
		"no TLS":        {URL: "http://bbb.example.it/", SecretFile: file},
		"no address":    {URL: "bbb.example.it", SecretFile: file},
		"a user":        {URL: "https://u:p@bbb.example.it", SecretFile: file},
		"a query":       {URL: "https://bbb.example.it/?x=1", SecretFile: file},
		"another hash":  {URL: "https://bbb.example.it/", SecretFile: file, Hash: "md5"},
		"a whole story": {URL: "https://bbb.example.it/", SecretFile: os.Args[0]},
	} {
		if _, err := c.Open(); err == nil {
			t.Errorf("%s was taken", name)
		} else {
			quiet(t, err.Error())
		}
	}
}

func TestLink(t *testing.T) {
	for in, want := range map[string]string{
		" https://teams.microsoft.com/l/meetup-join/19%3ameeting?context=%7b%7d ": "https://teams.microsoft.com/l/meetup-join/19%3ameeting?context=%7b%7d",
		"https://us02web.zoom.us/j/1?pwd=a":                                       "https://us02web.zoom.us/j/1?pwd=a",
		"https://[2001:db8::1]/x":                                                 "https://[2001:db8::1]/x",
		"http://meet.example/x":                                                   "",
		"meet.google.com/abc":                                                     "",
		"javascript:alert(1)":                                                     "",
		"https://":                                                                "",
		"https:///x":                                                              "",
		"https://localhost/x":                                                     "",
		"https://user:pw@meet.example":                                            "",
		"https://meet.example/a b":                                                "",
		"https://meet.example/\r\nSet-Cookie:x":                                   "",
		"https://meet.example/" + strings.Repeat("a", 2000):                       "",
		"": "",
	} {
		l, err := meeting.ParseLink(in)
		if string(l) != want || (err == nil) != (want != "") || err != nil && !lms.Is(err, lms.Invalid) {
			t.Errorf("%q: %q, %v", in, l, err)
		}
	}
	var room meeting.Room = meeting.Link("https://meet.example/x")
	address, err := room.Address(t.Context(), session(), meeting.Guest{})
	if running, running2 := room.Running(t.Context(), session()); err != nil || address != "https://meet.example/x" || !running || running2 != nil || room.Open(t.Context(), session()) != nil || room.End(t.Context(), session()) != nil {
		t.Errorf("%s, %v", address, err)
	}
	if got, err := room.Recordings(t.Context(), session()); len(got) != 0 || err != nil {
		t.Errorf("%v, %v", got, err)
	}
}
