package course

import "math"

// Phrase is something to say to a person: a message id with its arguments, names and values by turns.
type Phrase struct {
	Key  string
	Args []any
}

// RulePhrases say what completes an object.
func RulePhrases(o Object) []Phrase {
	var out []Phrase
	switch {
	case o.Rule.Attended && o.Rule.Watched > 0:
		out = append(out, Phrase{"rule.attended.watched", []any{"Percent", o.Rule.Watched}})
	case o.Rule.Attended:
		out = append(out, Phrase{"rule.attended", nil})
	case o.Rule.Watched > 0:
		out = append(out, Phrase{"rule.watched", []any{"Percent", o.Rule.Watched}})
	}
	if n := o.Needed(); n > 0 {
		if o.Weighted() {
			out = append(out, Phrase{"rule.points", []any{"Count", n, "Of", o.Points()}})
		} else {
			out = append(out, Phrase{"rule.answered", []any{"Count", n, "Of", len(o.Questions)}})
		}
	}
	if o.Rule.Read {
		out = append(out, Phrase{"rule.read", nil})
	}
	return out
}

// MissingPhrases say what is still missing; none when nothing is.
func MissingPhrases(m Missing) []Phrase {
	var out []Phrase
	switch {
	case m.Attended && m.Watched > 0:
		out = append(out, Phrase{"missing.attended.watched", []any{"Percent", m.Watched, "Count", int(math.Ceil(m.Seconds))}})
	case m.Attended:
		out = append(out, Phrase{"missing.attended", nil})
	case m.Watched > 0:
		out = append(out, Phrase{"missing.watched", []any{"Percent", m.Watched, "Count", int(math.Ceil(m.Seconds))}})
	}
	if m.Questions > 0 {
		out = append(out, Phrase{"missing.answered", []any{"Count", m.Questions}})
	}
	if m.Points > 0 {
		out = append(out, Phrase{"missing.points", []any{"Count", m.Points}})
	}
	if m.Read {
		out = append(out, Phrase{"missing.read", nil})
	}
	return out
}
