// Package memory is what a service remembers while it runs: what was read a moment ago, whose turn it is, and who failed too often. Nothing of it is kept.
package memory

import (
	"sync"
	"time"
)

// Recent remembers what was read for a while, so that a page costs no read for it. What another node changes is seen when that while is over.
type Recent[K comparable, V any] struct {
	mu   sync.RWMutex
	life time.Duration // 0 is for ever: what never changes
	m    map[K]value[V]
}

type value[V any] struct {
	v     V
	until time.Time
}

// mostRecent bounds the memory.
const mostRecent = 10_000

// NewRecent remembers for so long; 0 is for ever.
func NewRecent[K comparable, V any](life time.Duration) *Recent[K, V] {
	return &Recent[K, V]{life: life, m: map[K]value[V]{}}
}

// Get gives what is remembered under a key, unless that is too long ago.
func (r *Recent[K, V]) Get(key K, now time.Time) (V, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	e, ok := r.m[key]
	return e.v, ok && (r.life == 0 || now.Before(e.until))
}

// Put remembers.
func (r *Recent[K, V]) Put(key K, v V, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.m) >= mostRecent {
		clear(r.m)
	}
	r.m[key] = value[V]{v, now.Add(r.life)}
}

// Forget forgets one.
func (r *Recent[K, V]) Forget(key K) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.m, key)
}

// ForgetAll forgets all.
func (r *Recent[K, V]) ForgetAll() {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.m)
}
