package front

import "fmt"

// Chart is bars, one under the other, of what a table beside it tells exactly: part/chart.
type Chart struct {
	Label  string // what is drawn, for whoever does not see it
	Bars   []ChartBar
	Height int
}

// ChartBar is a bar under its name and before its value. Its length is a part of the drawing's width and the rest are pixels, so that words keep their size
// on a telephone.
type ChartBar struct {
	Name, Value      string
	Width            string // "62.5%"
	TextY, Y, ValueY int
}

// Amount is what a bar is to show.
type Amount struct {
	Name  string
	Size  int
	Value string // the size in words
}

// maxBars is how many bars a chart has at most: of more rows the table tells better.
const maxBars = 24

// NewChart draws amounts in their order; none where they are too many.
func NewChart(label string, of []Amount) Chart {
	const line, long = 34, 78 // pixels to a bar; percent for the longest, which leaves room for its value
	if len(of) > maxBars {
		return Chart{}
	}
	most := 1
	for _, a := range of {
		most = max(most, a.Size)
	}
	c := Chart{Label: label, Height: len(of) * line}
	for i, a := range of {
		y := i * line
		c.Bars = append(c.Bars, ChartBar{
			Name: short(a.Name), Value: a.Value, Width: fmt.Sprintf("%.1f%%", max(0.5, float64(long*a.Size)/float64(most))), TextY: y + 12, Y: y + 16, ValueY: y + 26,
		})
	}
	return c
}

// short is a name that fits over a bar on a telephone.
func short(name string) string {
	const most = 44
	runes := []rune(name)
	if len(runes) <= most {
		return name
	}
	return string(runes[:most-1]) + "…"
}
