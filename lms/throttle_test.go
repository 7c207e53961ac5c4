package lms_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"aulacomune/lms"
)

func TestWhoFailsIsSlowedDownAndNeverLockedOut(t *testing.T) {
	th, now := lms.NewThrottle(5), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for i := range 5 {
		if err := th.Try(now, "anna", "address"); err != nil {
			t.Fatalf("try %d: %v", i+1, err)
		}
	}
	for i, wait := range []time.Duration{1, 2, 4, 8, 16, 30, 30, 30, 30, 30, 30, 30, 30} {
		if err := th.Try(now, "anna", "address"); err != nil {
			t.Fatalf("try %d after the wait: %v", i+6, err)
		}
		now = now.Add(wait*time.Second - time.Millisecond)
		wantKind(t, th.Try(now, "anna", "address"), lms.TooMany, "")
		wantKind(t, th.Try(now, "anna", "another address"), lms.TooMany, "")
		now = now.Add(time.Millisecond)
	}
	if err := th.Try(now, "bruno", "address"); err != nil {
		t.Errorf("somebody else at the address: %v", err)
	}
}

func TestSuccessStartsAnew(t *testing.T) {
	th, now := lms.NewThrottle(5), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for range 100 { // an office behind one address signs in on a Monday
		if err := th.Try(now, "anna", "office"); err != nil {
			t.Fatal(err)
		}
		th.Succeeded("anna", "office")
	}
	for range 4 {
		th.Try(now, "anna", "office")
	}
	th.Succeeded("anna", "office")
	for i := range 5 {
		if err := th.Try(now, "anna", "office"); err != nil {
			t.Errorf("try %d: %v", i+1, err)
		}
	}
}

func TestFailuresAreForgotten(t *testing.T) {
	th, now := lms.NewThrottle(5), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for range 5 {
		th.Try(now, "anna")
		now = now.Add(10 * time.Minute) // never a quarter of an hour without one
	}
	th.Try(now, "anna")
	wantKind(t, th.Try(now, "anna"), lms.TooMany, "")
	now = now.Add(16 * time.Minute)
	for i := range 5 {
		if err := th.Try(now, "anna"); err != nil {
			t.Errorf("try %d: %v", i+1, err)
		}
	}
}

func TestAWholeAddressIsSlowedDownToo(t *testing.T) {
	th, now := lms.NewThrottle(5), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for i := range 51 {
		if err := th.Try(now, fmt.Sprint("login", i), "address"); err != nil {
			t.Fatalf("login %d: %v", i, err)
		}
	}
	wantKind(t, th.Try(now, "another", "address"), lms.TooMany, "")
	if err := th.Try(now, "another", "elsewhere"); err != nil {
		t.Error(err)
	}
}

func TestAHundredGuessesAtOnceAreNotAHundredGuesses(t *testing.T) {
	th, now := lms.NewThrottle(5), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	var allowed atomic.Int32
	together(t, 100, func(int) error {
		if th.Try(now, "anna", "address") == nil {
			allowed.Add(1)
		}
		return nil
	})
	if n := allowed.Load(); n != 6 {
		t.Errorf("%d guesses were judged", n)
	}
}

// One right answer among wrong ones is neither counted nor a new beginning.
func TestATryTakenBackIsNoFailureAndForgivesNone(t *testing.T) {
	th, now := lms.NewThrottle(3), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	right := func() error {
		err := th.Try(now, "address")
		if err == nil {
			th.TakeBack("address")
		}
		return err
	}
	for i := range 3 {
		for range 20 {
			if err := right(); err != nil {
				t.Fatalf("right, after %d wrong: %v", i, err)
			}
		}
		if err := th.Try(now, "address"); err != nil {
			t.Fatalf("wrong, number %d: %v", i+1, err)
		}
	}
	if err := right(); err != nil {
		t.Errorf("right, after the free ones: %v", err)
	}
	if err := th.Try(now, "address"); err != nil {
		t.Errorf("the right one before left a wait: %v", err)
	}
	wantKind(t, right(), lms.TooMany, "")
	now = now.Add(time.Second)
	if err := right(); err != nil {
		t.Errorf("right, after the wait: %v", err)
	}
	if err := th.Try(now, "address"); err != nil {
		t.Errorf("wrong, after the wait: %v", err)
	}
	now = now.Add(time.Second)
	wantKind(t, right(), lms.TooMany, "") // the wait has doubled: the right ones forgave nothing
}

func TestGuessingCodesIsSlowedDown(t *testing.T) {
	r := newClassroom(t, reading("a"))
	good := string(r.earn(r.learner, r.course).Enrolment.Certificate())
	ask := func(code, from string) error {
		_, err := r.Register.VerifyFrom(t.Context(), code, from)
		return err
	}
	fetch := func(code, from string) error {
		_, _, err := r.Register.OpenPDF(t.Context(), code, from)
		return err
	}
	for i := range 40 { // what people mistype, and what is right, costs nothing
		wantKind(t, ask("AAAA-BBBB-CCCC", "192.0.2.1"), lms.NotFound, "")
		if err := ask(good, "192.0.2.1"); err != nil {
			t.Fatalf("a right code, after %d: %v", i, err)
		}
	}
	for i := range 31 {
		do := ask
		if i%2 == 1 { // page and PDF are counted together
			do = fetch
		}
		wantKind(t, do(string(lms.NewCode()), "192.0.2.1"), lms.NotFound, "")
	}
	for _, c := range []struct {
		what, code, from string
		want             lms.ErrorKind // Unknown: it is answered
	}{
		{"another guess", string(lms.NewCode()), "192.0.2.1", lms.TooMany},
		{"a right code, which would tell a guess from a failure", good, "192.0.2.1", lms.TooMany},
		{"a mistyped code", "AAAA-BBBB-CCCC", "192.0.2.1", lms.NotFound},
		{"a right code from elsewhere", good, "192.0.2.2", lms.Unknown},
		{"a guess from elsewhere", string(lms.NewCode()), "192.0.2.2", lms.NotFound},
	} {
		for name, do := range map[string]func(code, from string) error{"page": ask, "PDF": fetch} {
			if err := do(c.code, c.from); c.want == lms.Unknown && err != nil || c.want != lms.Unknown && !lms.Is(err, c.want) {
				t.Errorf("%s, %s: %v", c.what, name, err)
			}
		}
	}
	if all, err := r.Register.Mine(t.Context(), r.learner); err != nil || len(all) != 1 {
		t.Errorf("the learner's own certificates wait, too: %v", err)
	}
	r.clock.pass(time.Second)
	if err := ask(good, "192.0.2.1"); err != nil {
		t.Errorf("after the wait: %v", err)
	}
	r.clock.pass(time.Hour)
	for range 30 {
		wantKind(t, ask(string(lms.NewCode()), "192.0.2.1"), lms.NotFound, "")
	}
}
