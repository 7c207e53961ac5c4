package content

import (
	"strconv"
	"strings"

	"aulacomune/content/lint"
	"aulacomune/course"
)

// draws reads "draw: 5 of sicurezza, 2 of privacy": how many questions of each bank a learner is asked.
func draws(f fields, questions []course.Question) []course.Draw {
	banks := map[string]int{}
	for _, q := range questions {
		banks[q.Bank]++
	}
	var out []course.Draw
	if f.values == nil || f.text("draw") == "" {
		return nil
	}
	for part := range strings.SplitSeq(f.text("draw"), ",") {
		d, ok := oneDraw(part)
		switch {
		case !ok:
			f.report.Add(lint.WrongType, f.at("draw"), "draw", lint.WordDraw)
		case banks[d.Bank] <= d.Count:
			f.report.Add(lint.DrawBank, f.at("draw"), strconv.Itoa(d.Count), d.Bank, strconv.Itoa(banks[d.Bank]))
		default:
			out = append(out, d)
		}
	}
	return out
}

// oneDraw reads "5 of sicurezza".
func oneDraw(text string) (course.Draw, bool) {
	words := strings.Fields(text)
	if len(words) != 3 || words[1] != "of" {
		return course.Draw{}, false
	}
	n, err := strconv.Atoi(words[0])
	return course.Draw{Bank: words[2], Count: n}, err == nil && n > 0
}
