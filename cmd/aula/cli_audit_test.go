package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// auditIsChecked: the command line's own acts are in the log; its chain is verified against a head that was noted, and written for spreadsheets.
func auditIsChecked(t *testing.T, h *hall) {
	data := filepath.Join(t.TempDir(), "data")
	check := []string{"audit", "check", "--data", data}
	h.run(t, check...).want(0, "The chain is whole: 0 acts")
	for _, email := range []string{"maria.rossi@example.it", "luca.verdi@example.it"} {
		h.run(t, "admin", "add", email, "--data", data, "--url", "https://corsi.example.it").want(0, "/attiva/")
	}
	head := regexp.MustCompile(`head (\d+:[0-9a-f]{64})`).FindStringSubmatch(h.run(t, check...).want(0, "The chain is whole: 2 acts").out)
	if head == nil {
		t.Fatal("no head")
	}
	h.run(t, "admin", "add", "anna.neri@example.it", "--data", data, "--url", "https://corsi.example.it").want(0)
	h.run(t, append(check, "--head", head[1])...).want(0, "The chain is whole: 3 acts")
	h.run(t, append(check, "--head", "2:"+strings.Repeat("0", 64))...).want(1, "row 2 is not the one that was noted")
	h.run(t, append(check, "--head", "9:"+head[1][2:])...).want(1, "its end was cut off")
	h.run(t, append(check, "--head", "2:x")...).want(1, "a number, a colon, and 64 letters")
	file := filepath.Join(t.TempDir(), "atti.csv")
	h.run(t, "audit", "export", "--data", data, "-o", file, "--from", "2026-01-01").want(0)
	text, err := os.ReadFile(file)
	if err != nil || strings.Count(string(text), "ha aggiunto una persona") != 3 || !strings.Contains(string(text), "Maria Rossi") {
		t.Errorf("%s, %v", text, err)
	}
}
