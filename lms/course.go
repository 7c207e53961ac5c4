package lms

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"time"

	"aulacomune/course"
	"aulacomune/lms/memory"
)

// Course is a slug, owned by one organisation, with its editions. The content itself lies in the object store by its hash.
type Course struct {
	Slug         course.Slug      `json:"slug"`
	Organisation OrganisationID   `json:"organisation"`
	Within       []OrganisationID `json:"within"`
	Editions     []Edition        `json:"editions"` // in the order of their numbers
}

// courses says how courses are kept.
var courses = Noun[Course]{
	Name: "courses",
	ID:   func(c Course) string { return string(c.Slug) },
	Indexes: []Index[Course]{
		{Name: "title", Keys: func(c Course) []string { return []string{Fold(c.Shown().Title)} }},
	},
	Upgrades: []Upgrade{asItIs}, // editions may be withdrawn: a program that does not know that would offer them
}

// asItIs upgrades a document to a shape that only holds more: an older program, which would write it without that, refuses it.
func asItIs(map[string]any) error { return nil }

// Where the parts of an edition lie in the object store.
func editionKey(h course.Hash) string     { return "editions/" + string(h) + ".json" }
func sourceKey(h course.Hash) string      { return "editions/" + string(h) + ".zip" }
func mediaKey(h course.Hash) string       { return "media/" + string(h) }
func certificateKey(h course.Hash) string { return "certificates/" + string(h) + ".pdf" }

// Library gives the content of courses. Editions never change, so those that were read stay in memory.
type Library struct {
	courses *Records[Course]
	objects Objects
	mu      sync.RWMutex
	opened  map[course.Hash]*course.Course
	heads   *memory.Recent[course.Slug, Course]
	now     func() time.Time
}

// headCache is how long a publication on another node may go unseen.
const headCache = 2 * time.Second

// Courses lists every course in the order of the titles.
func (l *Library) Courses(ctx context.Context, after string, limit int) ([]Course, string, error) {
	return l.courses.Page(ctx, Query{Index: "title", After: after, Limit: limit})
}

// Find reads a course.
func (l *Library) Find(ctx context.Context, slug course.Slug) (Course, error) {
	if c, ok := l.heads.Get(slug, l.now()); ok {
		return c, nil
	}
	c, err := l.courses.Find(ctx, string(slug))
	if err == nil {
		l.heads.Put(slug, c, l.now())
	}
	return c, err
}

// Open gives the compiled content of an edition. It is shared: nobody may change it.
func (l *Library) Open(ctx context.Context, h course.Hash) (*course.Course, error) {
	l.mu.RLock()
	c := l.opened[h]
	l.mu.RUnlock()
	if c != nil {
		return c, nil
	}
	o, err := l.objects.Open(ctx, editionKey(h))
	if err != nil {
		return nil, fmt.Errorf("open edition %s: %w", h, err)
	}
	defer o.Close()
	b, err := io.ReadAll(o)
	if err != nil {
		return nil, fmt.Errorf("read edition %s: %w", h, err)
	}
	c = new(course.Course)
	if err := json.Unmarshal(b, c); err != nil {
		return nil, fmt.Errorf("decode edition %s: %w", h, err)
	}
	l.mu.Lock()
	l.opened[h] = c
	l.mu.Unlock()
	return c, nil
}

// Shown gives a course with the content that pages show: what new enrolments take, where it takes any.
func (l *Library) Shown(ctx context.Context, slug course.Slug) (Course, *course.Course, error) {
	head, err := l.Find(ctx, slug)
	if err != nil {
		return head, nil, err
	}
	c, err := l.Open(ctx, head.Shown().Hash)
	return head, c, err
}
