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

	region     string // enti, people, enrolments
	regionData string // folder that keeps the regions from one run to the next; "" keeps none
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
	flag.StringVar(&o.region, "region", "1200,20000,100000", "enti, people and enrolments of the region to measure; it is held against a hundredth")
	flag.StringVar(&o.regionData, "region-data", "", "folder to keep the regions in, or to take them from; without it they are made anew each time")
	regionOnly := flag.Bool("region-only", false, "measure the region alone")
	webinars := flag.Bool("webinars-only", false, "measure webinars alone")
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
	switch {
	case *regionOnly:
		measure = only(measureRegion)
	case *webinars:
		measure = only(measureWebinars)
	case *alone:
		measure = func(ctx context.Context, _ options) error { return measureCPU(ctx) }
	}
	if err := measure(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// begin makes a folder to work in and prints what is measured on.
func (o *options) begin() (end func(), err error) {
	if o.dir, err = os.MkdirTemp("", "aula-bench-"); err != nil {
		return nil, err
	}
	fmt.Printf("Aula Comune, measured %s on %d cores, %s, %s\n\n", time.Now().Format(time.DateOnly), runtime.NumCPU(), cpuName(), runtime.Version())
	o.aula, err = filepath.Abs(o.aula)
	return func() { os.RemoveAll(o.dir) }, err
}

// only measures one thing alone.
func only(measure func(context.Context, options) error) func(context.Context, options) error {
	return func(ctx context.Context, o options) error {
		end, err := o.begin()
		if err != nil {
			return err
		}
		defer end()
		return measure(ctx, o)
	}
}

func run(ctx context.Context, o options) error {
	end, err := o.begin()
	if err != nil {
		return err
	}
	defer end()
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
	if err := measureVideo(ctx, o); err != nil {
		return err
	}
	if err := measureWebinars(ctx, o); err != nil {
		return err
	}
	return measureRegion(ctx, o)
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
