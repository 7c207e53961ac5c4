// Package lint holds every rule an author's files are judged by: accessibility and quality, one rule one file, with its WCAG 2.2 success criterion where it has one.
//
// Some rules are found while reading (a misspelt key, a broken link): the rooms that read report them here by their id.
// The others look at what was read: a page, an object, captions, the course. All returns them in one list, and nothing
// is judged that is not in it. What a rule says has {0}, {1}… for a finding's arguments, so that the same finding can be
// said in Italian and in English (In).
//
// Every rule says why it is there and shows an example that breaks it and one that keeps it. An example is the text of a
// learning object below its front matter; or, where it begins with a line "-- NAME --", files of a course, each below such a line.
package lint

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"aulacomune/course"
)

// Rule is one thing the compiler judges, and what it says to the author.
type Rule struct {
	ID        string
	Severity  course.Severity
	WCAG      string // the success criterion, "1.1.1"; empty where the reason is not accessibility
	Message   string // what is wrong
	Hint      string // how to mend it
	Otherwise string // the hint when an argument that Hint needs is empty
	Why       string // the reason, for the guide
	English   Wording
	Bad, Good string // an example that breaks the rule and one that keeps it; see the package comment

	page     func(*Page, Say)
	object   func(Object, Say)
	captions func(Captions, Say)
	course   func(Course, Say)
}

// Wording is what a rule says, in a language other than Italian.
type Wording struct{ Message, Hint, Otherwise, Why string }

// Place is where in an author's file something is: line and column from 1, in characters; 0 for the whole file.
type Place struct {
	File         string
	Line, Column int
}

// Say reports a finding of the rule at hand.
type Say func(at Place, args ...string)

// Report gathers findings. The zero value is ready.
type Report struct {
	findings []course.Finding
	more     int            // findings that are only counted
	first    course.Finding // of those
	memory   gatherer       // of the page that is being judged
}

// Add reports a finding of a rule. An id that no rule has is a mistake of ours and is reported as it is, as an error.
func (r *Report) Add(rule string, at Place, args ...string) {
	f := course.Finding{File: at.File, Line: at.Line, Column: at.Column, Rule: rule, Severity: course.SeverityError, Args: args}
	known, ok := byID()[rule]
	if ok {
		f.Severity = known.Severity
	}
	if len(r.findings) >= mostFindings {
		r.count(f)
		return
	}
	if ok {
		f.Message, f.Hint = known.italian().say(args, italian())
	}
	r.findings = append(r.findings, f)
}

// mostFindings is how many one text may have: whoever mends a thousand will ask again, and a million fill the memory.
const mostFindings = 1000

// count counts a finding that is one too many. What stands for them all is where the first one is, and as severe as the severest.
func (r *Report) count(f course.Finding) {
	if r.more++; r.more == 1 {
		r.first = f
	}
	if f.Severity == course.SeverityError {
		r.first.Severity = f.Severity
	}
}

// settle puts in what stands for the findings that were only counted.
func (r *Report) settle() {
	if r.more == 0 {
		return
	}
	f := course.Finding{
		File: r.first.File, Line: r.first.Line, Column: r.first.Column, Rule: TooMany, Severity: r.first.Severity, Args: []string{strconv.Itoa(r.more)},
	}
	f.Message, f.Hint = byID()[TooMany].italian().say(f.Args, italian())
	r.findings, r.more = append(r.findings, f), 0
}

// Findings are what was reported, in the order of the files, then of the lines. What was found twice, in a text or captions
// that are used twice, is said once.
func (r *Report) Findings() []course.Finding {
	r.settle()
	course.SortFindings(r.findings)
	r.findings = once(r.findings)
	return r.findings
}

// once drops what is said again at the same place.
func once(sorted []course.Finding) []course.Finding {
	const near = 32 // there are seldom two
	kept := sorted[:0]
	for _, f := range sorted {
		said := false
		for i := len(kept) - 1; i >= max(0, len(kept)-near) && !said; i-- {
			k := &kept[i]
			if k.Line != f.Line || k.Column != f.Column || k.Rule != f.Rule || k.File != f.File {
				break
			}
			said = slices.Equal(k.Args, f.Args)
		}
		if !said {
			kept = append(kept, f)
		}
	}
	return kept
}

// Merge takes over what another report gathered.
func (r *Report) Merge(other *Report) { r.Put(other.findings) }

// Put adds findings that were taken out of a report.
func (r *Report) Put(findings []course.Finding) { r.findings = append(r.findings, findings...) }

// Take takes the findings out, as they were reported; the report is then empty and can be used again.
func (r *Report) Take() []course.Finding {
	r.settle()
	if len(r.findings) == 0 {
		return nil
	}
	taken := slices.Clone(r.findings)
	r.findings = r.findings[:0]
	return taken
}

// say is a Say for one rule.
func (r *Report) say(rule string) Say {
	return func(at Place, args ...string) { r.Add(rule, at, args...) }
}

// byID finds a rule by its id. It is made once and only read.
var byID = sync.OnceValue(func() map[string]Rule {
	ids := map[string]Rule{}
	for _, r := range rules() {
		ids[r.ID] = r
	}
	return ids
})

// rules is All, made once and only read.
var rules = sync.OnceValue(All)

// In says a finding again in another language, "it" or "en"; in Italian where the rule does not speak it.
func In(f course.Finding, lang string) course.Finding {
	if known, ok := byID()[f.Rule]; ok && lang == "en" && known.English.Message != "" {
		f.Message, f.Hint = known.English.say(f.Args, english())
	}
	return f
}

// italian is what the rule says in Italian.
func (r Rule) italian() Wording { return Wording{r.Message, r.Hint, r.Otherwise, r.Why} }

// In is what the rule says in a language, "it" or "en", with an ellipsis for what a finding would name.
func (r Rule) In(lang string) Wording {
	w := r.italian()
	if lang == "en" && r.English.Message != "" {
		w = r.English
	}
	blank := strings.NewReplacer("{0}", "…", "{1}", "…", "{2}", "…", "{3}", "…")
	return Wording{blank.Replace(w.Message), blank.Replace(w.Hint), blank.Replace(w.Otherwise), w.Why}
}

// say fills message and hint; it is the other hint when an argument is empty that the first one needs.
func (w Wording) say(args []string, words map[string]string) (message, hint string) {
	hint = w.Hint
	for i := range 4 {
		if (i >= len(args) || args[i] == "") && strings.Contains(w.Hint, placeholder(i)) {
			hint = w.Otherwise
		}
	}
	return fill(w.Message, args, words), fill(hint, args, words)
}

func fill(text string, args []string, words map[string]string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	pairs := make([]string, 0, 2*len(args))
	for i, a := range args {
		if word, ok := words[a]; ok {
			a = word
		}
		pairs = append(pairs, placeholder(i), short(a))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

func placeholder(i int) string { return "{" + strconv.Itoa(i) + "}" }

// short keeps an author's words from flooding a message: one line, at most 120 characters.
func short(s string) string {
	const most = 120
	s = strings.Join(strings.Fields(s), " ")
	n := 0
	for i := range s {
		if n == most {
			return s[:i] + "…"
		}
		n++
	}
	return s
}
