package attendance

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/unicode/norm"
)

// written is a time as a cell has it, and the zone its heading names.
type written struct {
	text string
	zone *time.Location
}

// stamp is what a cell says of a moment, before it is known which of its numbers is the day.
type stamp struct {
	dated         bool
	year          int
	first, second int // of the date: day and month, in the order that holds for the file, or in this one where fixed
	fixed         bool
	timed         bool
	hour, minute  int
	second60      int
	zone          *time.Location // said in the cell or its heading; nil: the organiser's
}

// readStamp reads a moment as reports write it: 6/8/20, 9:58:14 AM · 08/06/2020 09:58:14 · 2020-06-08T09:58:14Z · 8 giu 2020, 09:58 · 9:58 · 09.58.
func readStamp(w written) (stamp, bool) {
	s := stamp{zone: w.zone}
	if len(w.text) > 80 {
		return s, false
	}
	words := stampWords(w.text)
	var month, named, lone int
	for i, word := range words {
		switch {
		case s.date(word, words), s.clock(word), s.meridiem(word), s.offset(word):
		case monthOf(word) > 0 && (named == 0 || weekday(words[named-1])): // "mar" is Tuesday where a month follows
			month, named = monthOf(word), i+1
		case slices.Contains([]string{"alle", "ore", "h", "at", "del", "il", "the", "of"}, word) || weekday(word):
		default:
			n, err := strconv.Atoi(strings.TrimSuffix(word, "°"))
			if err != nil || n < 1 || n > 9999 || lone > 1 {
				return s, false
			}
			if lone++; n > 31 {
				s.year = n
			} else {
				s.first = n
			}
		}
	}
	if named > 0 {
		if s.dated || s.first == 0 || s.year == 0 {
			return s, false
		}
		s.dated, s.fixed, s.second = true, true, month
	} else if lone > 0 {
		return s, false
	}
	return s, (s.dated || s.timed) && s.sound()
}

// stampWords parts a cell into words: numbers with their signs, and letters.
func stampWords(cell string) []string {
	cell = strings.ToLower(norm.NFKC.String(cell))
	cell = halves().Replace(cell)
	if i := strings.IndexByte(cell, 't'); i >= 8 && i+1 < len(cell) && isDigit(cell[i-1]) && isDigit(cell[i+1]) {
		cell = cell[:i] + " " + cell[i+1:]
	}
	return strings.Fields(cell)
}

// halves writes the halves of the day in one way.
var halves = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer("a.m.", "am", "p.m.", "pm", "a. m.", "am", "p. m.", "pm", ",", " ", "(", " ", ")", " ")
})

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// date reads the word of a date in numbers.
func (s *stamp) date(word string, words []string) bool {
	sep := strings.IndexAny(word, "/-.")
	if s.dated || sep < 1 || sep > 4 {
		return false
	}
	parts := strings.Split(word, word[sep:sep+1])
	if len(parts) != 3 {
		return false
	}
	var n [3]int
	for i, p := range parts {
		var err error
		if n[i], err = strconv.Atoi(p); err != nil || len(p) > 4 {
			return false
		}
	}
	if word[sep] == '.' && len(parts[2]) < 4 && !slices.ContainsFunc(words, func(w string) bool { return strings.Contains(w, ":") }) {
		return false // 09.58.14 is a time of day
	}
	s.dated = true
	switch {
	case len(parts[0]) == 4:
		s.year, s.second, s.first, s.fixed = n[0], n[1], n[2], true
	default:
		s.first, s.second, s.year, s.fixed = n[0], n[1], n[2], word[sep] == '.'
		if len(parts[2]) <= 2 {
			s.year += 2000
		}
	}
	return true
}

// clock reads the word of a time of day, with am, pm or an offset behind it.
func (s *stamp) clock(word string) bool {
	end := len(word)
	for i := range len(word) {
		if !isDigit(word[i]) && word[i] != ':' && word[i] != '.' {
			end = i
			break
		}
	}
	digits, rest := word[:end], word[end:]
	sep := ":"
	if !strings.Contains(digits, ":") {
		sep = "."
	}
	parts := strings.Split(digits, sep)
	if s.timed || len(parts) < 2 || len(parts) > 3 || len(parts[0]) > 2 || len(parts[1]) != 2 {
		return false
	}
	var n [3]int
	for i, p := range parts {
		if i == 2 {
			p, _, _ = strings.Cut(p, ".")
		}
		var err error
		if n[i], err = strconv.Atoi(p); err != nil || len(p) > 2 {
			return false
		}
	}
	s.timed, s.hour, s.minute, s.second60 = true, n[0], n[1], n[2]
	return rest == "" || s.meridiem(rest) || s.offset(rest)
}

// meridiem reads am and pm; 13:00 PM is 13:00.
func (s *stamp) meridiem(word string) bool {
	switch {
	case !s.timed:
		return false
	case word == "am":
		if s.hour == 12 {
			s.hour = 0
		}
	case word == "pm":
		if s.hour < 12 {
			s.hour += 12
		}
	default:
		return false
	}
	return true
}

// offset reads the zone behind a time: Z, UTC, CEST, GMT+2, +02:00.
func (s *stamp) offset(word string) bool {
	switch word {
	case "z", "utc", "gmt":
		s.zone = time.UTC
		return true
	case "cet", "cest":
		s.zone = time.FixedZone(strings.ToUpper(word), map[string]int{"cet": 3600, "cest": 7200}[word])
		return true
	}
	sign := strings.TrimPrefix(strings.TrimPrefix(word, "utc"), "gmt")
	if !s.timed || len(sign) < 2 || sign[0] != '+' && sign[0] != '-' {
		return false
	}
	digits := strings.ReplaceAll(sign[1:], ":", "")
	n, err := strconv.Atoi(digits)
	if err != nil || len(digits) > 4 || n < 0 {
		return false
	}
	seconds := n * 3600
	if len(digits) > 2 {
		seconds = n/100*3600 + n%100*60
	}
	if seconds > 14*3600 {
		return false
	}
	if sign[0] == '-' {
		seconds = -seconds
	}
	s.zone = time.FixedZone(sign, seconds)
	return true
}

// sound says whether the numbers of a stamp can be a moment in one order of dates or the other.
func (s stamp) sound() bool {
	if s.timed && (s.hour > 23 || s.minute > 59 || s.second60 > 59) {
		return false
	}
	if !s.dated {
		return true
	}
	if s.fixed {
		return isDay(s.year, s.second, s.first)
	}
	return isDay(s.year, s.second, s.first) || isDay(s.year, s.first, s.second)
}

func isDay(year, month, day int) bool {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && t.Day() == day
}

// monthOf is the number of a month by the beginning of its name, in Italian or in English; 0 where it is none.
func monthOf(word string) int {
	word = strings.TrimSuffix(word, ".")
	if len(word) < 3 || len(word) > 9 {
		return 0
	}
	for i, names := range []string{
		"gennaio january", "febbraio february", "marzo march", "aprile april", "maggio may", "giugno june", "luglio july", "agosto august",
		"settembre september", "ottobre october", "novembre november", "dicembre december",
	} {
		for name := range strings.SplitSeq(names, " ") {
			if strings.HasPrefix(name, word) || word == "sept" && i == 8 {
				return i + 1
			}
		}
	}
	return 0
}

func weekday(word string) bool {
	word = strings.TrimSuffix(word, ".")
	if len([]rune(word)) < 3 {
		return false
	}
	for _, name := range []string{
		"lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
	} {
		if strings.HasPrefix(name, word) {
			return true
		}
	}
	return false
}
