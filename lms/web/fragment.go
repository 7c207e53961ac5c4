package web

import (
	"bytes"
	"html/template"
	"strings"
	"sync"
)

// fragments keeps pieces of pages that many requests share: what belongs to an edition is rendered once for each state it can be in, not once for
// each request. A key holds everything that the piece depends on.
type fragments struct {
	mu sync.RWMutex
	m  map[string]template.HTML
}

// mostFragments bounds the memory; one has a few KB.
const mostFragments = 20_000

// fragment renders a template, or gives what it rendered for the same key before. data is asked only when it is needed.
func (r *request) fragment(name, key string, data func() any) (template.HTML, error) {
	f := &r.site.fragments
	key = r.lang + " " + name + " " + key
	f.mu.RLock()
	html, ok := f.m[key]
	f.mu.RUnlock()
	if ok {
		return html, nil
	}
	var b bytes.Buffer
	if err := r.site.templates[r.lang][anyPage].ExecuteTemplate(&b, name, data()); err != nil {
		return "", err
	}
	html = template.HTML(b.String()) //nolint:gosec // html/template wrote it
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.m) >= mostFragments {
		clear(f.m)
	}
	f.m[key] = html
	return html, nil
}

// anyPage is a page whose tree holds the parts, as every page's does.
const anyPage = "error"

// The blanks of a frame: characters of Unicode's private use area, which nothing else on a page contains.
const (
	blankName = "\ue000"
	blankInit = "\ue001"
	blankCSRF = "\ue002"
	blankHere = "\ue003"
)

// header gives the frame's header: rendered once for each kind of reader and place in the menu, then filled with what differs from reader to reader.
func (r *request) header(f *Frame) (template.HTML, error) {
	kind := "nobody"
	if f.User != nil {
		kind = "user"
		if f.User.Admin {
			kind = "admin"
		}
	}
	section, _, below := strings.Cut(strings.TrimPrefix(f.Path, "/"), "/")
	switch section {
	case "corsi", "apprendimento", "attestati", "verifica", "amministrazione", "aiuto":
		if below {
			section += "/"
		}
	default: // no place in the menu: whoever makes up addresses fills no memory
		section = ""
	}
	shell, err := r.fragment("frame/top", kind+" "+section, func() any {
		blank := *f
		blank.Here = blankHere
		if f.CSRF != "" {
			blank.CSRF = blankCSRF
		}
		if f.User != nil {
			blank.User = &FrameUser{Name: blankName, Initials: blankInit, Admin: f.User.Admin, Author: f.User.Author}
		}
		return &blank
	})
	if err != nil {
		return "", err
	}
	return fill(shell, f), nil
}

// fill puts the reader's own values into the blanks.
func fill(shell template.HTML, f *Frame) template.HTML {
	var name, initials string
	if f.User != nil {
		name, initials = template.HTMLEscapeString(f.User.Name), template.HTMLEscapeString(f.User.Initials)
	}
	csrf, here := template.HTMLEscapeString(f.CSRF), template.HTMLEscapeString(f.Here)
	var b strings.Builder
	b.Grow(len(shell) + 1024)
	rest := string(shell)
	for {
		// Every blank begins with the same two bytes, 0xEE 0x80.
		i := strings.Index(rest, "\xee\x80")
		if i < 0 || i+3 > len(rest) {
			b.WriteString(rest)
			return template.HTML(b.String()) //nolint:gosec // escaped above
		}
		b.WriteString(rest[:i])
		switch blank := rest[i : i+3]; blank {
		case blankName:
			b.WriteString(name)
		case blankInit:
			b.WriteString(initials)
		case blankCSRF:
			b.WriteString(csrf)
		case blankHere:
			b.WriteString(here)
		default:
			b.WriteString(blank)
		}
		rest = rest[i+3:]
	}
}
