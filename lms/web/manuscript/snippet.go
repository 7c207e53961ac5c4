package manuscript

// SnippetGroup is a group of buttons that put something into a text.
type SnippetGroup struct {
	Label    string
	Snippets []Snippet
}

// Snippet is one of them. In its text ${cursor} is where one goes on to write, ${n} a number that is new in the text.
type Snippet struct{ Label, Text, Select string }

// Snippets are the buttons for a text of a syntax. What they put in is in the course's language, where it is spoken here.
func Snippets(syntax string, label, content func(key string, args ...any) string) []SnippetGroup {
	var groups [][2][]string
	switch syntax {
	case "markdown":
		groups = [][2][]string{
			{{"text"}, {"heading", "bold", "italic", "list", "steps", "link", "table"}},
			{{"media"}, {"figure", "video", "download"}},
			{{"boxes"}, {"note", "tip", "warning", "details", "term", "lang"}},
			{{"questions"}, {"single", "multiple", "truefalse", "numeric", "short", "matching", "ordering", "cloze"}},
		}
	case "vtt":
		groups = [][2][]string{{{"captions"}, {"cue"}}}
	}
	var out []SnippetGroup
	for _, g := range groups {
		group := SnippetGroup{Label: label("snippets." + g[0][0])}
		for _, name := range g[1] {
			group.Snippets = append(group.Snippets, Snippet{label("snippet." + name), content("snippet." + name + ".text"), content("snippet." + name + ".select")})
		}
		out = append(out, group)
	}
	return out
}
