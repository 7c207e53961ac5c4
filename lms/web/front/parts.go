package front

// A part is a piece of page that several templates show: templates/parts/NAME.html. Those that need more than one value
// take one of the structs here, made in the template by the function of the same name.

// Field is a labelled control with its hint and error: `{{template "part/field" ((field "email" (t "…") .Email .Errors).As "email")}}`.
type Field struct {
	Name, Label, Value, Error, Hint string
	Form                            string // where several forms of a page have a field of the name
	Type, Autocomplete              string
	Optional, Unmarked              bool
	Rows                            int
	Options                         []Option
}

// Option is one choice of a select.
type Option struct{ Value, Label string }

// newField makes a field. The errors of the form, by field, may follow.
func newField(name, label, value string, errors ...map[string]string) Field {
	f := Field{Name: name, Label: label, Value: value, Type: "text"}
	for _, e := range errors {
		f.Error = e[name]
	}
	return f
}

// As sets the type of the input.
func (f Field) As(kind string) Field { f.Type = kind; return f }

// Fill names what a browser may fill in (the autocomplete attribute).
func (f Field) Fill(what string) Field { f.Autocomplete = what; return f }

// Help says in a few words what to write.
func (f Field) Help(hint string) Field { f.Hint = hint; return f }

// In tells the field from those of the same name in other forms of the page.
func (f Field) In(form string) Field { f.Form = form; return f }

// ID is the id of the control.
func (f Field) ID() string {
	if f.Form != "" {
		return f.Form + "-" + f.Name
	}
	return f.Name
}

// MayBeEmpty marks the field as optional.
func (f Field) MayBeEmpty() Field { f.Optional = true; return f }

// Filter is a field that narrows a list: it may be empty, and needs no mark for that.
func (f Field) Filter() Field { f.Optional, f.Unmarked = true, true; return f }

// Lines makes it a text area of so many lines.
func (f Field) Lines(n int) Field { f.Rows = n; return f }

// From makes it a select.
func (f Field) From(o []Option) Field { f.Options = o; return f }

// Described is the ids of hint and error, for aria-describedby.
func (f Field) Described() string {
	switch {
	case f.Hint != "" && f.Error != "":
		return f.ID() + "-hint " + f.ID() + "-error"
	case f.Hint != "":
		return f.ID() + "-hint"
	case f.Error != "":
		return f.ID() + "-error"
	}
	return ""
}

// Bar is a progress bar with what it says in words.
type Bar struct {
	Percent int
	Label   string
}

func newBar(percent int, label string) Bar {
	return Bar{Percent: max(0, min(100, percent)), Label: label}
}

// Pair is two values for a part that takes both: an item of a list, and the page.
type Pair struct{ First, Second any }

func newPair(first, second any) Pair { return Pair{first, second} }
