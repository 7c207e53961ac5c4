package certificate

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// placed is the room that a line or a figure takes on the page.
type placed struct {
	what string
	box
}

// rooms lists what an element and its children show: a line takes its height from the accents of capitals to the tails.
func rooms(e *element) []placed {
	var all []placed
	for _, kid := range e.kids {
		all = append(all, rooms(kid)...)
	}
	for _, l := range e.lines {
		width := l.size * l.face.width(strings.TrimSuffix(l.text, " "))
		all = append(all, placed{l.text, box{l.x, l.y - 0.95*l.size, width, 1.2 * l.size}})
	}
	if e.code != nil {
		edge := e.box.width * quiet / float64(e.code.Size+2*quiet)
		all = append(all, placed{e.alt, box{e.box.x + edge, e.box.y + edge, e.box.width - 2*edge, e.box.height - 2*edge}})
	}
	return all
}

func (b box) overlaps(o box) bool {
	const hair = 0.01
	return b.x+hair < o.x+o.width && o.x+hair < b.x+b.width && b.y+hair < o.y+o.height && o.y+hair < b.y+b.height
}

func TestNothingIsClippedOrOverlaps(t *testing.T) {
	d := drawer(t)
	for _, c := range cases() {
		t.Run(c.name, func(t *testing.T) {
			s := composed(t, d, c)
			all := rooms(s.root)
			for i, p := range all {
				if p.x < left-0.01 || p.x+p.width > left+measure+0.01 || p.y < top-10 || p.y+p.height > bottom+0.01 {
					t.Errorf("%q leaves its frame: %+v", p.what, p.box)
				}
				for _, o := range all[i+1:] {
					if p.overlaps(o.box) {
						t.Errorf("%q %+v overlaps %q %+v", p.what, p.box, o.what, o.box)
					}
				}
				for _, r := range s.rules {
					if p.overlaps(r) {
						t.Errorf("%q %+v lies on a rule at %v", p.what, p.box, r.y)
					}
				}
			}
		})
	}
}

func composed(t *testing.T, d *Drawer, c printed) *sheet {
	t.Helper()
	texts := d.texts(cleaned(c.fields))
	code, err := drawnCode(texts.Verify)
	if err != nil {
		t.Fatal(err)
	}
	s, err := d.compose(texts, code)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestTypeStaysReadable holds how small the smallest line may become with what the forms let through: 200 characters and 12 modules.
func TestTypeStaysReadable(t *testing.T) {
	d := drawer(t)
	least := map[string]float64{"full": 7.5, "english": 7.5, "long": 6}
	for _, c := range cases() {
		var smallest float64 = 100
		var walk func(e *element)
		walk = func(e *element) {
			for _, kid := range e.kids {
				walk(kid)
			}
			for _, l := range e.lines {
				smallest = min(smallest, l.size)
			}
		}
		walk(composed(t, d, c).root)
		if smallest < least[c.name] {
			t.Errorf("%s: the smallest type is %.1f points, want %.1f", c.name, smallest, least[c.name])
		}
	}
}

func TestWrapKeepsTextAndWidth(t *testing.T) {
	f := drawer(t).regular
	texts := []string{"", "a", "una parola", long("Organizzare il lavoro agile", 300), strings.Repeat("W", 90), "breve " + strings.Repeat("m", 60) + " fine",
		"https://corsi.example.it/verifica/K7QM-4XRT-9WPD-H3?lingua=it&stampa=1", "محمد 李小龙 Nguyễn ẞ ﬁne", strings.Repeat("\u0301", 9), "a  b"}
	for _, s := range texts {
		for _, width := range []float64{0.1, 1, 4, 9.5, 40} {
			t.Run(fmt.Sprintf("%.10s in %v", s, width), func(t *testing.T) {
				lines := wrap(s, f, width)
				if got := strings.Join(lines, ""); got != s {
					t.Errorf("the lines say %q, want %q", got, s)
				}
				for _, l := range lines {
					words := strings.TrimSpace(l)
					if f.width(words) > width*1.0001 && utf8.RuneCountInString(words) > 1 {
						t.Errorf("%q is %v wide", l, f.width(words))
					}
				}
			})
		}
	}
}

func TestAddressesBreakAfterAMark(t *testing.T) {
	f := drawer(t).regular
	lines := wrap("https://corsi.example.it/verifica/K7QM-4XRT-9WPD-H3", f, 18)
	if len(lines) != 2 || lines[0] != "https://corsi.example.it/verifica/" {
		t.Errorf("got %q", lines)
	}
}

func TestBalancedLinesAreOfLikeLength(t *testing.T) {
	f := drawer(t).bold
	s := "Organizzare il lavoro agile nelle piccole amministrazioni di montagna"
	width := 0.8 * f.width(s)
	lines := balance(s, f, width, wrap(s, f, width))
	if len(lines) != 2 || f.width(lines[1]) < 0.7*f.width(lines[0]) {
		t.Errorf("got %q", lines)
	}
}
