package course

import (
	"html"
	"reflect"
	"slices"
	"strings"
)

// ChangeKind says what became of a learning object.
type ChangeKind string

// The kinds of change.
const (
	Added   ChangeKind = "added"
	Removed ChangeKind = "removed"
	Changed ChangeKind = "changed"
)

// Aspect is something of a course or an object that may change.
type Aspect string

// The aspects.
const (
	AspectTitle      Aspect = "title"
	AspectSummary    Aspect = "summary"
	AspectProgramme  Aspect = "programme"
	AspectAudience   Aspect = "audience"
	AspectObjectives Aspect = "objectives"
	AspectOrder      Aspect = "order"     // of the objects, where they may be taken in any
	AspectSequence   Aspect = "sequence"  // the order in which they open, or whether they do so one after the other
	AspectModule     Aspect = "module"    // the object lies in another
	AspectKind       Aspect = "kind"      // reading, lesson, pill, story, webinar
	AspectMinutes    Aspect = "minutes"   // declared duration
	AspectRule       Aspect = "rule"      // what completes it
	AspectVideo      Aspect = "video"     // the recording itself
	AspectWebinar    Aspect = "webinar"   // which webinar it is
	AspectCaptions   Aspect = "captions"  // what is said about it: captions, poster
	AspectQuestions  Aspect = "questions" // any of them, with their draw and attempts
	AspectText       Aspect = "text"
	AspectModules    Aspect = "modules" // what modules are called, and what is said of them
	AspectGlossary   Aspect = "glossary"
	AspectLanguage   Aspect = "language"
)

// ObjectChange is what became of one learning object.
type ObjectChange struct {
	ID      ObjectID     `json:"id"`
	Title   string       `json:"title"` // the newer one
	Kind    ChangeKind   `json:"kind"`
	Aspects []Aspect     `json:"aspects,omitempty"` // of one that changed
	Minutes [2]int       `json:"minutes"`           // before and after
	Text    []TextChange `json:"text,omitempty"`    // of one whose words changed

	Questions []QuestionChange `json:"questions,omitempty"` // of one whose questions changed, with what is right; ForLearners leaves that out
	Module    string           `json:"module,omitempty"`    // the title of the one in which it lies now, of one that moved
}

// Diff is what changes from one edition of a course to another.
type Diff struct {
	Aspects []Aspect       `json:"aspects,omitempty"` // of the course itself
	Minutes [2]int         `json:"minutes"`           // of the whole course, before and after
	Objects []ObjectChange `json:"objects"`           // in the order of the newer edition; what is gone comes last
}

// None says that the two editions are alike.
func (d Diff) None() bool { return len(d.Aspects) == 0 && len(d.Objects) == 0 }

// Harmless says that whoever takes the older edition loses nothing by going on with the newer: no object, rule, recording or question differs.
func (d Diff) Harmless() bool {
	light := []Aspect{AspectTitle, AspectSummary, AspectProgramme, AspectAudience, AspectObjectives, AspectOrder, AspectModule, AspectMinutes, AspectCaptions, AspectText, AspectModules, AspectGlossary, AspectLanguage}
	heavy := func(a Aspect) bool { return !slices.Contains(light, a) }
	return !slices.ContainsFunc(d.Aspects, heavy) && !slices.ContainsFunc(d.Objects, func(o ObjectChange) bool {
		return o.Kind != Changed || slices.ContainsFunc(o.Aspects, heavy)
	})
}

// Compare says what changes from one edition to another. Objects are the same by their id, wherever they lie.
func Compare(before, after Course) Diff {
	d := compare(before, after)
	for i, o := range d.Objects {
		was, _ := before.Object(o.ID)
		is, _ := after.Object(o.ID)
		if slices.Contains(o.Aspects, AspectQuestions) {
			d.Objects[i].Questions = compareQuestions(was.Questions, is.Questions)
		}
		if slices.Contains(o.Aspects, AspectText) {
			d.Objects[i].Text = CompareTexts(words(was.HTML), words(is.HTML))
		}
	}
	return d
}

// Harmless is the same of what Compare finds, without comparing texts word by word.
func Harmless(before, after Course) bool { return compare(before, after).Harmless() }

