package sheet

import (
	"strconv"
	"strings"
	"time"
)

// Date reads a day as a cell may hold it: 2026-03-31, 31/3/2026, 31-03-2026, 31.03.2026, also with two digits for the year, or with a time behind
// it, which is dropped. Days stand before months, as in Italy.
func Date(cell string) (time.Time, bool) {
	day, _, _ := strings.Cut(strings.TrimSpace(cell), " ")
	day, _, _ = strings.Cut(day, "T")
	for _, layout := range []string{time.DateOnly, "2/1/2006", "2-1-2006", "2.1.2006", "2/1/06", "2-1-06", "2.1.06"} {
		if t, err := time.Parse(layout, day); err == nil && t.Year() >= 1900 {
			return t, true
		}
	}
	return time.Time{}, false
}

// Minutes reads a duration: 37:30 is so many hours and minutes; 37, 37,5 and 37.5 are hours.
func Minutes(cell string) (int, bool) {
	cell = strings.TrimSpace(cell)
	if h, m, ok := strings.Cut(cell, ":"); ok {
		hours, err := strconv.ParseUint(h, 10, 16)
		minutes, err2 := strconv.ParseUint(m, 10, 8)
		return int(hours*60 + minutes), err == nil && err2 == nil && len(m) == 2 && minutes < 60
	}
	n, err := strconv.ParseFloat(strings.Replace(cell, ",", ".", 1), 64)
	if err != nil || !(n >= 0 && n <= 65535) {
		return 0, false
	}
	return int(n*60 + 0.5), true
}
