package storagetest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Server is a running SecantusDB.
type Server struct {
	URI  string
	pid  int
	hold io.Closer // while it is open the server runs
	log  string
}

// Secantus starts a server of the test's own with its data in a folder; the same folder again goes on with the same data. It ends with
// the test, if it was not stopped before.
func Secantus(t testing.TB, dir string) *Server {
	t.Helper()
	needSecantus(t)
	s, err := startSecantus(dir, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Stop() })
	return s
}

// watcher runs a server until its own standard input ends, which happens even when the test binary is killed. It says the server's
// process id first. The last argument says whether the folder is to be removed afterwards.
const watcher = `dir=$1 clean=$2; shift 2
"$@" >>"$dir/log" 2>&1 &
pid=$!; echo $pid; cat >/dev/null; kill -9 $pid 2>/dev/null; wait $pid
if [ "$clean" = true ]; then rm -rf "$dir"; fi`

// startWithin is enough for a slow machine that runs many tests at once.
const startWithin = time.Minute

func secantusPath() (string, bool) {
	p, err := exec.LookPath("secantusd-py")
	return p, err == nil
}

// startSecantus starts a server with its data in a folder, which is removed in the end when clean is set.
func startSecantus(dir string, clean bool) (*Server, error) {
	program, ok := secantusPath()
	if !ok {
		return nil, errors.New("start SecantusDB: no secantusd-py on the path")
	}
	log := filepath.Join(dir, "log")
	if err := os.WriteFile(log, nil, 0o600); err != nil { // what an earlier run wrote is no answer
		return nil, fmt.Errorf("start SecantusDB: %w", err)
	}
	cmd := exec.Command("sh", "-c", watcher, "watcher", dir, strconv.FormatBool(clean),
		program, "--port", "0", "--log-level", "INFO", "--storage-path", filepath.Join(dir, "data"))
	hold, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start SecantusDB: %w", err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start SecantusDB: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start SecantusDB: %w", err)
	}
	s := &Server{hold: &ender{Closer: hold, cmd: cmd}, log: log}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err == nil {
		s.pid, err = strconv.Atoi(strings.TrimSpace(line))
	}
	if err == nil {
		s.URI, err = s.address()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start SecantusDB: %w", err), s.Stop())
	}
	return s, nil
}

// ender ends the watcher and with it the server.
type ender struct {
	io.Closer
	cmd  *exec.Cmd
	once sync.Once
	err  error
}

// Close waits until both have ended.
func (e *ender) Close() error {
	e.once.Do(func() {
		e.err = e.Closer.Close()
		_ = e.cmd.Wait() // its status is that of a server that was killed
	})
	return e.err
}

// listening is how the server says its address.
var listening = regexp.MustCompile(`listening on (127\.0\.0\.1:\d+)`)

// address waits until the server says where it listens.
func (s *Server) address() (string, error) {
	for end := time.Now().Add(startWithin); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		b, err := os.ReadFile(s.log)
		if err != nil {
			return "", err
		}
		if m := listening.FindSubmatch(b); m != nil {
			return "mongodb://" + string(m[1]), nil
		}
		if err := syscall.Kill(s.pid, 0); err != nil {
			return "", fmt.Errorf("it ended: %s", b)
		}
	}
	return "", errors.New("it does not say where it listens")
}

// Stop ends the server at once, as a power cut would, and waits until it has ended.
func (s *Server) Stop() error {
	if err := s.hold.Close(); err != nil {
		return fmt.Errorf("stop SecantusDB: %w", err)
	}
	return nil
}