func compare(before, after Course) Diff {
	d := Diff{Minutes: [2]int{before.Minutes, after.Minutes}, Aspects: courseAspects(before, after), Objects: []ObjectChange{}}
	for m, o := range after.Objects() {
		was, ok := before.Object(o.ID)
		if !ok {
			d.Objects = append(d.Objects, ObjectChange{ID: o.ID, Title: o.Title, Kind: Added, Minutes: [2]int{0, o.Minutes}})
			continue
		}
		aspects, module := objectAspects(was, o), ""
		if before.moduleOf(o.ID) != m.ID {
			aspects, module = append(aspects, AspectModule), m.Title
		}
		if len(aspects) == 0 {
			continue
		}
		d.Objects = append(d.Objects, ObjectChange{ID: o.ID, Title: o.Title, Kind: Changed, Aspects: aspects, Minutes: [2]int{was.Minutes, o.Minutes}, Module: module})
	}
	for _, o := range before.Objects() {
		if _, ok := after.Object(o.ID); !ok {
			d.Objects = append(d.Objects, ObjectChange{ID: o.ID, Title: o.Title, Kind: Removed, Minutes: [2]int{o.Minutes, 0}})
		}
	}
	return d
}

func (c Course) moduleOf(id ObjectID) ModuleID {
	for m, o := range c.Objects() {
		if o.ID == id {
			return m.ID
		}
	}
	return ""
}

// aspects lists those that differ.
type aspects []Aspect

func (a *aspects) note(differs bool, what Aspect) {
	if differs {
		*a = append(*a, what)
	}
}

func courseAspects(before, after Course) []Aspect {
	var a aspects
	a.note(before.Title != after.Title, AspectTitle)
	a.note(before.Summary != after.Summary, AspectSummary)
	a.note(before.Programme != after.Programme, AspectProgramme)
	a.note(before.Audience != after.Audience, AspectAudience)
	a.note(!slices.Equal(before.Objectives, after.Objectives), AspectObjectives)
	a.note(before.Lang != after.Lang, AspectLanguage)
	a.note(!sameModules(before, after), AspectModules)
	a.note(!slices.Equal(before.Glossary, after.Glossary), AspectGlossary)
	moved, bound := !inOrder(before, after), before.Sequential || after.Sequential
	a.note(moved && !bound, AspectOrder)
	a.note(moved && bound || before.Sequential != after.Sequential, AspectSequence)
	return a
}

// sameModules says that the modules which both editions have are called the same.
func sameModules(before, after Course) bool {
	for _, m := range before.Modules {
		i := slices.IndexFunc(after.Modules, func(n Module) bool { return n.ID == m.ID })
		if i >= 0 && (after.Modules[i].Title != m.Title || after.Modules[i].Summary != m.Summary) {
			return false
		}
	}
	return true
}

// inOrder says that the objects which both editions have come in the same order.
func inOrder(before, after Course) bool {
	common := func(c, other Course) (ids []ObjectID) {
		for _, o := range c.Objects() {
			if _, ok := other.Object(o.ID); ok {
				ids = append(ids, o.ID)
			}
		}
		return ids
	}
	return slices.Equal(common(before, after), common(after, before))
}

func objectAspects(was, is Object) []Aspect {
	var a aspects
	a.note(was.Title != is.Title, AspectTitle)
	a.note(was.Kind != is.Kind, AspectKind)
	a.note(was.Minutes != is.Minutes, AspectMinutes)
	a.note(!slices.Equal(was.Objectives, is.Objectives), AspectObjectives)
	a.note(was.Rule != is.Rule, AspectRule)
	a.note(was.recording() != is.recording(), AspectVideo)
	a.note(was.Webinar != is.Webinar, AspectWebinar)
	a.note(was.recording() == is.recording() && !reflect.DeepEqual(was.Video, is.Video), AspectCaptions)
	a.note(!reflect.DeepEqual(was.Questions, is.Questions) || !slices.Equal(was.Draw, is.Draw) || was.Attempts != is.Attempts, AspectQuestions)
	a.note(was.HTML != is.HTML, AspectText)
	return a
}

