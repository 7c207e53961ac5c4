package course

import "strings"

// mostWords bounds the work: of longer texts, what differs in the middle is shown as gone and come.
const mostWords = 2000

// around is how many words that stayed are shown before and after a change.
const around = 8

// CompareTexts says which words stayed, came and went, by the shortest way from one text to the other. Long stretches that stayed are shortened to what
// stands around the changes.
func CompareTexts(before, after []string) []TextChange {
	head := 0
	for head < len(before) && head < len(after) && before[head] == after[head] {
		head++
	}
	tail := 0
	for tail < len(before)-head && tail < len(after)-head && before[len(before)-1-tail] == after[len(after)-1-tail] {
		tail++
	}
	var t trail
	t.add("", before[:head])
	t.middle(before[head:len(before)-tail], after[head:len(after)-tail])
	t.add("", before[len(before)-tail:])
	return t.shortened()
}

// trail is the way from one text to the other.
type trail []struct {
	kind  ChangeKind
	words []string
}

func (t *trail) add(kind ChangeKind, words []string) {
	if len(words) == 0 {
		return
	}
	if n := len(*t); n > 0 && (*t)[n-1].kind == kind {
		(*t)[n-1].words = append((*t)[n-1].words[:len((*t)[n-1].words):len((*t)[n-1].words)], words...)
		return
	}
	*t = append(*t, struct {
		kind  ChangeKind
		words []string
	}{kind, words})
}

// middle finds the longest common words by a table of their lengths from the end.
func (t *trail) middle(a, b []string) {
	if len(a) > mostWords || len(b) > mostWords {
		t.add(Removed, a)
		t.add(Added, b)
		return
	}
	width := len(b) + 1
	common := make([]uint16, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i*width+j] = common[(i+1)*width+j+1] + 1
			} else {
				common[i*width+j] = max(common[(i+1)*width+j], common[i*width+j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			t.add("", a[i:i+1])
			i, j = i+1, j+1
		case common[(i+1)*width+j] >= common[i*width+j+1]:
			t.add(Removed, a[i:i+1])
			i++
		default:
			t.add(Added, b[j:j+1])
			j++
		}
	}
	t.add(Removed, a[i:])
	t.add(Added, b[j:])
}

// shortened joins the words, and leaves out the middle of what stayed.
func (t trail) shortened() []TextChange {
	var out []TextChange
	for i, step := range t {
		w := step.words
		if step.kind == "" && len(w) > 2*around {
			switch i {
			case 0:
				w = append([]string{"…"}, w[len(w)-around:]...)
			case len(t) - 1:
				w = append(w[:around:around], "…")
			default:
				w = append(append(w[:around:around], "…"), w[len(w)-around:]...)
			}
		}
		out = append(out, TextChange{step.kind, strings.Join(w, " ")})
	}
	if len(out) == 1 && out[0].Kind == "" {
		return nil
	}
	return out
}
