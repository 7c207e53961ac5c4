package mail

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"text/template/parse"

	"aulacomune/lms"
)

// used are the words that a text puts in, other than owner.
func (t text) used() []string {
	seen := map[string]bool{}
	wordsOf(t.subject.Root, seen)
	for _, b := range t.blocks {
		wordsOf(b.words.Root, seen)
	}
	delete(seen, "owner")
	return slices.Sorted(maps.Keys(seen))
}

// wordsOf finds the words of a template, in its conditions too.
func wordsOf(n parse.Node, seen map[string]bool) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, c := range n.Nodes {
				wordsOf(c, seen)
			}
		}
	case *parse.ActionNode:
		wordsOf(n.Pipe, seen)
	case *parse.IfNode:
		wordsOf(n.Pipe, seen)
		wordsOf(n.List, seen)
		wordsOf(n.ElseList, seen)
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			for _, a := range c.Args {
				wordsOf(a, seen)
			}
		}
	case *parse.FieldNode:
		seen[strings.Join(n.Ident, ".")] = true
	}
}

// Every kind of letter has both languages, which use the words of its sample, all of them and no other, and lead to the same link; it can be put into words.
func TestEveryKind(t *testing.T) {
	all, err := kinds()
	if err != nil || len(all) < 3 {
		t.Fatalf("%d kinds, error %v", len(all), err)
	}
	o := &Outbox{url: "https://aula.example", owner: "Associazione"}
	for name, k := range all {
		t.Run(name, func(t *testing.T) {
			links := map[string]int{}
			for _, lang := range languages() {
				if got, want := k.texts[lang].used(), slices.Sorted(maps.Keys(k.sample)); !slices.Equal(got, want) {
					t.Errorf("%s uses the words %v, the sample has %v", lang, got, want)
				}
				for _, b := range k.texts[lang].blocks {
					if b.link {
						links[lang]++
					}
				}
				tryKind(t, o, name, lang)
			}
			if links["it"] != links["en"] || links["it"] > 1 {
				t.Errorf("links %v: both languages have the same one, or none", links)
			}
		})
	}
}

func tryKind(t *testing.T, o *Outbox, name, lang string) {
	t.Helper()
	l, err := Sample(name, lang)
	if err != nil {
		t.Fatal(err)
	}
	if err := check(l); err != nil {
		t.Errorf("%s: the sample could not be posted: %v", lang, err)
	}
	r, err := o.render(l)
	if err != nil {
		t.Fatalf("%s: %v", lang, err)
	}
	for _, text := range []string{r.Subject, r.Text, r.HTML} {
		if strings.Contains(text, "{{") || strings.Contains(text, "<no value>") || len(strings.TrimSpace(text)) < 10 {
			t.Errorf("%s: %q", lang, text)
		}
	}
	if l.Link != "" && (!strings.Contains(r.Text, "https://aula.example"+l.Link) || !strings.Contains(r.HTML, `href="https://aula.example`+l.Link+`"`)) {
		t.Errorf("%s: the link is missing:\n%s\n%s", lang, r.Text, r.HTML)
	}
	if !strings.Contains(r.HTML, `<html lang="`+lang+`">`) || strings.Contains(r.HTML, "src=") || strings.Contains(r.HTML, "url(") {
		t.Errorf("%s: the HTML lacks its language, or fetches something:\n%s", lang, r.HTML)
	}
}

// No word, name or subject makes a header, a paragraph, a link or markup.
func TestWordsAreOnlyWords(t *testing.T) {
	o := &Outbox{url: "https://aula.example", owner: "Associazione"}
	evil := "Ala\r\nBcc: a@b.example\r\n\r\n=> Clicca\n\n- voce <script>x</script> {{.login}} \u202egnp\x00"
	l, err := Sample("person.activate", "it")
	if err != nil {
		t.Fatal(err)
	}
	l.Name = "Maria\r\nBcc: a@b.example\r\n\r\n<b>"
	l.Words = map[string]string{"organisation": evil, "login": evil, "until": evil}
	r, err := o.render(l)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(r.Subject, "\r\n") || strings.ContainsAny(r.Text, "\r\x00\u202e") {
		t.Errorf("%q\n%q", r.Subject, r.Text)
	}
	if n := strings.Count(r.HTML, "<a "); n != 2 { // the link, and the same to copy
		t.Errorf("%d links:\n%s", n, r.HTML)
	}
	for _, bad := range []string{"<script", "<b>", "<li>", "\n=> "} {
		if strings.Contains(r.HTML, bad) {
			t.Errorf("the HTML holds %q:\n%s", bad, r.HTML)
		}
	}
	if strings.Contains(r.Text, "{{") != true || !strings.Contains(r.Text, "Gentile Maria Bcc: a@b.example <b>,") {
		t.Errorf("the words are not as they were given:\n%s", r.Text)
	}
}

