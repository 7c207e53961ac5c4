package mail

import (
	"fmt"
	"html"
	"maps"
	"strings"
	"unicode"

	"aulacomune/lms"
)

// Rendered is a letter in words.
type Rendered struct {
	Subject string
	Text    string
	HTML    string
}

// maxSubject is how many characters of a subject are sent.
const maxSubject = 150

// render puts a letter into words. It has been checked.
func (o *Outbox) render(l lms.Letter) (Rendered, error) {
	all, err := kinds()
	if err != nil {
		return Rendered{}, err
	}
	k, ok := all[l.Kind]
	if !ok {
		return Rendered{}, fmt.Errorf("no letter of kind %s", l.Kind)
	}
	lang := language(l.Lang)
	words := map[string]string{"owner": o.owner}
	for w, v := range l.Words {
		words[w] = clean(v)
	}
	t := k.texts[lang]
	subject, err := say(t.subject, words)
	if err != nil {
		return Rendered{}, err
	}
	p := page{lang: lang, subject: oneLine(subject, maxSubject), owner: o.owner, site: o.url, contact: o.contact}
	p.paragraph(fixed(lang).greeting(oneLine(clean(l.Name), 200)))
	for _, b := range t.blocks {
		s, err := say(b.words, words)
		if err != nil {
			return Rendered{}, err
		}
		switch {
		case s == "":
		case b.link:
			p.link(s, o.url+l.Link)
		case b.item:
			p.items(s)
		default:
			p.paragraph(s)
		}
	}
	return p.finish(), nil
}

func language(lang string) string {
	if lang == "en" {
		return "en"
	}
	return "it"
}

// clean takes out what is no text: control characters but the end of a line, empty lines, and what turns the direction of writing around.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			return ' '
		case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff':
			return -1
		}
		return r
	}, strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\r\n", "\n"))
	for strings.Contains(s, "\n\n") {
		s = strings.ReplaceAll(s, "\n\n", "\n")
	}
	return s
}

// oneLine is a text on one line of at most so many characters.
func oneLine(s string, most int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > most {
		r = append(r[:most-1], '…')
	}
	return string(r)
}

// fixedWords are what every letter says around its own words.
type fixedWords struct {
	dear, hello, copy, sent, answers string
}

func fixed(lang string) fixedWords {
	if lang == "en" {
		return fixedWords{"Dear %s,", "Good day,", "If the link does not open, copy this address:", "Sent by %s, %s.", "Nobody reads answers to this address."}
	}
	return fixedWords{"Gentile %s,", "Buongiorno,", "Se il collegamento non si apre, copia questo indirizzo:", "Inviato da %s, %s.", "Nessuno legge le risposte a questo indirizzo."}
}

func (f fixedWords) greeting(name string) string {
	if name == "" {
		return f.hello
	}
	return fmt.Sprintf(f.dear, name)
}

// style is the one style of all letters: one column, system fonts, nothing fetched. It never changes with the letter, so that a page may allow it by its hash.
const style = `body{margin:0;padding:24px 16px;background:#fff;color:#1a1a1a;font:16px/1.5 "Titillium Web",system-ui,sans-serif}` +
	`main,footer{max-width:36em;margin:0 auto}h1{font-size:1.375em;line-height:1.25;margin:0 0 1em}p,ul{margin:0 0 1em}` +
	`.link a{display:inline-block;padding:12px 20px;background:#06c;color:#fff;font-weight:600;text-decoration:none;border-radius:4px}` +
	`.copy,footer{color:#4d4d4d;font-size:.875em}.copy a{color:#06c;word-break:break-all}footer{border-top:1px solid #ccc;padding-top:1em}`

// page grows into the text and the HTML of a letter, block by block: the two say the same.
type page struct {
	lang, subject, owner, site, contact string

	text, html strings.Builder
	list       bool
}

func (p *page) paragraph(s string) {
	p.endList()
	p.text.WriteString(s + "\n\n")
	p.html.WriteString("<p>" + lines(s) + "</p>\n")
}

// items are one item of a list, or one for each line of a word with several.
func (p *page) items(s string) {
	if !p.list {
		p.list = true
		p.html.WriteString("<ul>\n")
	}
	for item := range strings.SplitSeq(s, "\n") {
		if item = strings.TrimSpace(item); item != "" {
			p.text.WriteString("- " + item + "\n")
			p.html.WriteString("<li>" + html.EscapeString(item) + "</li>\n")
		}
	}
}

func (p *page) endList() {
	if p.list {
		p.list = false
		p.text.WriteString("\n")
		p.html.WriteString("</ul>\n")
	}
}

func (p *page) link(label, address string) {
	p.endList()
	p.text.WriteString(label + ":\n" + address + "\n\n")
	at := html.EscapeString(address)
	p.html.WriteString(`<p class="link"><a href="` + at + `">` + html.EscapeString(label) + "</a></p>\n")
	p.html.WriteString(`<p class="copy">` + fixed(p.lang).copy + ` <a href="` + at + `">` + at + "</a></p>\n")
}

func (p *page) finish() Rendered {
	p.endList()
	f := fixed(p.lang)
	last := []string{fmt.Sprintf(f.sent, p.owner, p.site), f.answers}
	if p.contact != "" {
		last = append(last, p.contact)
	}
	foot := strings.Join(last, " ")
	escaped := html.EscapeString(p.subject)
	return Rendered{
		Subject: p.subject,
		Text:    p.text.String() + "-- \n" + foot + "\n",
		HTML: `<!DOCTYPE html>` + "\n" + `<html lang="` + p.lang + `"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
			`<title>` + escaped + `</title><style>` + style + "</style></head>\n<body><main><h1>" + escaped + "</h1>\n" + p.html.String() +
			"</main>\n<footer><p>" + html.EscapeString(foot) + "</p></footer></body></html>\n",
	}
}

// lines escapes a text and keeps its ends of lines.
func lines(s string) string { return strings.ReplaceAll(html.EscapeString(s), "\n", "<br>\n") }

// check says what is wrong with a letter: nothing is posted that could not be sent.
func check(l lms.Letter) error {
	all, err := kinds()
	if err != nil {
		return err
	}
	fields := map[string]string{}
	wrong := func(bad bool, field string) {
		if bad {
			fields[field] = "error.invalid"
		}
	}
	k, known := all[l.Kind]
	wrong(!known, "kind")
	wrong(l.Cause == "" || len(l.Cause) > 300, "cause")
	if _, err := Address(l.To); err != nil {
		fields["to"] = "error.email"
	}
	for w := range k.sample {
		_, given := l.Words[w]
		wrong(!given, "words."+w)
	}
	for w, v := range l.Words {
		_, asked := k.sample[w]
		wrong(!asked || len(v) > 4000, "words."+w)
	}
	wrong(known && k.linked() != (l.Link != "") || !isPath(l.Link), "link")
	wrong((l.Calendar != nil) != (l.Method != "") || l.Method != "" && l.Method != "REQUEST" && l.Method != "CANCEL", "calendar")
	if len(fields) > 0 {
		return &lms.Error{Kind: lms.Invalid, Message: "error.invalid", Fields: maps.Clone(fields), Err: fmt.Errorf("letter of kind %s", l.Kind)}
	}
	return nil
}

// isPath says whether a link stays on our own address: one slash, then what an address may hold.
func isPath(link string) bool {
	if link == "" {
		return true
	}
	outside := func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`"<>\^{|}`+"`", r) }
	return strings.HasPrefix(link, "/") && !strings.HasPrefix(link, "//") && !strings.ContainsFunc(link, outside)
}
