package memory

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var errWait = errors.New("wait")

func newThrottle(free int) *Throttle { return NewThrottle(free, errWait) }

func mustWait(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, errWait) {
		t.Errorf("got %v, want to wait", err)
	}
}

func TestWhoFailsIsSlowedDownAndNeverLockedOut(t *testing.T) {
	th, now := newThrottle(5), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
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
		mustWait(t, th.Try(now, "anna", "address"))
		mustWait(t, th.Try(now, "anna", "another address"))
		now = now.Add(time.Millisecond)
	}
	if err := th.Try(now, "bruno", "address"); err != nil {
		t.Errorf("somebody else at the address: %v", err)
	}
}

func TestSuccessStartsAnew(t *testing.T) {
	th, now := newThrottle(5), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
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
	th, now := newThrottle(5), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for range 5 {
		th.Try(now, "anna")
		now = now.Add(10 * time.Minute) // never a quarter of an hour without one
	}
	th.Try(now, "anna")
	mustWait(t, th.Try(now, "anna"))
	now = now.Add(16 * time.Minute)
	for i := range 5 {
		if err := th.Try(now, "anna"); err != nil {
			t.Errorf("try %d: %v", i+1, err)
		}
	}
}

func TestAWholeAddressIsSlowedDownToo(t *testing.T) {
	th, now := newThrottle(5), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for i := range 51 {
		if err := th.Try(now, fmt.Sprint("login", i), "address"); err != nil {
			t.Fatalf("login %d: %v", i, err)
		}
	}
	mustWait(t, th.Try(now, "another", "address"))
	if err := th.Try(now, "another", "elsewhere"); err != nil {
		t.Error(err)
	}
}

func TestAHundredGuessesAtOnceAreNotAHundredGuesses(t *testing.T) {
	th, now := newThrottle(5), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	var allowed atomic.Int32
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() {
			if th.Try(now, "anna", "address") == nil {
				allowed.Add(1)
			}
		})
	}
	all.Wait()
	if n := allowed.Load(); n != 6 {
		t.Errorf("%d guesses were judged", n)
	}
}

// One right answer among wrong ones is neither counted nor a new beginning.
func TestATryTakenBackIsNoFailureAndForgivesNone(t *testing.T) {
	th, now := newThrottle(3), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
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
	mustWait(t, right())
	now = now.Add(time.Second)
	if err := right(); err != nil {
		t.Errorf("right, after the wait: %v", err)
	}
	if err := th.Try(now, "address"); err != nil {
		t.Errorf("wrong, after the wait: %v", err)
	}
	now = now.Add(time.Second)
	mustWait(t, right()) // the wait has doubled: the right ones forgave nothing
}
