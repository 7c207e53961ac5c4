package attendance

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

// longest is the longest stay that is believed.
const longest = 24 * time.Hour

// readDuration reads how long somebody was there: 1h 27m 51s · 1 h 27 min 51 s · 1 ora e 27 minuti · 01:27:51 · 87 (in the unit of its heading,
// minutes where that names none). negative says that a sign stands before it.
func readDuration(cell string, unit time.Duration) (d time.Duration, negative, ok bool) {
	cell = strings.ToLower(strings.TrimSpace(cell))
	if len(cell) > 60 {
		return 0, false, false
	}
	rest, negative := strings.CutPrefix(strings.ReplaceAll(cell, "−", "-"), "-")
	if rest = strings.TrimSpace(rest); rest == "" {
		return 0, false, false
	}
	if strings.Contains(rest, ":") {
		d, ok = clockDuration(rest)
	} else {
		d, ok = wordedDuration(rest, unit)
	}
	return d, negative && ok && d > 0, ok
}

// clockDuration reads 1:27:51, and 1:27 as hours and minutes.
func clockDuration(cell string) (time.Duration, bool) {
	parts := strings.Split(cell, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, false
	}
	var d time.Duration
	for i, p := range parts {
		n, err := strconv.ParseUint(p, 10, 16)
		if err != nil || i > 0 && n > 59 {
			return 0, false
		}
		d += time.Duration(n) * []time.Duration{time.Hour, time.Minute, time.Second}[i]
	}
	return d, true
}

// wordedDuration reads numbers with their units, or one number alone.
func wordedDuration(cell string, unit time.Duration) (time.Duration, bool) {
	var d time.Duration
	seen := 0
	for cell != "" {
		end := strings.IndexFunc(cell, func(r rune) bool { return !unicode.IsDigit(r) && r != '.' && r != ',' })
		if end < 0 {
			end = len(cell)
		}
		n, err := strconv.ParseFloat(strings.Replace(cell[:end], ",", ".", 1), 64)
		if err != nil || n > 1e6 {
			return 0, false
		}
		cell = strings.TrimSpace(cell[end:])
		word := cell
		if i := strings.IndexFunc(cell, unicode.IsDigit); i >= 0 {
			word = cell[:i]
		}
		of, ok := unitOf(strings.TrimSpace(word), unit)
		if !ok {
			return 0, false
		}
		d += time.Duration(n * float64(of))
		cell = cell[len(word):]
		seen++
	}
	return d, seen > 0 && seen < 5
}

// unitOf reads a unit of time.
func unitOf(word string, plain time.Duration) (time.Duration, bool) {
	word = strings.Trim(strings.TrimSuffix(strings.TrimSuffix(word, " e"), " and"), " .,")
	switch word {
	case "":
		if plain == 0 {
			plain = time.Minute
		}
		return plain, true
	case "h", "hr", "hrs", "hour", "hours", "ora", "ore", "o":
		return time.Hour, true
	case "m", "min", "mins", "minute", "minutes", "minuto", "minuti":
		return time.Minute, true
	case "s", "sec", "secs", "second", "seconds", "secondo", "secondi":
		return time.Second, true
	case "d", "g", "giorno", "giorni", "day", "days":
		return 24 * time.Hour, true
	}
	return 0, false
}
