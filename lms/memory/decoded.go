package memory

import "sync"

// Decoded keeps some decoded records in memory, each for the write it was read after (its token names it):
// reading a record that did not change since costs no decoding. What is kept belongs to all its readers: nobody may change it. Change takes a
// copy of its own.
type Decoded[T any] struct {
	mu   sync.Mutex
	most int
	m    map[string]decodedRecord[T]
}

type decodedRecord[T any] struct {
	token string
	t     T
}

// NewDecoded keeps so many; 0 is none.
func NewDecoded[T any](most int) *Decoded[T] {
	return &Decoded[T]{most: most, m: map[string]decodedRecord[T]{}}
}

// Get gives the record with an id, if it was read after the write with that token.
func (s *Decoded[T]) Get(id, token string) (t T, ok bool) {
	if s.most == 0 || token == "" {
		return t, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.m[id]
	if !ok || r.token != token {
		return t, false
	}
	return r.t, true
}

// Put keeps a record. When there are too many, some go, whichever the map gives first: who reads often comes back at once.
func (s *Decoded[T]) Put(id, token string, t T) {
	if s.most == 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for other := range s.m {
		if len(s.m) < s.most {
			break
		}
		delete(s.m, other)
	}
	s.m[id] = decodedRecord[T]{token, t}
}
