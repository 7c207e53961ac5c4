package sqlite

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"

	"aulacomune/lms"
)

// BenchmarkGet is a read by id of a document of 8 KB, without decoding it.
func BenchmarkGet(b *testing.B) {
	e, err := Open(b.Context(), filepath.Join(b.TempDir(), "records.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = e.Close() })
	if err := e.Prepare(b.Context(), lms.Collection{Name: "notes"}); err != nil {
		b.Fatal(err)
	}
	keys := []lms.Key{{IndexSpec: lms.IndexSpec{Name: "person"}, Value: "p"}, {IndexSpec: lms.IndexSpec{Name: "shape"}, Value: "000001 0"}}
	for i := range 1000 {
		d := lms.Document{ID: fmt.Sprint(i), Rev: 1, Version: 1, Tokens: []string{"a"}, Keys: keys, Body: bytes.Repeat([]byte("x"), 8000)}
		if err := e.Insert(b.Context(), "notes", d); err != nil {
			b.Fatal(err)
		}
	}
	b.RunParallel(func(p *testing.PB) {
		for i := 0; p.Next(); i++ {
			if _, err := e.Get(b.Context(), "notes", fmt.Sprint(i%1000)); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
}