// What could not be sent is refused when it is posted.
func TestWhatIsNoLetter(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*lms.Letter)
		field  string
	}{
		"unknown kind":       {func(l *lms.Letter) { l.Kind = "person.nothing" }, "kind"},
		"path as kind":       {func(l *lms.Letter) { l.Kind = "../x" }, "kind"},
		"no cause":           {func(l *lms.Letter) { l.Cause = "" }, "cause"},
		"no address":         {func(l *lms.Letter) { l.To = "" }, "to"},
		"two addresses":      {func(l *lms.Letter) { l.To = "a@example.it, b@example.it" }, "to"},
		"a header":           {func(l *lms.Letter) { l.To = "a@example.it\r\nBcc: b@example.it" }, "to"},
		"a word too few":     {func(l *lms.Letter) { l.Words = map[string]string{"login": "x", "until": "y"} }, "words.organisation"},
		"a word too many":    {func(l *lms.Letter) { l.Words["more"] = "x" }, "words.more"},
		"a word too long":    {func(l *lms.Letter) { l.Words["until"] = strings.Repeat("x", 4001) }, "words.until"},
		"no link":            {func(l *lms.Letter) { l.Link = "" }, "link"},
		"another's address":  {func(l *lms.Letter) { l.Link = "https://evil.example/x" }, "link"},
		"another's host":     {func(l *lms.Letter) { l.Link = "//evil.example/x" }, "link"},
		"a broken link":      {func(l *lms.Letter) { l.Link = "/x\nBcc: y" }, "link"},
		"a calendar's way":   {func(l *lms.Letter) { l.Method = "REQUEST" }, "calendar"},
		"a calendar without": {func(l *lms.Letter) { l.Calendar = []byte("BEGIN:VCALENDAR") }, "calendar"},
		"a foreign way":      {func(l *lms.Letter) { l.Calendar, l.Method = []byte("x"), "REQUEST; x=y" }, "calendar"},
	} {
		l, err := Sample("person.activate", "it")
		if err != nil {
			t.Fatal(err)
		}
		l.Words = maps.Clone(l.Words)
		c.change(&l)
		err = check(l)
		var e *lms.Error
		if e, _ = err.(*lms.Error); e == nil || e.Kind != lms.Invalid || e.Fields[c.field] == "" { //nolint:errorlint // ours, as it is
			t.Errorf("%s: got %v, want Invalid with %s", name, err, c.field)
		}
	}
}

func TestAddress(t *testing.T) {
	for in, want := range map[string]string{
		"maria.rossi@comune.ala.tn.it":        "maria.rossi@comune.ala.tn.it",
		"o'hara+x@example.it":                 "o'hara+x@example.it",
		"a@città.example":                     "a@xn--citt-3na.example",
		"root@localhost":                      "root@localhost",
		"maria":                               "",
		"maria@ala":                           "",
		"maria@[127.0.0.1]":                   "",
		`"a b"@example.it`:                    "",
		"è@example.it":                        "",
		"Maria <m@example.it>":                "",
		"m@example.it\n":                      "",
		" m@example.it":                       "",
		"m@exa mple.it":                       "",
		"m@-example.it":                       "",
		strings.Repeat("a", 65) + "@ala.it":   "",
		"a@" + strings.Repeat("b.", 127) + "": "",
	} {
		if got, err := Address(in); got != want || (err == nil) != (want != "") {
			t.Errorf("%q: got %q, %v, want %q", in, got, err, want)
		}
	}
}

// Whatever is taken for an address is one word of plain ASCII with one @ in it: nothing that ends a line or a command.
func FuzzAddress(f *testing.F) {
	for _, s := range []string{"a@b.it", "a@b.it\r\nRCPT TO:<c@d.it>", "<a@b.it>", "a@città.it", "\"@\"@b.it", "a@b.it>", "@", "a@b\x00.it"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := Address(s)
		if err == nil && (strings.Count(a, "@") != 1 || strings.ContainsFunc(a, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("<>,;:\"()\\[]", r) })) {
			t.Errorf("%q gave %q", s, a)
		}
	})
}

// Whatever words a letter has, there is no more structure in it than in its template.
func FuzzWords(f *testing.F) {
	f.Add("Ala", "Maria")
	f.Add("\n\n=> x", "\r\nBcc: x")
	f.Add("</title><script>", "{{.x}}")
	o := &Outbox{url: "https://aula.example", owner: "Associazione"}
	f.Fuzz(func(t *testing.T, word, name string) {
		l := lms.Letter{Kind: "person.activate", Name: name, Link: "/x", Words: map[string]string{"organisation": word, "login": word, "until": word}}
		r, err := o.render(l)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Count(r.HTML, "<a ") != 2 || strings.Count(r.HTML, "<p") != 7 || strings.Contains(r.HTML, "<script") || strings.ContainsAny(r.Subject, "\r\n\x00") {
			t.Errorf("%q\n%s", r.Subject, r.HTML)
		}
	})
}
