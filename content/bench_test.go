package content_test

import (
	"bytes"
	"context"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/yuin/goldmark"

	"aulacomune/content"
)

// BenchmarkCompile compares Compile of the reference course's texts with goldmark alone over the same Markdown, in the
// processor time of this process, turn by turn, so that a busy machine disturbs both alike. One core:
//
//	go test -run '^$' -bench Compile -cpu 1 ./content
func BenchmarkCompile(b *testing.B) {
	folder := reference(b)
	md := goldmark.New()
	var out bytes.Buffer
	var compile, alone time.Duration
	b.ReportAllocs()
	for b.Loop() {
		start := processor(b)
		content.Compile(folder)
		middle := processor(b)
		for name, text := range folder.Texts {
			if !strings.HasSuffix(name, ".md") {
				continue
			}
			out.Reset()
			if err := md.Convert(text, &out); err != nil {
				b.Fatal(err)
			}
		}
		compile += middle - start
		alone += processor(b) - middle
	}
	b.ReportMetric(float64(compile.Microseconds())/1000/float64(b.N), "ms-compile")
	b.ReportMetric(float64(alone.Microseconds())/1000/float64(b.N), "ms-goldmark")
	b.ReportMetric(float64(compile)/float64(alone), "×goldmark")
}

// processor is the processor time that this process has had.
func processor(tb testing.TB) time.Duration {
	tb.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkReadFolder is what reading, hashing and measuring the media of the reference course takes.
func BenchmarkReadFolder(b *testing.B) {
	for b.Loop() {
		reference(b)
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
