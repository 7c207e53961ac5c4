package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// build builds the program once.
func (h *hall) build(t *testing.T) {
	t.Helper()
	h.program = filepath.Join(t.TempDir(), "aula")
	out, err := exec.Command("go", "build", "-tags", "timetzdata", "-o", h.program, ".").CombinedOutput()
	if err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
}

// prepare makes the demo that the scenarios copy, and publishes the two short courses on it over HTTP as their author would.
func (h *hall) prepare(t *testing.T) {
	t.Helper()
	h.demo = filepath.Join(t.TempDir(), "prepared")
	s := h.serve(t, h.demo)
	token := s.apiToken(t, "autore@demo.aula")
	for _, folder := range []string{"breve", "filmato"} {
		if out, err := h.publish(s, token, filepath.Join("testdata", folder)); err != nil {
			t.Fatalf("publish %s: %v\n%s", folder, err, out)
		}
	}
	s.stop(t)
}

// publish runs `aula publish` against a server.
func (h *hall) publish(s *server, token, folder string) (string, error) {
	out, err := h.command("publish", folder, "--server", s.url, "--token", token, "-m", "Per le prove").CombinedOutput()
	return string(out), err
}

// command is the program with arguments, free of what this machine sets.
func (h *hall) command(arguments ...string) *exec.Cmd {
	cmd := exec.Command(h.program, arguments...)
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "AULA_") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	return cmd
}

// server is one running `aula serve`.
type server struct {
	url    string // as this machine's commands, or a test's browsers, reach it
	cmd    *exec.Cmd
	log    *lines
	waited chan error
}

// lines collects what a process writes.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write implements io.Writer.
func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// String is all of it.
func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// house starts a demo of the scenario's own, and stops it at the end.
func (h *hall) house(t *testing.T) *server {
	t.Helper()
	data := filepath.Join(t.TempDir(), "demo")
	if out, err := exec.Command("cp", "-a", h.demo, data).CombinedOutput(); err != nil { // with the extended attributes of the objects
		t.Fatalf("copy the demo: %v\n%s", err, out)
	}
	s := h.serve(t, data)
	t.Cleanup(func() { s.stop(t) })
	return s
}

// serve starts a demo in a folder and waits until it says where it is.
func (h *hall) serve(t *testing.T, data string, more ...string) *server {
	t.Helper()
	s := &server{cmd: h.command(append([]string{"serve", "--demo", "--listen", "127.0.0.1:0", "--data", data}, more...)...), log: &lines{}, waited: make(chan error, 1)}
	s.cmd.Stderr = s.log
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	told := make(chan string, 1)
	go func() {
		defer close(told)
		for in := bufio.NewScanner(out); in.Scan(); {
			if _, address, ok := strings.Cut(in.Text(), "http://"); ok {
				select {
				case told <- "http://" + strings.TrimSpace(address):
				default: // a demo that begins again says so again
				}
			}
		}
		s.waited <- s.cmd.Wait()
	}()
	select {
	case s.url = <-told:
	case <-time.After(time.Minute):
	}
	if s.url == "" {
		s.cmd.Process.Kill() //nolint:errcheck // it is over anyhow
		t.Fatalf("aula serve did not start:\n%s", s.log)
	}
	return s
}

// stop ends the server as a service manager would, and looks at how it went: it drains, exits with 0, and nothing in its log is an error.
func (s *server) stop(t *testing.T) {
	t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Errorf("SIGTERM: %v", err)
	}
	select {
	case err := <-s.waited:
		if err != nil {
			t.Errorf("aula serve ended with %v:\n%s", err, s.log)
		}
	case <-time.After(20 * time.Second):
		s.cmd.Process.Kill() //nolint:errcheck // it is over anyhow
		t.Errorf("aula serve did not end within 20 s of SIGTERM:\n%s", s.log)
	}
	if strings.Contains(s.log.String(), "level=ERROR") {
		t.Errorf("the server logged errors:\n%s", s.log)
	}
}

// apiToken signs in over the API.
func (s *server) apiToken(t *testing.T, email string) string {
	t.Helper()
	body, err := json.Marshal(map[string]string{"email": email, "password": demoPassword})
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.Post(s.url+"/api/v1/session", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var answer struct{ Token string }
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil || answer.Token == "" {
		t.Fatalf("sign in as %s over the API: %s %v", email, res.Status, err)
	}
	return answer.Token
}
