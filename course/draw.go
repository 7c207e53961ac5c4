package course

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"
)

// For is the object as one learner meets it: with the questions that are drawn for them, and choices in their own order where the author asked for
// it. The same seed gives the same object, always and everywhere, so that nothing of the draw has to be kept.
func (o Object) For(seed string) Object {
	if !o.Personal() {
		return o
	}
	seed += "\x00" + string(o.ID)
	o.Questions = o.drawn(seed)
	for i := range o.Questions {
		if q := &o.Questions[i]; q.shuffles() {
			q.Shown = q.shuffled(seed + "\x00" + string(q.ID))
		}
	}
	return o
}

// Personal says whether learners meet the object each in their own way.
func (o Object) Personal() bool {
	return len(o.Draw) > 0 || slices.ContainsFunc(o.Questions, Question.shuffles)
}

// drawn are the questions that everybody is asked and those drawn from the banks, in the author's order.
func (o Object) drawn(seed string) []Question {
	out := make([]Question, 0, len(o.Questions))
	for _, q := range o.Questions {
		if q.Bank == "" || o.draws(q, seed) {
			out = append(out, q)
		}
	}
	return out
}

// draws says whether a question is among those drawn from its bank. A bank that no draw names is asked whole.
func (o Object) draws(q Question, seed string) bool {
	i := slices.IndexFunc(o.Draw, func(d Draw) bool { return d.Bank == q.Bank })
	if i < 0 {
		return true
	}
	mine, before := chance(seed, string(q.ID)), 0
	for _, other := range o.Questions {
		if other.Bank == q.Bank && chance(seed, string(other.ID)) < mine {
			before++
		}
	}
	return before < o.Draw[i].Count
}

// shuffles says whether the order of the choices is the learner's own: where it would give the answer away it always is.
func (q Question) shuffles() bool {
	return q.Shuffle && q.Kind != Scale || q.Kind == Ordering || q.Kind == Matching
}

// shuffled gives the choices in an order by chance; those of an ordering in any order but the right one.
func (q Question) shuffled(seed string) []Choice {
	out := slices.Clone(q.Choices)
	slices.SortFunc(out, func(a, b Choice) int {
		return cmp.Compare(chance(seed, string(a.ID)), chance(seed, string(b.ID)))
	})
	same := slices.EqualFunc(out, q.Choices, func(a, b Choice) bool { return a.ID == b.ID })
	if q.Kind == Ordering && same && len(out) > 1 {
		out = append(out[1:], out[0])
	}
	return out
}

// chance is a number that nobody can foresee without the seed, and that is the same for the same seed and name.
func chance(seed, name string) uint64 {
	sum := sha256.Sum256([]byte(seed + "\x00" + name))
	return binary.BigEndian.Uint64(sum[:8])
}
