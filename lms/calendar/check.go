package calendar

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// octets is how long a line may be, without its end (RFC 5545, 3.1).
const octets = 75

// property is a content line.
type property struct {
	name   string
	params map[string][]string
	value  string
}

// component is what stands between a BEGIN and its END.
type component struct {
	name  string
	props []property
	subs  []*component
}

// get is a component's only property of a name.
func (c *component) get(name string) (property, bool) {
	for _, p := range c.props {
		if p.name == name {
			return p, true
		}
	}
	return property{}, false
}

// Check reads a calendar file by the letter of RFC 5545 and says what is wrong with it; nil when nothing is. It asks more than most readers: lines
// of at most 75 octets with CRLF, no character cut in two, every escape one that exists, no property twice that stands once, and every property
// that the methods of RFC 5546 want.
func Check(b []byte) error {
	lines, err := unfold(b)
	if err != nil {
		return err
	}
	cal, err := tree(lines)
	if err != nil {
		return err
	}
	return checkCalendar(cal)
}

// unfold reads the lines of a file and joins those that were folded.
func unfold(b []byte) ([]string, error) {
	if !bytes.HasSuffix(b, []byte("\r\n")) {
		return nil, errors.New("calendar: the last line has no end")
	}
	var out []string
	for i, l := range strings.Split(strings.TrimSuffix(string(b), "\r\n"), "\r\n") {
		switch {
		case len(l) > octets:
			return nil, fmt.Errorf("calendar: line %d has %d octets", i+1, len(l))
		case !utf8.ValidString(l):
			return nil, fmt.Errorf("calendar: line %d cuts a character in two, or has none of UTF-8", i+1)
		case strings.ContainsFunc(l, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }):
			return nil, fmt.Errorf("calendar: line %d has a control character", i+1)
		case l == "":
			return nil, fmt.Errorf("calendar: line %d is empty", i+1)
		case l[0] != ' ' && l[0] != '\t':
			out = append(out, l)
		case i == 0:
			return nil, errors.New("calendar: the first line goes on from none")
		default:
			out[len(out)-1] += l[1:]
		}
	}
	return out, nil
}

// tree reads lines into components, which are closed in the order in which they were opened.
func tree(lines []string) (*component, error) {
	var open []*component
	var whole *component
	for i, l := range lines {
		p, err := readLine(l)
		switch {
		case err != nil:
			return nil, err
		case whole != nil:
			return nil, fmt.Errorf("calendar: something stands behind the end: %s", p.name)
		case p.name == "BEGIN":
			open = append(open, &component{name: p.value})
		case len(open) == 0:
			return nil, fmt.Errorf("calendar: line %d stands in no component", i+1)
		case p.name != "END":
			last := open[len(open)-1]
			last.props = append(last.props, p)
		default:
			last := open[len(open)-1]
			if open = open[:len(open)-1]; p.value != last.name {
				return nil, fmt.Errorf("calendar: %s is closed as %s", last.name, p.value)
			}
			if len(open) == 0 {
				whole = last
				continue
			}
			open[len(open)-1].subs = append(open[len(open)-1].subs, last)
		}
	}
	if whole == nil {
		return nil, errors.New("calendar: a component is not closed")
	}
	return whole, nil
}

// The parts of a content line. A parameter has no backslash: there is nothing to escape in one, and whoever writes it meant a text.
var (
	nameOf  = regexp.MustCompile(`^[A-Z0-9-]+`)
	paramOf = regexp.MustCompile(`^;([A-Z0-9-]+)=((?:"[^"]*"|[^";:,\\]*)(?:,(?:"[^"]*"|[^";:,\\]*))*)`)
)

// readLine reads a content line.
func readLine(l string) (property, error) {
	p := property{name: nameOf.FindString(l), params: map[string][]string{}}
	if p.name == "" {
		return p, fmt.Errorf("calendar: a line without a name: %.20q", l)
	}
	rest := l[len(p.name):]
	for strings.HasPrefix(rest, ";") {
		m := paramOf.FindStringSubmatch(rest)
		if m == nil {
			return p, fmt.Errorf("calendar: %s has a parameter that is none", p.name)
		}
		if p.params[m[1]] != nil {
			return p, fmt.Errorf("calendar: %s has %s twice", p.name, m[1])
		}
		p.params[m[1]] = []string{m[2]}
		rest = rest[len(m[0]):]
	}
	if !strings.HasPrefix(rest, ":") {
		return p, fmt.Errorf("calendar: %s has no value", p.name)
	}
	p.value = rest[1:]
	return p, p.checkValue()
}

// Texts have escapes, and none but these; addresses have nothing that would end them.
var (
	escaped = regexp.MustCompile(`^(?:[^\\;,]|\\[\\;,nN])*$`)
	plain   = regexp.MustCompile(`^[a-z]+:[!-~]+$`)
)

func (p property) checkValue() error {
	switch p.name {
	case "SUMMARY", "DESCRIPTION", "LOCATION", "UID", "PRODID", "NAME", "X-WR-CALNAME", "TZID", "TZNAME", "STATUS", "METHOD", "ACTION":
		if !escaped.MatchString(p.value) {
			return fmt.Errorf("calendar: %s is not escaped as it must be", p.name)
		}
	case "URL", "CONFERENCE", "ATTENDEE", "ORGANIZER":
		if !plain.MatchString(p.value) {
			return fmt.Errorf("calendar: %s is no address", p.name)
		}
	}
	return nil
}

