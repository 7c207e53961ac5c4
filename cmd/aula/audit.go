package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms"
	"aulacomune/lms/audit"
	"aulacomune/lms/sheet"
)

type auditCmd struct {
	Check  auditCheckCmd  `cmd:"" help:"Verify the chain of the log of what staff did: no row changed, none taken out. It verifies after people were erased, too."`
	Export auditExportCmd `cmd:"" help:"Write the log as a CSV file for spreadsheets."`
}

// withLog opens the installation's log.
func (p place) withLog(ctx context.Context, do func(*audit.Log) error) (err error) {
	house, err := wiring.Open(ctx, p.options("http://localhost"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, house.Close()) }()
	return do(house.Audit)
}

type auditCheckCmd struct {
	place
	Head string `help:"What an earlier check printed as head, 1204:9f86d08…: the chain must still hold it, so that its end was not cut off."`
}

// Run prints how long the chain is, and its head to be noted elsewhere.
func (c *auditCheckCmd) Run(ctx context.Context) error {
	seq, hash := 0, ""
	if c.Head != "" {
		number, rest, ok := strings.Cut(c.Head, ":")
		n, err := strconv.Atoi(number)
		if !ok || err != nil || n < 1 || len(rest) != 64 {
			return errors.New("--head is what an earlier check printed: a number, a colon, and 64 letters")
		}
		seq, hash = n, rest
	}
	return c.withLog(ctx, func(l *audit.Log) error {
		found, err := l.Check(ctx, seq, audit.Hash(hash))
		if err != nil {
			return err
		}
		fmt.Printf("The chain is whole: %d acts, of which %d about people who were erased.\n", found.Rows, found.Erased)
		if found.Rows > 0 {
			fmt.Printf("head %d:%s\n", found.Rows, found.Head)
		}
		return nil
	})
}

type auditExportCmd struct {
	place
	Output       string    `short:"o" help:"File; without it, standard output." type:"path"`
	Organisation string    `help:"Only what happened in this organisation and below."`
	From         time.Time `help:"From this day, 2026-03-31." format:"2006-01-02"`
	To           time.Time `help:"Before this day." format:"2006-01-02"`
	Lang         string    `help:"it or en." default:"it" enum:"it,en"`
}

// Run writes the file.
func (c *auditExportCmd) Run(ctx context.Context) error {
	return c.withLog(ctx, func(l *audit.Log) (err error) {
		out := os.Stdout
		if c.Output != "" {
			if out, err = os.OpenFile(c.Output, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600); err != nil {
				return err
			}
			defer func() { err = errors.Join(err, out.Close()) }()
		}
		asked := audit.Asked{Organisation: lms.OrganisationID(c.Organisation), From: c.From, To: c.To}
		return sheet.CSV(out, l.Table(c.Lang, audit.Plain(), l.All(ctx, asked)))
	})
}
