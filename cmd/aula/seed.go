package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"aulacomune/cmd/aula/region"
	"aulacomune/cmd/aula/wiring"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

type seedCmd struct {
	place
	Enti       int    `help:"Organisations in all: a region, provinces, unions, comuni, offices." default:"120"`
	People     int    `help:"People, one at least in each organisation." default:"10000"`
	Enrolments int    `help:"Enrolments, at most twelve for each person." default:"50000"`
	Random     uint64 `help:"Another number makes another region; the same one, on the same day, the same." default:"1"`
}

// Help says what one gets, and how to look at it.
func (c *seedCmd) Help() string {
	return `It is for measuring: everything is made up, nobody has an e-mail address or a password, and certificates have an empty page for a PDF.
Only an empty installation is filled; one whose filling was cut short is to be thrown away.

  aula seed --data /tmp/misure --enti 1200 --people 100000 --enrolments 500000
  aula admin link amministratrice --data /tmp/misure --url http://127.0.0.1:8080

Whoever looks around signs in by such a link: amministratrice keeps the region, referente-comune-0001 an ente, responsabile-comune-0001 is the manager
of its people, and persona000100 somebody.

Exit code: 0 done; 1 refused or failed.`
}

// Run fills an installation, and says with how much and how long it took.
func (c *seedCmd) Run(ctx context.Context) error {
	house, err := wiring.Open(ctx, c.options("http://localhost"))
	if err != nil {
		return err
	}
	defer house.Close()
	began := time.Now()
	bar := &stepLine{live: term.IsTerminal(int(os.Stderr.Fd())), began: began}
	made, err := region.Fill(ctx, house, region.Size{Enti: c.Enti, People: c.People, Enrolments: c.Enrolments, Random: c.Random}, began, bar.tell)
	switch {
	case errors.Is(err, region.ErrFilled):
		return errors.New("l’installazione contiene già persone o enti: aula seed ne riempie solo una vuota (choose an empty folder with --data)")
	case err != nil:
		return err
	}
	fmt.Printf("%d enti, %d people, %d enrolments in %d courses, %d certificates, %d rows of hours and %d claims in %s.\n",
		made.Enti, made.People, made.Enrolments, made.Courses, made.Certificates, made.Hours, made.Claims, time.Since(began).Round(100*time.Millisecond))
	return nil
}

// stepLine shows how far a work of several steps is: a bar for each on a terminal, elsewhere a line when it is done.
type stepLine struct {
	live  bool
	step  string
	bar   *progressbar.ProgressBar
	began time.Time
}

func (s *stepLine) tell(step string, n, of int) {
	if step != s.step {
		s.step, s.began = step, time.Now()
		if s.live {
			s.bar = progressbar.NewOptions(of, progressbar.OptionSetWriter(os.Stderr), progressbar.OptionSetDescription(step))
		}
	}
	if s.live {
		_ = s.bar.Set(n)
	}
	if n == of {
		fmt.Fprintf(os.Stderr, "%s: %d in %s\n", step, of, time.Since(s.began).Round(100*time.Millisecond))
	}
}
