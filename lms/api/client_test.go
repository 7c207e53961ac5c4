package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"testing"
)

// logBook keeps what was logged.
type logBook struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write implements io.Writer.
func (l *logBook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// client calls the API. Every answer it gets is held against the document.
type client struct {
	h     *house
	token string
}

// answer is what came back.
type answer struct {
	t      *testing.T
	call   string
	status int
	header http.Header
	body   []byte
}

func (c client) get(path string) answer { return c.send("GET", path, "", nil) }

func (c client) post(path string, body any) answer {
	text, ok := body.(string)
	if !ok && body != nil {
		b, err := json.Marshal(body)
		c.h.must(err)
		text = string(b)
	}
	return c.send("POST", path, "application/json", []byte(text))
}

func (c client) zip(path string, b []byte) answer { return c.send("POST", path, "application/zip", b) }

func (c client) put(path string, b []byte) answer {
	return c.send("PUT", path, "application/octet-stream", b)
}

func (c client) send(method, path, mediaType string, body []byte, headers ...string) answer {
	c.h.t.Helper()
	req, err := http.NewRequestWithContext(c.h.t.Context(), method, c.h.base+path, bytes.NewReader(body))
	c.h.must(err)
	if mediaType != "" {
		req.Header.Set("Content-Type", mediaType)
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	c.h.must(err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	c.h.must(err)
	a := answer{t: c.h.t, call: method + " " + path, status: res.StatusCode, header: res.Header, body: b}
	c.h.hold(method, path, a)
	return a
}

// hold checks what holds for every answer: headers, a documented status, the documented shape, no driver's text.
func (h *house) hold(method, path string, a answer) {
	h.t.Helper()
	if a.header.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(a.header.Get("Content-Security-Policy"), "default-src 'none'") {
		h.t.Errorf("%s: headers %v", a.call, a.header)
	}
	if a.header.Get("Set-Cookie") != "" || a.header.Get("Access-Control-Allow-Origin") != "" {
		h.t.Errorf("%s: headers %v", a.call, a.header)
	}
	doc := readDocument(h.t, h.api)
	op := doc.find(method, path)
	if op == nil {
		return
	}
	res, ok := op.Responses[fmt.Sprint(a.status)]
	if !ok {
		h.t.Errorf("%s: status %d is not documented: %s", a.call, a.status, a.body)
		return
	}
	res = doc.response(res)
	mediaType := a.header.Get("Content-Type")
	_, named := res.Content[mediaType]
	if _, any := res.Content["*/*"]; !named && !any && len(res.Content) > 0 {
		h.t.Errorf("%s: content type %q is not documented", a.call, mediaType)
	}
	if s := res.Content[mediaType].Schema; s != nil {
		var v any
		if err := json.Unmarshal(a.body, &v); err != nil {
			h.t.Errorf("%s: %v in %s", a.call, err, a.body)
			return
		}
		for _, wrong := range doc.mismatches(s, v, "") {
			h.t.Errorf("%s: the answer is not as documented: %s", a.call, wrong)
		}
	}
}

// want asserts the status.
func (a answer) want(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("%s: status %d, want %d: %s", a.call, a.status, status, a.body)
	}
	return a
}

// json decodes the body.
func (a answer) json() value {
	a.t.Helper()
	var v any
	if err := json.Unmarshal(a.body, &v); err != nil {
		a.t.Fatalf("%s: %v in %s", a.call, err, a.body)
	}
	return value{a.t, a.call, v}
}

// field asserts that a problem names a field, with a message that begins so (after the language).
func (a answer) field(name, message string) answer {
	a.t.Helper()
	got, ok := a.json().at("fields").v.(map[string]any)
	text := fmt.Sprint(got[name])
	if !ok || got[name] == nil || !strings.HasPrefix(strings.TrimPrefix(text, "it:"), message) {
		a.t.Errorf("%s: fields %v, want %s: %s", a.call, got, name, message)
	}
	return a
}

// value is decoded JSON.
type value struct {
	t    *testing.T
	call string
	v    any
}

// at goes down by keys and indexes.
func (v value) at(steps ...any) value {
	v.t.Helper()
	now := v.v
	for _, s := range steps {
		switch s := s.(type) {
		case string:
			m, ok := now.(map[string]any)
			if !ok {
				v.t.Fatalf("%s: no %v in %v", v.call, steps, v.v)
			}
			now = m[s]
		case int:
			l, ok := now.([]any)
			if !ok || s >= len(l) {
				v.t.Fatalf("%s: no %v in %v", v.call, steps, v.v)
			}
			now = l[s]
		}
	}
	return value{v.t, v.call, now}
}

func (v value) str(steps ...any) string {
	v.t.Helper()
	s, _ := v.at(steps...).v.(string)
	return s
}

// is asserts a value; numbers are compared as numbers.
func (v value) is(want any, steps ...any) {
	v.t.Helper()
	b, _ := json.Marshal(want)
	var same any
	if err := json.Unmarshal(b, &same); err != nil {
		v.t.Fatal(err)
	}
	if got := v.at(steps...).v; !reflect.DeepEqual(got, same) {
		v.t.Errorf("%s: %v is %v, want %v", v.call, steps, got, want)
	}
}
