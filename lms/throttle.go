package lms

import (
	"sync"
	"time"
)

// Throttle slows down who fails again and again. It never locks anyone out: after the wait, the next try counts.
type Throttle struct {
	mu sync.Mutex
	m  map[string]failures
}

type failures struct {
	count int
	next  time.Time // no try before
}

// NewThrottle begins with no failures.
func NewThrottle() *Throttle { return &Throttle{m: map[string]failures{}} }

const (
	freeFailures = 5                // that cost nothing
	longestWait  = 30 * time.Second // between two tries
	forgetAfter  = 15 * time.Minute // without a failure
)

// Allow refuses with TooMany while any of the keys has to wait.
func (t *Throttle) Allow(now time.Time, keys ...string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, k := range keys {
		if now.Before(t.m[k].next) {
			return Fail(TooMany, "error.toomany")
		}
	}
	return nil
}

// Failed counts a failure for each key: from the sixth on the wait doubles, from 1 s up to 30 s. A whole address has ten times as many free.
func (t *Throttle) Failed(now time.Time, keys ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.m) > 100_000 {
		clear(t.m)
	}
	for i, k := range keys {
		f := t.m[k]
		if now.Sub(f.next) > forgetAfter {
			f = failures{next: now}
		}
		f.count++
		free := freeFailures
		if i > 0 {
			free *= 10
		}
		if over := f.count - free; over > 0 {
			f.next = now.Add(min(longestWait, time.Second<<min(over-1, 10)))
		}
		t.m[k] = f
	}
}

// Succeeded forgets the failures of a key.
func (t *Throttle) Succeeded(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.m, key)
}
