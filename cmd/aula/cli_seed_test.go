package main

import (
	"path/filepath"
	"testing"
)

// regionIsMadeUp: an empty installation is filled with a region to measure, one that holds somebody is refused, and what was filled holds together.
func regionIsMadeUp(t *testing.T, h *hall) {
	data := filepath.Join(t.TempDir(), "data")
	seed := []string{"seed", "--data", data, "--enti", "14", "--people", "60", "--enrolments"}
	h.run(t, append(seed, "721")...).want(1, "nobody takes a course twice")
	h.run(t, append(seed, "150")...).want(0, "14 enti, 60 people, 150 enrolments in 12 courses", "sums: 2 in")
	h.run(t, append(seed, "150")...).want(1, "contiene già persone o enti")
	h.run(t, "ledger", "rebuild", "--data", data).want(0, "28 sums compared: all of them are what their rows add up to")
	h.run(t, "audit", "check", "--data", data).want(0)
	h.run(t, "enti", "list", "--kind", "comune", "--data", data).want(0, "Comune di Borgo fiorito comune-0001 comune 091001")
	h.run(t, "admin", "link", "amministratrice", "--data", data, "--url", "http://127.0.0.1:8080").want(0, "http://127.0.0.1:8080/")
}
