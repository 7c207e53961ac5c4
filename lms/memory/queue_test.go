package memory

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"
)

// One at a time is inside for an id, others for other ids; nothing is left behind.
func TestQueue(t *testing.T) {
	q := NewQueue()
	inside := map[string]int{"a": 0, "b": 0} // each guarded by its id's turn
	var all sync.WaitGroup
	for i := range 100 {
		id := []string{"a", "b"}[i%2]
		count := func(by int) int {
			q.mu.Lock()
			defer q.mu.Unlock()
			inside[id] += by
			return inside[id]
		}
		all.Go(func() {
			leave, err := q.Enter(t.Context(), id)
			if err != nil {
				t.Error(err)
				return
			}
			if n := count(1); n != 1 {
				t.Errorf("%d are inside", n)
			}
			count(-1)
			leave()
		})
	}
	all.Wait()
	if len(q.waiting) != 0 {
		t.Errorf("%d turns are left", len(q.waiting))
	}
}

// Who gives up waiting leaves the queue, and the next still gets in.
func TestQueueGivenUp(t *testing.T) {
	q := NewQueue()
	leave, err := q.Enter(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	short, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := q.Enter(short, "a"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	leave()
	leave, err = q.Enter(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	leave()
	if len(q.waiting) != 0 {
		t.Errorf("%d turns are left", len(q.waiting))
	}
}
