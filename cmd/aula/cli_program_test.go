package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// TestProgram runs the program itself, as the one who installs it does. One of them: go test -run TestProgram/kill ./cmd/aula
func TestProgram(t *testing.T) {
	h := &hall{}
	h.build(t)
	h.prepare(t)
	t.Run("restart", func(t *testing.T) { quickAndSmall(t, h) }) // measures: alone
	for name, scenario := range map[string]func(*testing.T, *hall){
		"help":       helpTeaches,
		"check":      checkCourses,
		"diff":       compareEditions,
		"export":     exportEditions,
		"refusals":   refusals,
		"no port":    portInUse,
		"no second":  secondServer,
		"settings":   settings,
		"first day":  firstDay,
		"publish":    publishTwice,
		"editions":   ofEditions,
		"enti":       fillEnti,
		"rebuild":    rebuild,
		"doctor":     doctor,
		"audit":      auditIsChecked,
		"mail":       mailIsTried,
		"ledger":     sumsAreCountedAgain,
		"seed":       regionIsMadeUp,
		"drain":      drain,
		"metrics":    watched,
		"cut short":  demoCutShort,
		"backup":     backupRestore,
		"to MongoDB": restoreElsewhere,
		"kill":       kill,
		"two nodes":  twoNodes,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scenario(t, h)
		})
	}
}

// outcome is how a command went.
type outcome struct {
	t        *testing.T
	call     string
	code     int
	out, err string
}

// run runs a command to its end. Words with = in front of the arguments are its environment.
func (h *hall) run(t *testing.T, words ...string) outcome {
	t.Helper()
	cmd := h.withEnv(words)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	tooLong := time.AfterFunc(time.Minute, func() { cmd.Process.Kill() }) //nolint:errcheck // it may have ended
	defer tooLong.Stop()
	err := cmd.Run()
	if _, ended := errors.AsType[*exec.ExitError](err); err != nil && !ended {
		t.Fatal(err)
	}
	return outcome{t, "aula " + strings.Join(words, " "), cmd.ProcessState.ExitCode(), out.String(), errs.String()}
}

// withEnv makes the command of run.
func (h *hall) withEnv(words []string) *exec.Cmd {
	n := 0
	for n < len(words) && strings.HasPrefix(words[n], "AULA_") {
		n++
	}
	cmd := h.command(words[n:]...)
	cmd.Env = append(cmd.Env, words[:n]...)
	return cmd
}

// want looks at the exit code and at what was said, on whichever stream.
func (o outcome) want(code int, texts ...string) outcome {
	o.t.Helper()
	flat := strings.Join(strings.Fields(o.out+"\n"+o.err), " ") // help is wrapped
	if o.code != code {
		o.t.Errorf("%s: exit code %d, want %d\n%s%s", o.call, o.code, code, o.out, o.err)
	}
	for _, text := range texts {
		if !strings.Contains(flat, text) {
			o.t.Errorf("%s does not say %q:\n%s%s", o.call, text, o.out, o.err)
		}
	}
	return o
}

// wantNot holds that a text was not said.
func (o outcome) wantNot(text string) {
	o.t.Helper()
	if strings.Contains(o.out+o.err, text) {
		o.t.Errorf("%s says %q:\n%s%s", o.call, text, o.out, o.err)
	}
}

// install starts `aula serve` as an installation, not as a demo, and waits until it listens. Words as in run.
func (h *hall) install(t *testing.T, words ...string) *server {
	t.Helper()
	s := &server{cmd: h.withEnv(words), log: &lines{}, waited: make(chan error, 1)}
	said := &lines{}
	s.cmd.Stderr, s.cmd.Stdout = s.log, said
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { s.waited <- s.cmd.Wait() }()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if _, rest, ok := strings.Cut(said.String(), "(listening on "); ok {
			address, _, _ := strings.Cut(rest, ")")
			s.url = "http://" + address
			return s
		}
		if len(s.waited) > 0 {
			break
		}
	}
	s.cmd.Process.Kill() //nolint:errcheck // it is over anyhow
	t.Fatalf("aula %v did not start:\n%s%s", words, said, s.log)
	return nil
}

// kill ends a server as a power cut would.
func (s *server) kill(t *testing.T) {
	t.Helper()
	if err := s.cmd.Process.Kill(); err != nil {
		t.Error(err)
	}
	<-s.waited
}

// caller is a client of a server's API.
type caller struct {
	base  string // of the server
	token string
}

func (s *server) caller(token string) caller { return caller{s.url, token} }

// ask calls the API. Status 0 means that there was no answer.
func (c caller) ask(method, path string, in, out any) (status int, err error) {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return 0, err
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequest(method, c.base+"/api/v1"+path, body)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/json")
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, err
	}
	switch to := out.(type) {
	case nil:
	case *[]byte:
		*to = b
	default:
		err = json.Unmarshal(b, to)
	}
	return res.StatusCode, err
}

// must is ask where the answer has to have a status.
func (c caller) must(t *testing.T, status int, call string, in, out any) {
	t.Helper()
	method, path, _ := strings.Cut(call, " ")
	var answer []byte
	got, err := c.ask(method, path, in, &answer)
	if err != nil || got != status {
		t.Fatalf("%s: %d %v, want %d\n%s", call, got, err, status, answer)
	}
	if to, ok := out.(*[]byte); ok {
		*to = answer
	} else if out != nil {
		if err := json.Unmarshal(answer, out); err != nil {
			t.Fatalf("%s: %v\n%s", call, err, answer)
		}
	}
}

// progress is what the tests look at of an enrolment.
type progress struct {
	ID, State   string
	Percent     int
	Dropped     float64
	Pending     bool
	Certificate *struct{ Code, Number, State string }
	Objects     []struct {
		ID, State string
		Coverage  [][2]float64
	}
}

// fact is an event; more holds what belongs to its kind.
func fact(id, object, kind string, more map[string]any) map[string]any {
	e := map[string]any{"id": id, "object": object, "kind": kind}
	for k, v := range more {
		e[k] = v
	}
	return e
}

func facts(all ...map[string]any) map[string]any { return map[string]any{"events": all} }

// breve is the course prova-breve, in the steps that complete it.
func breve() []map[string]any {
	return []map[string]any{
		facts(fact("1", "saluto", "opened", nil), fact("2", "saluto", "watched", map[string]any{"intervals": [][]float64{{0, 3}}})),
		facts(fact("3", "domande", "answered", map[string]any{"answers": map[string][]string{"giorni": {"b"}, "pari": {"a", "c"}}})),
		facts(fact("4", "commiato", "read", nil)),
	}
}
