package manuscript

// Words is what a text of the draft can name: what a script offers to complete.
type Words struct {
	Objects   []ObjectWord `json:"objects"`
	Media     []MediaWord  `json:"media"`
	Terms     []TermWord   `json:"terms"`
	Fragments []string     `json:"fragments"`
}

// ObjectWord names a learning object.
type ObjectWord struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Path  string `json:"path"`
}

// MediaWord names a media file.
type MediaWord struct {
	Path string `json:"path"`
	Type string `json:"type"` // its sort
}

// TermWord names a word of the glossary.
type TermWord struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Words lists what a text of the draft can name.
func (l List) Words() Words {
	out := Words{[]ObjectWord{}, []MediaWord{}, []TermWord{}, []string{}}
	for _, m := range l.Outline.Modules {
		for _, name := range m.Objects {
			if o, ok := l.Object(name); ok {
				out.Objects = append(out.Objects, ObjectWord{string(o.ID), o.Title, name})
			}
		}
	}
	for _, f := range l.Others() {
		switch f.Sort {
		case "sheet":
		case "text":
			out.Fragments = append(out.Fragments, f.Path)
		default:
			out.Media = append(out.Media, MediaWord{f.Path, f.Sort})
		}
	}
	for _, t := range l.Course.Glossary {
		out.Terms = append(out.Terms, TermWord{string(t.ID), t.Name})
	}
	return out
}
