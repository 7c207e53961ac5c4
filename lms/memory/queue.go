package memory

import (
	"context"
	"sync"
)

// Queue lets the changes to one id pass one after the other, so that they don't race each other to the engine.
type Queue struct {
	mu      sync.Mutex
	waiting map[string]*turn
}

type turn struct {
	token chan struct{} // holds one value while nobody is inside
	users int
}

// NewQueue is a queue in which nobody waits.
func NewQueue() *Queue { return &Queue{waiting: map[string]*turn{}} }

// Enter waits for the turn and gives the function that ends it.
func (q *Queue) Enter(ctx context.Context, id string) (leave func(), err error) {
	q.mu.Lock()
	t := q.waiting[id]
	if t == nil {
		t = &turn{token: make(chan struct{}, 1)}
		t.token <- struct{}{}
		q.waiting[id] = t
	}
	t.users++
	q.mu.Unlock()
	select {
	case <-t.token:
		return func() { t.token <- struct{}{}; q.drop(id, t) }, nil
	case <-ctx.Done():
		q.drop(id, t)
		return nil, ctx.Err()
	}
}

func (q *Queue) drop(id string, t *turn) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if t.users--; t.users == 0 {
		delete(q.waiting, id)
	}
}
