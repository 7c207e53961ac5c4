package main

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"strings"
	"time"

	"aulacomune/content"
	"aulacomune/lms"
	"aulacomune/lms/certificate"
	"aulacomune/lms/web"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// measureCPU compares the compiler with goldmark alone, and times a certificate, both on one core.
func measureCPU(ctx context.Context) error {
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	folder, err := content.ReadFolder(ctx, content.Reference())
	if err != nil {
		return err
	}
	markdown := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList, extension.Typographer))
	var texts [][]byte
	for name, text := range folder.Texts {
		if strings.HasSuffix(name, ".md") {
			texts = append(texts, text)
		}
	}
	alone := best(func() {
		for _, t := range texts {
			var b bytes.Buffer
			if e := markdown.Convert(t, &b); e != nil {
				err = e
			}
		}
	})
	ours := best(func() { content.Compile(folder) })
	if err != nil {
		return err
	}
	fmt.Printf("Compile of the reference course's text: %s; goldmark alone %s: %.1f × (goal ≤ 4)\n", ours, alone, float64(ours)/float64(alone))
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
		Number: "1/2026", Issued: time.Now(), Code: lms.NewCode(), Verify: publicURL + "/verifica/x"}
	took := best(func() { _, err = drawer.Draw(p) })
	fmt.Printf("A certificate's PDF: %s of CPU (goal ≤ 10 ms)\n\n", took)
	return err
}

// best is the median time of a piece of work on one core.
func best(work func()) time.Duration {
	work()
	var all []time.Duration
	for range 31 {
		began := time.Now()
		work()
		all = append(all, time.Since(began))
	}
	return middle(all).Round(10 * time.Microsecond)
}
