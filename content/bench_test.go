package content_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/yuin/goldmark"

	"aulacomune/content"
)

// The two benchmarks are compared: Compile of the reference course's texts, against goldmark alone over the same Markdown.
// Run them on one core: go test -bench 'Compile|Goldmark' -cpu 1 ./content

func BenchmarkCompile(b *testing.B) {
	folder := reference(b)
	b.ReportAllocs()
	for b.Loop() {
		content.Compile(folder)
	}
}

func BenchmarkGoldmark(b *testing.B) {
	folder := reference(b)
	md := goldmark.New()
	var out bytes.Buffer
	made, _ := content.Compile(folder)
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range made.Sources {
			if text, ok := folder.Texts[s.Path]; ok && bytes.HasPrefix(text, []byte("---")) {
				out.Reset()
				if err := md.Convert(text, &out); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
}

func reference(tb testing.TB) content.Folder {
	tb.Helper()
	folder, err := content.ReadFolder(context.Background(), content.Reference())
	if err != nil {
		tb.Fatal(err)
	}
	return folder
}
