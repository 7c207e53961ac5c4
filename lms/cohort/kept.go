package cohort

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"aulacomune/lms"
)

// kept is how seats are stored: the lists as texts of a line for each, because every change of one seat writes all of them again, and an engine takes one
// text much faster than thousands of small documents. Shape 1 had lists of documents.
type kept struct {
	Cohort    ID              `json:"cohort"`
	Capacity  int             `json:"capacity"`
	Seated    json.RawMessage `json:"seated,omitempty"`
	Waiting   json.RawMessage `json:"waiting,omitempty"`
	Dates     string          `json:"dates,omitempty"`
	Last      int             `json:"last"`
	Due       json.RawMessage `json:"due,omitempty"`
	Dismissed bool            `json:"dismissed,omitempty"`
}

// asTexts is the upgrade of seats from lists of documents: reading does it.
func asTexts(map[string]any) error { return nil }

// MarshalJSON writes seats as they are stored.
func (s Seats) MarshalJSON() ([]byte, error) {
	k := kept{Cohort: s.Cohort, Capacity: s.Capacity, Dates: s.Dates, Last: s.Last, Dismissed: s.Dismissed}
	var err error
	if k.Seated, err = asText(writeSeats(s.Seated)); err != nil {
		return nil, err
	}
	if k.Waiting, err = asText(writeSeats(s.Waiting)); err != nil {
		return nil, err
	}
	if len(s.Due) > 0 {
		due, err := json.Marshal(s.Due)
		if err != nil {
			return nil, err
		}
		if k.Due, err = asText(string(due)); err != nil {
			return nil, err
		}
	}
	return json.Marshal(k)
}

func asText(s string) (json.RawMessage, error) {
	if s == "" {
		return nil, nil //nolint:nilnil // an empty list is left out
	}
	return json.Marshal(s)
}

// UnmarshalJSON reads seats in either shape.
func (s *Seats) UnmarshalJSON(b []byte) error {
	var k kept
	if err := json.Unmarshal(b, &k); err != nil {
		return err
	}
	*s = Seats{Cohort: k.Cohort, Capacity: k.Capacity, Dates: k.Dates, Last: k.Last, Dismissed: k.Dismissed}
	var err error
	if s.Seated, err = readSeats(k.Seated); err != nil {
		return err
	}
	if s.Waiting, err = readSeats(k.Waiting); err != nil {
		return err
	}
	text, ok := textOf(k.Due)
	switch {
	case ok:
		return json.Unmarshal([]byte(text), &s.Due)
	case len(k.Due) > 0:
		return json.Unmarshal(k.Due, &s.Due)
	}
	return nil
}

// textOf is a JSON text; ok is false for anything else.
func textOf(raw json.RawMessage) (s string, ok bool) {
	ok = len(raw) > 0 && raw[0] == '"' && json.Unmarshal(raw, &s) == nil
	return s, ok
}

// writeSeats gives a line for each: person, organisation, way, who gave it ("=" is the person), when. None of them holds a space; what is empty is "-".
func writeSeats(seats []Seat) string {
	var b strings.Builder
	for _, x := range seats {
		by := word(string(x.By))
		if x.By == x.Person {
			by = "="
		}
		for _, w := range []string{word(string(x.Person)), word(string(x.Ente)), word(string(x.Via)), by} {
			b.WriteString(w)
			b.WriteByte(' ')
		}
		b.WriteString(x.Since.UTC().Format(time.RFC3339Nano))
		b.WriteByte('\n')
	}
	return b.String()
}

func word(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// readSeats reads a list of either shape.
func readSeats(raw json.RawMessage) (out []Seat, err error) {
	text, ok := textOf(raw)
	if !ok {
		if len(raw) > 0 {
			err = json.Unmarshal(raw, &out)
		}
		return out, err
	}
	for line := range strings.Lines(text) {
		w := strings.Fields(line)
		if len(w) != 5 {
			return nil, fmt.Errorf("a seat of %d words", len(w))
		}
		for i := range w {
			if w[i] == "-" {
				w[i] = ""
			}
		}
		x := Seat{Person: lms.PersonID(w[0]), Ente: lms.OrganisationID(w[1]), Via: Way(w[2]), By: lms.PersonID(w[3])}
		if w[3] == "=" {
			x.By = x.Person
		}
		if x.Since, err = time.Parse(time.RFC3339Nano, w[4]); err != nil {
			return nil, fmt.Errorf("a seat: %w", err)
		}
		out = append(out, x)
	}
	return out, nil
}
