// Command bench measures Aula Comune on this machine and prints a table: medians of one run, as ratios to what the same machine does at best.
//
// It seeds an installation with 500 and with 50,000 enrolments, serves it with bin/aula, and loads it with wrk over 16 connections, with and
// without Accept-Encoding; nginx serving 1 KB and the server's own /healthz are the calibration. It needs Debian's wrk and nginx-light,
// and for one row a minio executable.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"aulacomune/content"
)

// options are the flags.
type options struct {
	aula    string
	seconds int
	rounds  int
	sizes   []int
	dir     string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	o, sizes := options{}, ""
	flag.StringVar(&o.aula, "aula", "bin/aula", "the server to measure")
	flag.IntVar(&o.seconds, "seconds", 4, "length of one load")
	flag.IntVar(&o.rounds, "rounds", 3, "loads of each kind; the median counts")
	flag.StringVar(&sizes, "sizes", "500,50000", "enrolments to seed")
	once := flag.Bool("compile", false, "compile the generated course once and end: so its memory is measured")
	alone := flag.Bool("alone", false, "measure only what needs no server")
	flag.Parse()
	if *once {
		content.Compile(generated(largeCourse))
		return
	}
	for s := range strings.SplitSeq(sizes, ",") {
		n, err := strconv.Atoi(s)
		if err != nil {
			fmt.Fprintln(os.Stderr, "bench: --sizes:", err)
			os.Exit(2)
		}
		o.sizes = append(o.sizes, n)
	}
	measure := run
	if *alone {
		measure = func(ctx context.Context, _ options) error { return measureCPU(ctx) }
	}
	if err := measure(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) (err error) {
	if o.dir, err = os.MkdirTemp("", "aula-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(o.dir)
	if o.aula, err = filepath.Abs(o.aula); err != nil {
		return err
	}
	fmt.Printf("Aula Comune, measured %s on %d cores, %s, %s\n\n", time.Now().Format(time.DateOnly), runtime.NumCPU(), cpuName(), runtime.Version())
	nginx, err := measureNginx(ctx, o)
	if err != nil {
		return err
	}
	var all []sized
	for _, n := range o.sizes {
		s, err := measureSize(ctx, o, n)
		if err != nil {
			return fmt.Errorf("%d enrolments: %w", n, err)
		}
		all = append(all, s)
	}
	printLoads(nginx, all)
	if err := measureCPU(ctx); err != nil {
		return err
	}
	if err := measureStudio(ctx, o); err != nil {
		return err
	}
	return measureVideo(ctx, o)
}

// cpuName is the processor as Linux names it.
func cpuName() string {
	b, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	for line := range strings.Lines(string(b)) {
		if name, ok := strings.CutPrefix(line, "model name"); ok {
			return strings.TrimSpace(strings.TrimLeft(name, " \t:"))
		}
	}
	return runtime.GOARCH
}
