package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"aulacomune/cmd/aula/wiring"
)

// sumsAreCountedAgain: whoever doubts a sum of hours can have all of them counted again, is told what differs, and can have it put right.
func sumsAreCountedAgain(t *testing.T, h *hall) {
	data := filepath.Join(t.TempDir(), "data")
	h.run(t, "admin", "organisation", "ala", "Comune di Ala", "--data", data).want(0)
	rebuild := []string{"ledger", "rebuild", "--data", data}
	h.run(t, rebuild...).want(0, "0 sums compared: all of them are what their rows add up to")
	house, err := wiring.Open(t.Context(), wiring.Options{Data: data, URL: "http://localhost"})
	if err != nil {
		t.Fatal(err)
	}
	if err := house.Ledger.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	id := fmt.Sprintf("ala/%d", time.Now().Year())
	d, err := house.Engine.Get(t.Context(), "hour_tallies", id)
	if err != nil {
		t.Fatal(err)
	}
	d.Body, d.Rev = bytes.Replace(d.Body, []byte(`"minutes":0`), []byte(`"minutes":42`), 1), d.Rev+1
	if err := house.Engine.Replace(t.Context(), "hour_tallies", d); err != nil {
		t.Fatal(err)
	}
	if err := house.Close(); err != nil {
		t.Fatal(err)
	}
	h.run(t, rebuild...).want(1, "2 sums compared: 1 differ", "Minutes:42")
	h.run(t, append(rebuild, "--write")...).want(0, "1 differed and were put right")
	h.run(t, rebuild...).want(0, "2 sums compared: all of them")
}
