package lint

// Nearest is the candidate that a misspelt word was probably meant to be; empty when none is near.
func Nearest(word string, candidates []string) string {
	best, distance := "", 1+max(1, min(3, len([]rune(word))/3))
	for _, c := range candidates {
		if d := editDistance([]rune(word), []rune(c), distance); d < distance {
			best, distance = c, d
		}
	}
	return best
}

// editDistance counts the letters to add, drop, change or swap with a neighbour; it gives up at limit.
func editDistance(a, b []rune, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit || len(a) > 200 {
		return limit
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
