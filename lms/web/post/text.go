package post

import "strings"

// blocks reads the plain text of a letter as lms/mail writes it: blocks with an empty line between them, lists of lines that begin with "- ", and a
// foot behind "-- ". Addresses of this site, each on a line of its own, become links to follow; no other text does, as words may come from anybody.
func blocks(text, site string) []Block {
	var out []Block
	for part := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		b := Block{Kind: "text"}
		lines := strings.Split(strings.TrimSpace(part), "\n")
		switch {
		case strings.TrimSpace(lines[0]) == "--":
			b.Kind, lines = "foot", lines[1:]
		case strings.HasPrefix(lines[0], "- "):
			b.Kind = "list"
		}
		for _, l := range lines {
			if b.Kind == "list" {
				l = strings.TrimPrefix(l, "- ")
			}
			b.Lines = append(b.Lines, line(l, site))
		}
		out = append(out, b)
	}
	return out
}

func line(text, site string) Line {
	path, ours := strings.CutPrefix(text, site)
	if !ours || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, " \t\\") {
		return Line{Text: text}
	}
	return Line{Text: text, Href: path}
}
