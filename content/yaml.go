package content

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"aulacomune/content/lint"
)

// yamlProblem says why YAML cannot be read: the line that is wrong, from 1, and what is wrong with it in the words of findings.
// The decoder's own line is often that of something around it, and its words are for programmers.
func yamlProblem(text []byte, err error) (line int, what string) {
	lines := strings.Split(string(text), "\n")
	line = min(wrongLine(text, lines, err), len(lines))
	this, before := lines[line-1], ""
	if line > 1 {
		before = lines[line-2]
	}
	if noSpace().MatchString(before) && !noSpace().MatchString(this) {
		return line - 1, lint.WordNoSpace
	}
	return line, lineProblem(this, err.Error())
}

// wrongLine is the line after the longest beginning that can be read. In a long text that would take too long.
func wrongLine(text []byte, lines []string, err error) int {
	const mostLines, mostBytes = 200, 16 << 10
	if len(lines) > mostLines || len(text) > mostBytes {
		return decoderLine(err)
	}
	for end := len(text); ; {
		end = bytes.LastIndexByte(text[:end], '\n')
		if end < 0 {
			return 1
		}
		if yaml.Unmarshal(text[:end+1], &yaml.Node{}) == nil {
			return 2 + bytes.Count(text[:end], []byte("\n"))
		}
	}
}

// decoderLine is the line that the decoder names; the first when it names none.
func decoderLine(err error) int {
	rest, _ := strings.CutPrefix(err.Error(), "yaml: line ")
	number, _, _ := strings.Cut(rest, ":")
	n, _ := strconv.Atoi(number)
	return max(1, n)
}

// noSpace matches a key that no space parts from its value: "id:primo", but no address and no time.
var noSpace = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\s*(- )?\pL[\pL\d_-]*:[^\s/\d]`) })

// lineProblem is what most probably is wrong with a line of YAML.
func lineProblem(line, message string) string {
	inner := strings.TrimLeft(line, " \t")
	key, value, mapped := strings.Cut(strings.TrimPrefix(inner, "- "), ": ")
	if !mapped {
		value = strings.TrimPrefix(inner, "- ")
	}
	value = strings.TrimSpace(value)
	switch {
	case strings.Contains(line[:len(line)-len(inner)], "\t"):
		return lint.WordTab
	case noSpace().MatchString(line):
		return lint.WordNoSpace
	case strings.HasPrefix(value, `"`) || strings.HasPrefix(value, "'"):
		return quoteProblem(value, message)
	case mapped && strings.ContainsAny(value[:min(1, len(value))], "@`%*&!|>"):
		return lint.WordSign
	case strings.HasPrefix(value, "[") || strings.HasPrefix(value, "{"):
		return lint.WordOpenBracket
	case mapped && (strings.Contains(value, ": ") || strings.HasSuffix(value, ":")):
		if strings.ContainsAny(value, "“”„‟") {
			return lint.WordCurlyQuotes
		}
		return lint.WordColon
	case inner != line:
		return lint.WordIndent
	case !mapped && !strings.HasSuffix(key, ":"):
		return lint.WordNoKey
	}
	return lint.WordNoYAML
}

// quoteProblem is what is wrong with a value that begins with a quotation mark.
func quoteProblem(value, message string) string {
	mark, closed := value[0], -1
	for i := 1; i < len(value) && closed < 0; i++ {
		switch {
		case mark == '"' && value[i] == '\\':
			i++
		case value[i] == mark:
			closed = i
		}
	}
	switch {
	case strings.Contains(message, "escape"):
		return lint.WordBackslash
	case closed < 0:
		return lint.WordOpenQuote
	case mark == '\'':
		return lint.WordApostrophe
	}
	return lint.WordAfterQuote
}
