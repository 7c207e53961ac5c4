package front

import "fmt"

// Wait is something that may wait for whoever opens the desk.
type Wait struct {
	Label   string // key of a message with a Count
	Icon    string
	Address string // where it is done
	Who     Who    // for whom it is counted
	Place   int    // lower ones stand before
	Count   func(*Request) (int, error)
}

// Waiting is something that waits for the reader.
type Waiting struct {
	Label, Icon, Href string
	Count             int // at least 1
}

// Waiting are the things that wait for the reader, of all rooms. What does not wait is not there.
func (r *Request) Waiting() (out []Waiting, err error) {
	for _, w := range r.site.waits {
		if !w.Who.Lets(r.Actor) {
			continue
		}
		n, err := w.Count(r)
		if err != nil {
			return nil, fmt.Errorf("count %s: %w", w.Label, err)
		}
		if n > 0 {
			out = append(out, Waiting{Label: r.T(w.Label, "Count", n), Icon: w.Icon, Href: w.Address, Count: n})
		}
	}
	return out, nil
}
