package memory

import (
	"sync"
	"time"
)

// Throttle slows down who fails again and again. It never locks anyone out: after the wait, the next try counts.
type Throttle struct {
	free int   // failures that cost nothing
	wait error // what who has to wait is told
	mu   sync.Mutex
	m    map[string]failures
}

type failures struct {
	count int
	last  time.Time
	next  time.Time // no try before
}

// NewThrottle begins with no failures; so many of one key will cost nothing, and who has to wait then is told so with an error.
func NewThrottle(free int, wait error) *Throttle {
	return &Throttle{free: free, wait: wait, m: map[string]failures{}}
}

const (
	longestWait = 30 * time.Second // between two tries
	forgetAfter = 15 * time.Minute // without a failure
)

// Try refuses while any of the keys has to wait, and counts a failure for each otherwise: many tries at once are counted before the
// first is judged. After the free ones the wait doubles, from 1 s up to 30 s. The keys after the first (a whole address) have ten times as many free.
func (t *Throttle) Try(now time.Time, keys ...string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, k := range keys {
		if now.Before(t.m[k].next) {
			return t.wait
		}
	}
	if len(t.m) > 100_000 {
		clear(t.m)
	}
	for i, k := range keys {
		free := t.free
		if i > 0 {
			free *= 10
		}
		t.m[k] = t.m[k].andOne(now, free)
	}
	return nil
}

func (f failures) andOne(now time.Time, free int) failures {
	if now.Sub(f.last) > forgetAfter {
		f = failures{}
	}
	f.count, f.last = f.count+1, now
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
		if i == 0 {
			delete(t.m, k)
			continue
		}
		t.takeBack(k)
	}
}

// TakeBack says that the try was no failure, and forgives none of those before it: whoever has one right answer could begin anew with it for ever.
func (t *Throttle) TakeBack(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.takeBack(key)
}

// takeBack ends the wait, too: the try was let in because no other wait was left, so that it is its own.
func (t *Throttle) takeBack(key string) {
	f := t.m[key]
	if f.count--; f.count <= 0 {
		delete(t.m, key)
		return
	}
	f.next = time.Time{}
	t.m[key] = f
}
