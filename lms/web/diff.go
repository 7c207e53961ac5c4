package web

import (
	"strings"

	"aulacomune/course"
)

// DiffView is what changes from one edition to another, for part/diff.
type DiffView struct {
	ContentLang   string   // of the objects' words, "" when it is the page's
	Before, After int      // minutes
	Aspects       []string // of the course itself that change
	Objects       []ObjectDiff
	Harmless      bool
	Open          bool // the texts are shown unfolded
}

// ObjectDiff is what became of a learning object.
type ObjectDiff struct {
	Kind, Title   string // added | removed | changed
	Before, After int    // minutes
	Aspects       []string
	Text          []WordsView // of one whose words changed
}

// WordsView is a stretch of words that stayed (""), was added or was removed.
type WordsView struct{ Kind, Words string }

// None says that nothing changes.
func (d DiffView) None() bool { return len(d.Aspects) == 0 && len(d.Objects) == 0 }

// Count is how many objects were added, removed or changed.
func (d DiffView) Count(kind string) (n int) {
	for _, o := range d.Objects {
		if o.Kind == kind {
			n++
		}
	}
	return n
}

// diff puts what changes between two editions in words. lang is the language of the newer one.
func (r *request) diff(d course.Diff, lang string) DiffView {
	v := DiffView{ContentLang: r.ContentLang(lang), Before: d.Minutes[0], After: d.Minutes[1], Aspects: r.aspects(d.Aspects), Harmless: d.Harmless()}
	for _, o := range d.Objects {
		v.Objects = append(v.Objects, ObjectDiff{string(o.Kind), o.Title, o.Minutes[0], o.Minutes[1], r.aspects(o.Aspects), wordsViews(o.Text)})
	}
	return v
}

func (r *request) aspects(list []course.Aspect) []string {
	var out []string
	for _, a := range list {
		out = append(out, r.T("aspect."+string(a)))
	}
	return out
}

// wordsViews are changes of a text with each paragraph on lines of its own.
func wordsViews(changes []course.TextChange) []WordsView {
	var out []WordsView
	for _, c := range changes {
		words := c.Words
		for _, x := range [][2]string{{" \n", "\n"}, {"\n ", "\n"}} {
			words = strings.ReplaceAll(words, x[0], x[1])
		}
		out = append(out, WordsView{string(c.Kind), words})
	}
	return out
}
