package main

import (
	"context"
	"fmt"
	"os"

	"aulacomune/cmd/aula/wiring"
)

type backupCmd struct {
	place
	File string `arg:"" help:"File to write." type:"path"`
}

// Run writes everything to one file.
func (c *backupCmd) Run(ctx context.Context) error {
	n, err := wiring.Backup(ctx, c.options("http://localhost"), c.File)
	if err != nil {
		return err
	}
	fmt.Printf("%s: %d records, %d objects\n", c.File, n.Records, n.Objects)
	fmt.Println("The key of fiscal numbers is not in it: keep that file apart, without it they cannot be read.")
	return nil
}

type restoreCmd struct {
	place
	File string `arg:"" help:"File that aula backup wrote." type:"existingfile"`
}

// Run brings a backup back into an empty place.
func (c *restoreCmd) Run(ctx context.Context) error {
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	house, err := wiring.Open(ctx, c.options("http://localhost"))
	if err != nil {
		return err
	}
	defer house.Close()
	n, err := wiring.Restore(ctx, house, f)
	if err != nil {
		return err
	}
	fmt.Printf("%d records, %d objects restored\n", n.Records, n.Objects)
	return nil
}
