package storagetest_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"aulacomune/lms"
	"aulacomune/storage/storagetest"
)

// benchStores are the engines of a benchmark.
func benchStores(b *testing.B, run func(b *testing.B, r *lms.Records[thing])) {
	b.Helper()
	for name, store := range map[string]func(testing.TB) storagetest.Store{"sqlite": storagetest.SQLite, "mongo": storagetest.Mongo} {
		b.Run(name, func(b *testing.B) {
			r := open(b, store(b), "things")
			for i := range 1000 {
				if err := r.Add(b.Context(), evidence(i)); err != nil {
					b.Fatal(err)
				}
			}
			b.ResetTimer()
			run(b, r)
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
		})
	}
}

// evidence is a document of about 8 KB with the keys of an enrolment.
func evidence(i int) thing {
	x := thing{ID: fmt.Sprint("e", i), Surname: fmt.Sprint("person ", i%50), Code: fmt.Sprint("taking ", i), Tags: []string{"ente/a", fmt.Sprint("ente/", i%7)}}
	x.Text = strings.Repeat("0123456789abcdef", 500)
	return x
}

// BenchmarkChange is a durable change by each of sixteen writers to documents of their own.
func BenchmarkChange(b *testing.B) {
	benchStores(b, func(b *testing.B, r *lms.Records[thing]) {
		var next atomic.Int64
		parallel(16, func(w int) {
			for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
				id := fmt.Sprint("e", (int(i)*16+w)%1000)
				if _, err := r.Change(context.Background(), id, func(x *thing) error { x.N++; return nil }); err != nil {
					b.Error(err)
				}
			}
		})
	})
}

// BenchmarkFind is a read by id, from as many readers as there are processors.
func BenchmarkFind(b *testing.B) {
	benchStores(b, func(b *testing.B, r *lms.Records[thing]) {
		b.RunParallel(func(p *testing.PB) {
			for i := 0; p.Next(); i++ {
				if _, err := r.Find(context.Background(), fmt.Sprint("e", i%1000)); err != nil {
					b.Error(err)
				}
			}
		})
	})
}

// BenchmarkPage is a page of twenty in the middle of an index.
func BenchmarkPage(b *testing.B) {
	benchStores(b, func(b *testing.B, r *lms.Records[thing]) {
		b.RunParallel(func(p *testing.PB) {
			for i := 0; p.Next(); i++ {
				if _, _, err := r.Page(context.Background(), lms.Query{Index: "surname", From: fmt.Sprint("person ", i%50), Limit: 20}); err != nil {
					b.Error(err)
				}
			}
		})
	})
}
