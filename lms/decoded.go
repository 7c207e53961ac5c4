package lms

import "sync"

// decoded keeps some decoded records in memory, each for the write it was read after (its token names it):
// reading a record that did not change since costs no decoding. What is kept belongs to all its readers: nobody may change it. Change takes a
// copy of its own.
type decoded[T any] struct {
	mu   sync.Mutex
	most int
	m    map[string]decodedRecord[T]
}

type decodedRecord[T any] struct {
	token string
	t     T
}

func newDecoded[T any](most int) *decoded[T] {
	return &decoded[T]{most: most, m: map[string]decodedRecord[T]{}}
}

func (s *decoded[T]) get(d Document) (t T, ok bool) {
	if s.most == 0 || lastToken(d) == "" {
		return t, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.m[d.ID]
	if !ok || r.token != lastToken(d) {
		return t, false
	}
	return r.t, true
}

// put keeps a record. When there are too many, some go, whichever the map gives first: who reads often comes back at once.
func (s *decoded[T]) put(d Document, t T) {
	if s.most == 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for id := range s.m {
		if len(s.m) < s.most {
			break
		}
		delete(s.m, id)
	}
	s.m[d.ID] = decodedRecord[T]{lastToken(d), t}
}

func lastToken(d Document) string {
	if n := len(d.Tokens); n > 0 {
		return d.Tokens[n-1]
	}
	return ""
}
