package web

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"
	"sync"
)

// fragments keeps pieces of pages that many requests share: what belongs to an edition is rendered, and compressed, once for each state it can be
// in, not once for each request. A key holds everything that the fragment depends on.
type fragments struct {
	mu   sync.RWMutex
	m    map[string]fragment
	size int // bytes kept
}

// fragment is a piece of page in parts, with a blank after each for what differs from reader to reader; most have one part and no blank.
type fragment []part

// part is a text with its compressed form: whole blocks of deflate (RFC 1951) that refer to nothing before them.
type part struct {
	html     string
	deflated []byte
	blank    string // what is to be filled in behind it, "" for nothing
}

// mostFragments bounds the memory, in bytes.
const mostFragments = 16 << 20

func newFragment(html string) fragment {
	var f fragment
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

func (f fragment) size() (n int) {
	for _, p := range f {
		n += len(p.html) + len(p.deflated)
	}
	return n
}

// get gives what is kept for a key, or makes it.
func (f *fragments) get(key string, render func() (string, error)) (fragment, error) {
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
	if f.size += made.size(); f.size > mostFragments {
		clear(f.m)
		f.size = made.size()
	}
	f.m[key] = made
	return made, nil
}

// fragment renders a template, or takes what it rendered for the same key before, and puts it on the page. data is asked only when it is needed.
func (r *request) fragment(name, key string, data func() any) (template.HTML, error) {
	f, err := r.site.fragments.get(r.lang+" "+name+" "+key, func() (string, error) {
		var b bytes.Buffer
		err := r.site.templates[r.lang][anyPage].ExecuteTemplate(&b, name, data())
		return b.String(), err
	})
	return r.put(f), err
}

// text puts HTML on the page that belongs to an edition, and so is always the same for its key.
func (r *request) text(key, html string) template.HTML {
	f, _ := r.site.fragments.get("text "+key, func() (string, error) { return html, nil }) // cannot fail
	return r.put(f)
}

// put notes a fragment's parts for the page's way out and gives what stands for them in templates: a mark for each part, and the filled blanks.
func (r *request) put(f fragment) template.HTML {
	var b strings.Builder
	for i := range f {
		r.parts = append(r.parts, &f[i])
		fmt.Fprintf(&b, "%s%04d", mark, len(r.parts)-1)
		b.WriteString(r.fillIn(f[i].blank))
	}
	return template.HTML(b.String()) //nolint:gosec // marks and escaped values
}

// mark begins a part's mark; the part's number follows in four digits. No other text on a page has it: templates and the compiler of courses put a
// replacement character for it.
const (
	mark       = "\x00"
	markLength = len(mark) + 4
)

// anyPage is a page whose tree holds the parts, as every page's does.
const anyPage = "error"
