package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// copyDemo copies the prepared demo, with the extended attributes of its objects.
func (h *hall) copyDemo(t *testing.T) (data string) {
	t.Helper()
	data = filepath.Join(t.TempDir(), "demo")
	if out, err := exec.Command("cp", "-a", h.demo, data).CombinedOutput(); err != nil {
		t.Fatalf("copy the demo: %v\n%s", err, out)
	}
	return data
}

// quickAndSmall: a restart with the demo's data answers its first page within a second, and an idle server takes less than 150 MB. The
// test allows three seconds: it may not have the machine to itself.
func quickAndSmall(t *testing.T, h *hall) {
	data := h.copyDemo(t)
	best := time.Hour
	for range 3 {
		begin := time.Now()
		s := h.serve(t, data)
		fetch(t, http.DefaultClient, s.url+"/")
		best = min(best, time.Since(begin))
		for _, page := range []string{"/corsi", "/corsi/smart-working", "/verifica", "/aiuto"} {
			fetch(t, http.DefaultClient, s.url+page)
		}
		time.Sleep(500 * time.Millisecond)
		if mb := residentMB(t, s.cmd.Process.Pid); mb > 0 {
			t.Logf("idle: %d MB resident", mb)
			if mb >= 150 {
				t.Errorf("an idle server takes %d MB", mb)
			}
		}
		s.stop(t)
	}
	t.Logf("restart with the demo's data to the first page: %d ms", best.Milliseconds())
	if best > 3*time.Second {
		t.Errorf("restart to the first page: %s", best)
	}
}

// residentMB is what a process takes of memory; 0 where the system does not say.
func residentMB(t *testing.T, pid int) int {
	t.Helper()
	status, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
	m := regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindSubmatch(status)
	if err != nil || m == nil {
		return 0
	}
	kb, err := strconv.Atoi(string(m[1]))
	if err != nil {
		t.Fatal(err)
	}
	return kb >> 10
}

// drain: what is under way when SIGTERM comes is finished, new visitors are not let in, and the exit code is 0.
func drain(t *testing.T, h *hall) {
	s := h.serve(t, h.copyDemo(t))
	file, err := os.ReadFile("testdata/filmato/video/otto.mp4")
	if err != nil {
		t.Fatal(err)
	}
	file = append(file, 0, 0, 0, 8, 'f', 'r', 'e', 'e') // another hash: the server has not seen it
	sum := sha256.Sum256(file)
	body, write := io.Pipe()
	uploaded := make(chan int, 1)
	go func() { uploaded <- s.upload(t, hex.EncodeToString(sum[:]), body, int64(len(file))) }()
	if _, err := write.Write(file[:len(file)/2]); err != nil {
		t.Fatal(err)
	}
	reading := s.slowVideo(t)

	time.Sleep(200 * time.Millisecond)
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second)
	if c, err := net.DialTimeout("tcp", s.url[len("http://"):], time.Second); err == nil {
		c.Close()
		t.Error("a new visitor was let in after SIGTERM")
	}
	if _, err := write.Write(file[len(file)/2:]); err != nil {
		t.Fatal(err)
	}
	write.Close()
	if status := <-uploaded; status != http.StatusOK {
		t.Errorf("the upload that was under way: %d", status)
	}
	reading.finish(t)
	begin := time.Now()
	select {
	case err := <-s.waited:
		if err != nil {
			t.Errorf("exit: %v\n%s", err, s.log)
		}
		t.Logf("ended %d ms after its last request", time.Since(begin).Milliseconds())
	case <-time.After(20 * time.Second):
		s.kill(t)
		t.Errorf("did not end:\n%s", s.log)
	}
}

// upload sends a media file as the author, and gives the status.
func (s *server) upload(t *testing.T, hash string, body io.Reader, size int64) int {
	req, err := http.NewRequest("PUT", s.url+"/api/v1/media/"+hash+"?name=otto.mp4", body)
	if err != nil {
		t.Error(err)
		return 0
	}
	req.ContentLength = size
	req.Header.Set("Authorization", "Bearer "+s.apiToken(t, "autore@demo.aula"))
	req.Header.Set("Content-Type", "application/octet-stream")
	res, err := (&http.Client{Transport: &http.Transport{}}).Do(req)
	if err != nil {
		t.Error(err)
		return 0
	}
	defer res.Body.Close()
	return res.StatusCode
}

// slowRead is an answer of which only the beginning was read.
type slowRead struct {
	res  *http.Response
	read int64
}

// slowVideo begins to read a video of the reference course through a connection that takes little at a time.
func (s *server) slowVideo(t *testing.T) *slowRead {
	t.Helper()
	c := s.caller(s.apiToken(t, "collega@demo.aula"))
	var list struct{ Items []progress }
	c.must(t, 200, "GET /enrolments", nil, &list)
	var o struct{ Video struct{ Src string } }
	c.must(t, 200, "GET /enrolments/"+list.Items[0].ID+"/objects/attrezzi-del-mestiere", nil, &o)
	req, err := http.NewRequest("GET", o.Video.Src, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	narrow := &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		var d net.Dialer
		conn, err := d.DialContext(ctx, network, address)
		if err == nil {
			err = conn.(*net.TCPConn).SetReadBuffer(64 << 10)
		}
		return conn, err
	}}
	res, err := narrow.RoundTrip(req)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%v %v", res, err)
	}
	n, err := io.CopyN(io.Discard, res.Body, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	return &slowRead{res, n}
}

// finish reads the rest.
func (r *slowRead) finish(t *testing.T) {
	t.Helper()
	defer r.res.Body.Close()
	n, err := io.Copy(io.Discard, r.res.Body)
	if err != nil || r.read+n != r.res.ContentLength {
		t.Errorf("the video that was being read: %d of %d bytes, %v", r.read+n, r.res.ContentLength, err)
	}
}

// demoCutShort: a demo that was killed while it was being filled begins again, and is whole.
func demoCutShort(t *testing.T, h *hall) {
	data := filepath.Join(t.TempDir(), "demo")
	cmd := h.command("serve", "--demo", "--listen", "127.0.0.1:0", "--data", data)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(time.Minute); !exists(filepath.Join(data, "aula.db")) && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
	time.Sleep(300 * time.Millisecond)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if err := markDemo(data, demoFilling); err != nil { // it may have been whole already, on a very fast machine
		t.Fatal(err)
	}
	s := h.serve(t, data)
	defer s.stop(t)
	var list struct{ Items []progress }
	s.caller(s.apiToken(t, "collega@demo.aula")).must(t, 200, "GET /enrolments", nil, &list)
	if len(list.Items) != 1 || list.Items[0].Percent != 93 {
		t.Errorf("the colleague of a demo that began again: %+v", list.Items)
	}
}
