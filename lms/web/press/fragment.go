package press

import (
	"strings"
	"sync"
)

// Fragments keeps pieces of pages that many requests share: what belongs to an edition is rendered, and compressed, once for each state it can be
// in, not once for each request. A key holds everything that the fragment depends on. The zero value is ready.
type Fragments struct {
	mu          sync.RWMutex
	m           map[string]Fragment
	size        int       // bytes kept
	compressors sync.Pool // of *flate.Writer
}

// Fragment is a piece of page in parts, with a blank after each for what differs from reader to reader; most have one part and no blank.
type Fragment []part

// part is a text with its compressed form: whole blocks of deflate (RFC 1951) that refer to nothing before them.
type part struct {
	html     string
	deflated []byte
	blank    string // what is to be filled in behind it, "" for nothing
}

// mostKept bounds the memory, in bytes.
const mostKept = 16 << 20

func newFragment(html string) Fragment {
	var f Fragment
	for rest := html; rest != ""; {
		p := part{html: rest}
		// Every blank begins with the same two bytes, 0xEE 0x80.
		if i := strings.Index(rest, "\xee\x80"); i >= 0 && i+3 <= len(rest) {
			p.html, p.blank, rest = rest[:i], rest[i:i+3], rest[i+3:]
		} else {
			rest = ""
		}
		p.deflated = deflateOnce(p.html)
		f = append(f, p)
	}
	return f
}

func (f Fragment) size() (n int) {
	for _, p := range f {
		n += len(p.html) + len(p.deflated)
	}
	return n
}

// Get gives what is kept for a key, or makes it.
func (f *Fragments) Get(key string, render func() (string, error)) (Fragment, error) {
	f.mu.RLock()
	kept, ok := f.m[key]
	f.mu.RUnlock()
	if ok {
		return kept, nil
	}
	html, err := render()
	if err != nil {
		return nil, err
	}
	made := newFragment(html)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.size += made.size(); f.size > mostKept || f.m == nil {
		f.m, f.size = map[string]Fragment{}, made.size()
	}
	f.m[key] = made
	return made, nil
}

// Count is how many fragments are kept.
func (f *Fragments) Count() int {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return len(f.m)
}
