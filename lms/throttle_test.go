package lms_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"aulacomune/lms"
)

func TestWhoFailsIsSlowedDownAndNeverLockedOut(t *testing.T) {
	th, now := lms.NewThrottle(), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
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
	th, now := lms.NewThrottle(), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
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
	th, now := lms.NewThrottle(), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
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
	th, now := lms.NewThrottle(), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
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
	th, now := lms.NewThrottle(), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
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
