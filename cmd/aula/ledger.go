package main

import (
	"context"
	"fmt"

	"aulacomune/cmd/aula/wiring"
)

type ledgerCmd struct {
	Rebuild ledgerRebuildCmd `cmd:"" help:"Count every stored sum of hours again from its rows, and say which differ."`
}

type ledgerRebuildCmd struct {
	place
	Write bool `help:"Put right what differs."`
}

// Run compares, and with --write puts right. What differs is a fault: the command then fails, unless it was put right.
func (c *ledgerRebuildCmd) Run(ctx context.Context) error {
	house, err := wiring.Open(ctx, c.options("http://localhost"))
	if err != nil {
		return err
	}
	defer house.Close()
	compared, differ, err := house.Ledger.Rebuild(ctx, c.Write)
	if err != nil {
		return err
	}
	for _, d := range differ {
		fmt.Println(d)
	}
	switch {
	case len(differ) == 0:
		fmt.Printf("%d sums compared: all of them are what their rows add up to.\n", compared)
	case c.Write:
		fmt.Printf("%d sums compared: %d differed and were put right.\n", compared, len(differ))
	default:
		fmt.Printf("%d sums compared: %d differ. Put them right with --write.\n", compared, len(differ))
		return errSaid
	}
	return nil
}
