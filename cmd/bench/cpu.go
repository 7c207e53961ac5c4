package main

import (
	"aulacomune/lms/codes"
	"context"
	"fmt"
	"runtime"
	"syscall"
	"time"

	"aulacomune/content"
	"aulacomune/lms"
	"aulacomune/lms/certificate"
	"aulacomune/lms/web"
)

// measureCPU compares the compiler with goldmark alone, and times a certificate, both on one core.
func measureCPU(ctx context.Context) error {
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	folder, err := content.ReadFolder(ctx, content.Reference())
	if err != nil {
		return err
	}
	alone, err := goldmarkAlone(folder, 31)
	if err != nil {
		return err
	}
	ours := worked(31, func() { content.Compile(folder) })
	fmt.Printf("Compile of the reference course's text: %s; goldmark alone %s: %.1f × (goal ≤ 4)\n", ours, alone, float64(ours)/float64(alone))
	if err := measureCompile(ctx); err != nil {
		return err
	}
	runtime.GOMAXPROCS(1)
	return measureCertificate()
}

func measureCertificate() error {
	assets, err := web.Assets()
	if err != nil {
		return err
	}
	regular, err := assets.Font("titillium-regular.ttf")
	if err != nil {
		return err
	}
	bold, err := assets.Font("titillium-bold.ttf")
	if err != nil {
		return err
	}
	drawer := certificate.New(certificate.Fonts{Regular: regular, Bold: bold})
	p := lms.Printed{Lang: "it", Title: "Attestato di superamento", Issuer: "Ente di misura", Person: "Nicolò D’Angelo", Organisation: "Comune di Pietralta", Course: "Smart working", Edition: 1,
		Modules: []string{"Il contesto", "La fiducia", "Le persone", "Gli strumenti", "I processi", "Il progetto"}, Minutes: 280, Planned: 280, Mode: "e-learning asincrono", From: time.Now(), To: time.Now(),
		Number: "1/2026", Issued: time.Now(), Code: lms.Code(codes.New()), Verify: publicURL + "/verifica/x"}
	took := worked(31, func() { _, err = drawer.Draw(p) })
	fmt.Printf("A certificate's PDF: %s of CPU (goal ≤ 10 ms)\n\n", took)
	return err
}

// timed is the median time of a piece of work, done so many times after a first.
func timed(rounds int, work func()) time.Duration {
	work()
	var all []time.Duration
	for range rounds {
		began := time.Now()
		work()
		all = append(all, time.Since(began))
	}
	return middle(all).Round(10 * time.Microsecond)
}

// worked is the same in the processor time that this process had, which a busy machine disturbs less.
func worked(rounds int, work func()) time.Duration {
	work()
	var all []time.Duration
	for range rounds {
		began := processor()
		work()
		all = append(all, processor()-began)
	}
	return middle(all).Round(10 * time.Microsecond)
}

// processor is the processor time that this process has had.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // the arguments are constants
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