// BeyondRendering says what differs between two compilations of one source that is more than how its texts are set: which aspects, and of which
// objects ("course" for the course itself). Objects that came or went are under their kind of change.
func BeyondRendering(before, after Course) map[Aspect][]string {
	d := compare(before.unset(), after.unset())
	out := map[Aspect][]string{}
	set := []Aspect{AspectTitle, AspectSummary, AspectProgramme, AspectAudience, AspectObjectives, AspectCaptions, AspectText, AspectModules, AspectGlossary}
	note := func(of string, aspects []Aspect) {
		for _, a := range aspects {
			if !slices.Contains(set, a) {
				out[a] = append(out[a], of)
			}
		}
	}
	note("course", d.Aspects)
	if before.Minutes != after.Minutes {
		out[AspectMinutes] = append(out[AspectMinutes], "course")
	}
	for _, o := range d.Objects {
		if o.Kind != Changed {
			out[Aspect(o.Kind)] = append(out[Aspect(o.Kind)], string(o.ID))
		}
		note(string(o.ID), o.Aspects)
	}
	return out
}

// unset is the course with questions whose texts are left out.
func (c Course) unset() Course {
	c.Modules = slices.Clone(c.Modules)
	for i := range c.Modules {
		c.Modules[i].Objects = slices.Clone(c.Modules[i].Objects)
		for k := range c.Modules[i].Objects {
			o := &c.Modules[i].Objects[k]
			o.Questions = slices.Clone(o.Questions)
			for n := range o.Questions {
				o.Questions[n] = o.Questions[n].unset()
			}
		}
	}
	return c
}

// unset is the question without its texts: what is asked, and what is right.
func (q Question) unset() Question {
	q.HTML, q.Feedback = "", ""
	q.Choices, q.Parts = slices.Clone(q.Choices), slices.Clone(q.Parts)
	for i := range q.Choices {
		q.Choices[i].HTML, q.Choices[i].Feedback = "", ""
	}
	for i := range q.Parts {
		q.Parts[i].HTML = ""
	}
	return q
}

// Continues says whether what a learner did of the object goes on counting in a newer edition of it: the recording is the same, the webinar, and the
// questions that this learner is asked. seed is as for For. A recording that a webinar has got since takes nothing away.
func (o Object) Continues(newer Object, seed string) bool {
	if o.Webinar != newer.Webinar {
		return false
	}
	if o.Webinar != "" && o.recording() == "" {
		return reflect.DeepEqual(o.For(seed).Questions, newer.For(seed).Questions)
	}
	return o.recording() == newer.recording() && reflect.DeepEqual(o.For(seed).Questions, newer.For(seed).Questions)
}

// recording names the bytes of the object's video.
func (o Object) recording() Hash {
	if o.Video == nil {
		return ""
	}
	return o.Video.File.Hash
}

// TextChange is a stretch of words that stayed, came or went.
type TextChange struct {
	Kind  ChangeKind `json:"kind,omitempty"` // "" for what stayed
	Words string     `json:"words"`
}

// words are the words of compiled HTML, with a line break where a block ends.
func words(compiled string) []string {
	var b strings.Builder
	for rest := compiled; rest != ""; {
		text, tag, found := strings.Cut(rest, "<")
		b.WriteString(text)
		if !found {
			break
		}
		name, behind, _ := strings.Cut(tag, ">")
		if blockEnds(name) {
			b.WriteString(" \n ")
		}
		rest = behind
	}
	var out []string
	for _, w := range strings.FieldsFunc(html.UnescapeString(b.String()), func(r rune) bool { return r == ' ' || r == '\t' || r == '\u00a0' }) {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		} else if len(out) > 0 && out[len(out)-1] != "\n" {
			out = append(out, "\n")
		}
	}
	return out
}

func blockEnds(tag string) bool {
	name, _, _ := strings.Cut(strings.TrimPrefix(tag, "/"), " ")
	return strings.HasPrefix(tag, "/") && slices.Contains([]string{"p", "li", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "dt", "dd", "figcaption", "blockquote", "pre", "summary"}, name)
}
