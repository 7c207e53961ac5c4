package web

import (
	"slices"
	"strings"

	"aulacomune/course"
)

// DiffView is what changes from one edition to another, for part/diff.
type DiffView struct {
	ContentLang   string   // of the objects' words, "" when it is the page's
	Before, After int      // minutes
	Aspects       []string // of the course itself that change, each in a sentence
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
	Questions     []QuestionDiff
}

// QuestionDiff is what became of a question: what the reader may know of it.
type QuestionDiff struct {
	Kind, Words string // added | removed | changed; what it asks
	Parts       []QuestionPart
}

// QuestionPart is something of a question that changed, with its name.
type QuestionPart struct {
	Name string
	Text []WordsView
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
	v := DiffView{ContentLang: r.ContentLang(lang), Before: d.Minutes[0], After: d.Minutes[1], Aspects: r.aspects(d.Aspects, "diff.course."), Harmless: d.Harmless()}
	for _, o := range d.Objects {
		is := ObjectDiff{string(o.Kind), o.Title, o.Minutes[0], o.Minutes[1], r.aspects(o.Aspects, "aspect."), wordsViews(o.Text), r.questionDiffs(o.Questions)}
		if i := slices.Index(o.Aspects, course.AspectModule); i >= 0 {
			is.Aspects[i] = r.T("diff.module", "Title", o.Module)
		}
		v.Objects = append(v.Objects, is)
	}
	return v
}

func (r *request) questionDiffs(list []course.QuestionChange) []QuestionDiff {
	var out []QuestionDiff
	for _, q := range list {
		d := QuestionDiff{Kind: string(q.Kind), Words: q.Words}
		for _, p := range q.Parts {
			if p.What == course.QuestionSort || p.What == course.QuestionShuffle { // words of the files, not of a language
				p.Text = nil
			}
			d.Parts = append(d.Parts, QuestionPart{r.T("diff.question." + string(p.What)), wordsViews(p.Text)})
		}
		out = append(out, d)
	}
	return out
}

// aspects are names of what changes, by keys that begin alike.
func (r *request) aspects(list []course.Aspect, prefix string) []string {
	var out []string
	for _, a := range list {
		out = append(out, r.T(prefix+string(a)))
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
