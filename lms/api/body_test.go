package api_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// wire is a connection on which requests are written by hand.
type wire struct {
	t *testing.T
	net.Conn
	r *bufio.Reader
}

func (h *house) dial() wire {
	h.t.Helper()
	u, err := url.Parse(h.base)
	h.must(err)
	c, err := net.Dial("tcp", u.Host)
	h.must(err)
	h.t.Cleanup(func() { c.Close() })
	h.must(c.SetDeadline(time.Now().Add(20 * time.Second)))
	return wire{h.t, c, bufio.NewReader(c)}
}

// ask writes a request and reads one answer.
func (w wire) ask(request string) (status int, closes bool) {
	w.t.Helper()
	if _, err := io.WriteString(w, request); err != nil {
		w.t.Fatal(err)
	}
	return w.read()
}

func (w wire) read() (status int, closes bool) {
	w.t.Helper()
	res, err := http.ReadResponse(w.r, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		w.t.Fatal(err)
	}
	return res.StatusCode, res.Close
}

func chunked(pieces ...string) string {
	var b strings.Builder
	for _, p := range append(pieces, "") {
		fmt.Fprintf(&b, "%x\r\n%s\r\n", len(p), p)
	}
	return b.String()
}

const jsonHead = "POST /api/v1%s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"

// TestWhatStaysUnreadIsNoRequest hides a request in a body that no handler reads: it must not be answered as one.
func TestWhatStaysUnreadIsNoRequest(t *testing.T) {
	h := newHouse(t)
	hidden := "DELETE /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"
	padded := strings.Repeat("\n", 64<<10) + hidden
	next := "GET /api/v1/courses HTTP/1.1\r\nHost: x\r\n\r\n"
	for name, request := range map[string]string{
		"refused at the gate":        fmt.Sprintf(jsonHead+"Content-Length: %d\r\n\r\n%s", "/people", len(padded), padded),
		"no such route":              fmt.Sprintf(jsonHead+"Content-Length: %d\r\n\r\n%s", "/nothing", len(padded), padded),
		"wrong method":               fmt.Sprintf(jsonHead+"Content-Length: %d\r\n\r\n%s", "/certificates/x", len(padded), padded),
		"refused, in chunks":         fmt.Sprintf(jsonHead+"Transfer-Encoding: chunked\r\n\r\n%s", "/people", chunked(padded, hidden)),
		"read whole, in chunks":      fmt.Sprintf(jsonHead+"Transfer-Encoding: chunked\r\n\r\n%s", "/session", chunked("{", "}")),
		"a body where none is asked": fmt.Sprintf("GET /api/v1/courses HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s", len(hidden), hidden),
	} {
		w := h.dial()
		if status, closes := w.ask(request); status == 204 || closes {
			t.Errorf("%s: status %d, closes %t", name, status, closes)
			continue
		}
		if status, _ := w.ask(next); status != 200 {
			t.Errorf("%s: the next request gets %d", name, status)
		}
	}
}

// TestLargeBodiesEndTheConnection announces, or sends in chunks, more than is taken.
func TestLargeBodiesEndTheConnection(t *testing.T) {
	h := newHouse(t)
	w := h.dial()
	if status, closes := w.ask(fmt.Sprintf(jsonHead+"Content-Length: %d\r\n\r\n%s", "/session", 2<<20, strings.Repeat(" ", 2<<20))); status != 413 || closes {
		t.Errorf("2 MB: status %d, closes %t", status, closes)
	}
	w = h.dial()
	pieces := make([]string, 20)
	for i := range pieces {
		pieces[i] = strings.Repeat(" ", 64<<10)
	}
	if status, _ := w.ask(fmt.Sprintf(jsonHead+"Transfer-Encoding: chunked\r\n\r\n%s", "/session", chunked(pieces...))); status != 413 {
		t.Errorf("in chunks: status %d", status)
	}
	w = h.dial()
	go io.Copy(w, io.MultiReader( //nolint:errcheck // the server ends the connection
		strings.NewReader(fmt.Sprintf(jsonHead+"Content-Length: %d\r\n\r\n", "/session", 1<<40)), endless{}))
	if status, closes := w.read(); status != 413 || !closes {
		t.Errorf("a terabyte: status %d, closes %t", status, closes)
	}
	author := h.as("author-a")
	w = h.dial()
	head := fmt.Sprintf("PUT /api/v1/media/%s?name=a.png HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n", strings.Repeat("a", 64), author.token)
	go io.Copy(w, io.MultiReader(strings.NewReader(head+fmt.Sprintf("Content-Length: %d\r\n\r\n", 3<<30)), endless{})) //nolint:errcheck // as above
	if status, closes := w.read(); status != 413 || !closes {
		t.Errorf("a large video: status %d, closes %t", status, closes)
	}
}

// TestABodyThatBreaksOff says so, and nothing was done.
func TestABodyThatBreaksOff(t *testing.T) {
	h := newHouse(t)
	w := h.dial()
	_, err := io.WriteString(w, fmt.Sprintf(jsonHead+"Transfer-Encoding: chunked\r\n\r\n5\r\n{\"ema\r\nnonsense", "/session"))
	h.must(err)
	h.must(w.Conn.(*net.TCPConn).CloseWrite())
	if status, closes := w.read(); status != 400 || !closes {
		t.Errorf("status %d, closes %t", status, closes)
	}
}

// TestMediaComesAsAStream uploads more than any buffer holds, in chunks, and reads on the same connection afterwards.
func TestMediaComesAsAStream(t *testing.T) {
	h := newHouse(t)
	author := h.as("author-a")
	pdf := append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte("0123456789abcdef"), 1<<20)...)
	for range 2 { // the second time it is there already, and the body stays unread
		author.media("a.pdf", pdf).want(200).json().is(len(pdf), "size")
	}
	author.get("/enrolments").want(200)
}

// endless gives zeros.
type endless struct{}

// Read implements io.Reader.
func (endless) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
