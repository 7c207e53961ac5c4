package lms

import (
	"sync"
	"time"
)

// recent remembers what was read for a while, so that a page costs no read for it. What another node changes is seen when that while is over.
type recent[K comparable, V any] struct {
	mu   sync.RWMutex
	life time.Duration // 0 is for ever: what never changes
	m    map[K]recentValue[V]
}

type recentValue[V any] struct {
	v     V
	until time.Time
}

// mostRecent bounds the memory.
const mostRecent = 10_000

func newRecent[K comparable, V any](life time.Duration) *recent[K, V] {
	return &recent[K, V]{life: life, m: map[K]recentValue[V]{}}
}

func (r *recent[K, V]) get(key K, now time.Time) (V, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	e, ok := r.m[key]
	return e.v, ok && (r.life == 0 || now.Before(e.until))
}

func (r *recent[K, V]) put(key K, v V, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.m) >= mostRecent {
		clear(r.m)
	}
	r.m[key] = recentValue[V]{v, now.Add(r.life)}
}

func (r *recent[K, V]) forget(key K) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.m, key)
}

func (r *recent[K, V]) forgetAll() {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.m)
}
