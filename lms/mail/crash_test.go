package mail_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/mail"
	"aulacomune/storage/storagetest"
)

// senderOf tells the test binary to be a sending process: of which store, and to which server ("sqlite /folder/records.db 127.0.0.1:2525").
const senderOf = "AULA_TEST_SENDER_OF"

// quick is a pace at which days pass in a second.
func quick() mail.Pace {
	return mail.Pace{Lease: 400 * time.Millisecond, First: 20 * time.Millisecond, Most: 100 * time.Millisecond, Life: time.Hour, Poll: 20 * time.Millisecond}
}

// TestSenderProcess is no test: it is what the process does that the next test kills.
func TestSenderProcess(t *testing.T) {
	words := strings.Fields(os.Getenv(senderOf))
	if len(words) != 3 {
		return
	}
	p := portsOf(t, storagetest.Existing(t, words[0], words[1]).Open(t), &server{Address: words[2]})
	p.Pace = quick()
	o, err := mail.Open(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("sending")
	o.Run(t.Context())
}

// A server fails half the time and the sending process is killed again and again: in the end every cause has arrived under its one Message-ID, and nothing else has.
func TestNoLetterMissingNoneExtra(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, store storagetest.Store) {
		srv := newServer(t, nil, false, half)
		p := portsOf(t, store.Open(t), nil)
		p.Pace = quick()
		o, err := mail.Open(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		all := causes(120)
		for _, c := range all {
			for range 1 + rand.IntN(2) { // whoever posts may post again
				if err := o.Post(t.Context(), letter(c)); err != nil {
					t.Fatal(err)
				}
			}
		}
		kills := 0
		for end := time.Now().Add(2 * time.Minute); waiting(t, o) > 0; {
			if time.Now().After(end) {
				t.Fatalf("%d letters still wait", waiting(t, o))
			}
			if sendFor(t, fmt.Sprintf("%s %s %s", store.Name, store.Source, srv.Address), time.Duration(10+rand.IntN(120+20*kills))*time.Millisecond) { // longer and longer, so that it ends on a slow machine, too
				kills++
			}
		}
		if kills < 2 {
			t.Errorf("the sender was killed %d times: nothing was tried", kills)
		}
		got, twice := srv.counts(), 0
		for id, n := range got {
			if n > 1 {
				twice++
			}
			if !strings.HasSuffix(id, "@aula.example>") {
				t.Errorf("Message-ID %q", id)
			}
		}
		if len(got) != len(all) {
			t.Errorf("%d distinct Message-IDs arrived, want %d", len(got), len(all))
		}
		t.Logf("%d letters, %d kills, %d arrived twice", len(all), kills, twice)
		sent, _, err := o.ListAll(t.Context(), mail.Sent, lms.PageAt{})
		if err != nil || len(sent) != len(all) {
			t.Errorf("%d letters are recorded as sent, error %v", len(sent), err)
		}
	})
}

func waiting(t *testing.T, o *mail.Outbox) int {
	t.Helper()
	n, err := o.Count(t.Context(), mail.Waiting)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// sendFor lets a process send for a while and kills it; it says whether the kill met it alive.
func sendFor(t *testing.T, of string, d time.Duration) bool {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run", "^TestSenderProcess$")
	cmd.Env = append(os.Environ(), senderOf+"="+of)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 8)); err != nil { // it says that it sends
		t.Fatalf("the sender did not begin: %v", err)
	}
	time.Sleep(d)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	return cmd.Wait() != nil
}