// wants says which properties a component has exactly once, and which at most once.
func (c *component) wants(once, atMostOnce []string) error {
	count := map[string]int{}
	for _, p := range c.props {
		count[p.name]++
	}
	for _, name := range once {
		if count[name] != 1 {
			return fmt.Errorf("calendar: %s has %s %d times, not once", c.name, name, count[name])
		}
	}
	for _, name := range atMostOnce {
		if count[name] > 1 {
			return fmt.Errorf("calendar: %s has %s %d times", c.name, name, count[name])
		}
	}
	return nil
}

func checkCalendar(cal *component) error {
	if cal.name != "VCALENDAR" || len(cal.subs) == 0 {
		return errors.New("calendar: this is none, or there is nothing in it")
	}
	if err := cal.wants([]string{"VERSION", "PRODID", "METHOD"}, []string{"CALSCALE", "NAME", "REFRESH-INTERVAL"}); err != nil {
		return err
	}
	if v, _ := cal.get("VERSION"); v.value != "2.0" {
		return errors.New("calendar: the version is not 2.0")
	}
	method, _ := cal.get("METHOD")
	var zones []string
	for _, c := range cal.subs {
		switch c.name {
		case "VTIMEZONE":
			if err := checkZone(c); err != nil {
				return err
			}
			id, _ := c.get("TZID")
			zones = append(zones, id.value)
		case "VEVENT":
			if err := checkEvent(c, method.value, zones); err != nil {
				return err
			}
		default:
			return fmt.Errorf("calendar: %s in a calendar", c.name)
		}
	}
	return nil
}

func checkZone(z *component) error {
	if err := z.wants([]string{"TZID"}, nil); err != nil {
		return err
	}
	if len(z.subs) == 0 {
		return errors.New("calendar: a time zone without a rule")
	}
	for _, c := range z.subs {
		if c.name != "STANDARD" && c.name != "DAYLIGHT" {
			return fmt.Errorf("calendar: %s in a time zone", c.name)
		}
		if err := c.wants([]string{"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"}, []string{"RRULE", "TZNAME"}); err != nil {
			return err
		}
	}
	return nil
}

// checkEvent holds an event against what every event has, and what its method wants (RFC 5546, 3.2.1, 3.2.2, 3.2.5).
func checkEvent(e *component, method string, zones []string) error {
	once, atMostOnce := []string{"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS"}, []string{"DESCRIPTION", "LOCATION", "URL", "TRANSP", "ORGANIZER", "ATTENDEE"}
	if method != Publish {
		once = append(once, "ORGANIZER", "ATTENDEE")
	}
	if err := e.wants(once, atMostOnce); err != nil {
		return err
	}
	status, _ := e.get("STATUS")
	_, attended := e.get("ATTENDEE")
	conference, enters := e.get("CONFERENCE")
	switch {
	case method != Request && method != Cancel && method != Publish:
		return fmt.Errorf("calendar: method %q", method)
	case method != Publish && (method == Cancel) != (status.value == "CANCELLED"):
		return fmt.Errorf("calendar: %s of an event that is %s", method, status.value)
	case method == Publish && (attended || enters):
		return errors.New("calendar: what everybody may read says who attends, or where they enter")
	case enters && !slices.Equal(conference.params["VALUE"], []string{"URI"}):
		return errors.New("calendar: CONFERENCE without VALUE=URI")
	case method == Cancel && len(e.subs) > 0:
		return errors.New("calendar: a cancelled event reminds of itself")
	}
	if err := checkTimes(e, zones); err != nil {
		return err
	}
	return checkAlarms(e)
}

// checkTimes: the stamp is in UTC, start and end are in UTC or in a zone that the file has, and the end is behind the start.
func checkTimes(e *component, zones []string) error {
	stamp, _ := e.get("DTSTAMP")
	if _, err := time.Parse(utcForm, stamp.value); err != nil || len(stamp.params) > 0 {
		return errors.New("calendar: DTSTAMP is not in UTC")
	}
	var at [2]time.Time
	var in [2]string
	for i, name := range []string{"DTSTART", "DTEND"} {
		p, _ := e.get(name)
		form := utcForm
		if tz := p.params["TZID"]; tz != nil {
			if form, in[i] = localForm, tz[0]; !slices.Contains(zones, tz[0]) {
				return fmt.Errorf("calendar: %s is in the zone %s, which the file does not have", name, tz[0])
			}
		}
		var err error
		if at[i], err = time.Parse(form, p.value); err != nil {
			return fmt.Errorf("calendar: %s is no time", name)
		}
	}
	if in[0] != in[1] || !at[1].After(at[0]) {
		return errors.New("calendar: the end is not behind the start, or in another zone")
	}
	return nil
}

func checkAlarms(e *component) error {
	for _, a := range e.subs {
		if a.name != "VALARM" {
			return fmt.Errorf("calendar: %s in an event", a.name)
		}
		if err := a.wants([]string{"ACTION", "TRIGGER", "DESCRIPTION"}, nil); err != nil {
			return err
		}
		if t, _ := a.get("TRIGGER"); !trigger.MatchString(t.value) {
			return fmt.Errorf("calendar: %q is no time before the start", t.value)
		}
	}
	return nil
}

// trigger is a stretch of time before the start.
var trigger = regexp.MustCompile(`^-P(?:[0-9]+D|T[0-9]+H|T[0-9]+M|T[0-9]+H[0-9]+M)$`)
