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
	last  time.Time
	next  time.Time // no try before
}

// NewThrottle begins with no failures.
func NewThrottle() *Throttle { return &Throttle{m: map[string]failures{}} }

const (
	freeFailures = 5                // that cost nothing
	longestWait  = 30 * time.Second // between two tries
	forgetAfter  = 15 * time.Minute // without a failure
)

// Try refuses with TooMany while any of the keys has to wait, and counts a failure for each otherwise: many tries at once are counted before the
// first is judged. From the sixth on the wait doubles, from 1 s up to 30 s. The keys after the first (a whole address) have ten times as many free.
func (t *Throttle) Try(now time.Time, keys ...string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, k := range keys {
		if now.Before(t.m[k].next) {
			return Fail(TooMany, "error.toomany")
		}
	}
	if len(t.m) > 100_000 {
		clear(t.m)
	}
	for i, k := range keys {
		t.m[k] = t.m[k].andOne(now, i > 0)
	}
	return nil
}

func (f failures) andOne(now time.Time, wide bool) failures {
	if now.Sub(f.last) > forgetAfter {
		f = failures{}
	}
	f.count, f.last = f.count+1, now
	free := freeFailures
	if wide {
		free *= 10
	}
	if over := f.count - free; over > 0 {
		f.next = now.Add(min(longestWait, time.Second<<min(over-1, 10)))
	}
	return f
}

// Succeeded says that the try was no failure: the first key starts anew, the others have one less.
func (t *Throttle) Succeeded(keys ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, k := range keys {
		f := t.m[k]
		if f.count--; i == 0 || f.count <= 0 {
			delete(t.m, k)
			continue
		}
		t.m[k] = f
	}
}
