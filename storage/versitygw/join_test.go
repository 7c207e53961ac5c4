package versitygw_test

import (
	"bufio"
	"context"
	"net/http"
	"os"
	"os/exec"
	"testing"

	"aulacomune/storage/versitygw"
)

// joinDir names the folder in the process that TestJoin starts.
const joinDir = "AULA_TEST_JOIN_DIR"

// TestJoinHolder is the other process of TestJoin: it runs the engine until its standard input ends.
func TestJoinHolder(t *testing.T) {
	dir := os.Getenv(joinDir)
	if dir == "" {
		return
	}
	s, err := versitygw.Start(context.Background(), versitygw.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	os.Stdout.WriteString("listening\n")
	bufio.NewReader(os.Stdin).ReadString('\n')
	if err := s.Stop(); err != nil {
		t.Error(err)
	}
}

func TestUseJoinsTheEngineOfAnotherProcess(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.Command(os.Args[0], "-test.run", "^TestJoinHolder$")
	cmd.Env = append(os.Environ(), joinDir+"="+dir)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { in.Close(); cmd.Wait() }()
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "listening\n" {
		t.Fatalf("holder said %q, %v", line, err)
	}
	s, err := versitygw.Use(t.Context(), versitygw.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	client := http.Client{Transport: &http.Transport{DialContext: s.Dial}}
	for range 2 { // the second time after Stop: a joined engine goes on
		res, err := client.Get("http://" + s.Endpoint + "/")
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusForbidden {
			t.Errorf("unsigned request: status %d, want 403", res.StatusCode)
		}
		if err := s.Stop(); err != nil {
			t.Fatal(err)
		}
	}
}
