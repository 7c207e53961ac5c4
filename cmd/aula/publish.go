package main

import (
	"context"
	"fmt"
	"os"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/content"
	"aulacomune/course"
	"aulacomune/lms"
)

type publishCmd struct {
	by
	Dir          string `arg:"" help:"The course's folder (with course.yaml)." type:"existingdir"`
	Note         string `help:"What changes, for those who take the course; from the second edition on it is needed." short:"m"`
	Organisation string `help:"Id of the organisation that owns the course; without it, the author's own."`
}

// Run compiles here first, so that an author sees the findings before anything is sent.
func (c *publishCmd) Run(ctx context.Context) error {
	if err := c.known("publish " + c.Dir); err != nil {
		return err
	}
	from, err := wiring.ReadSource(ctx, os.DirFS(c.Dir))
	if err != nil {
		return err
	}
	made, findings := content.Compile(from.Folder)
	printFindings(os.Stdout, findings)
	if course.HasErrors(findings) {
		return errSaid
	}
	note := wiring.Note{Organisation: lms.OrganisationID(c.Organisation), Text: c.Note}
	if c.Server != "" {
		return c.remote().publish(ctx, from, made, note)
	}
	house, actor, err := c.here(ctx)
	if err != nil {
		return err
	}
	defer house.Close()
	p, err := wiring.PublishHere(ctx, house.School, actor, from, note)
	if err != nil {
		return err
	}
	say(p.Course.Slug, p.Edition.Number, p.Edition.Hash, p.New)
	return nil
}

func say(slug course.Slug, number int, hash course.Hash, isNew bool) {
	if isNew {
		fmt.Printf("%s: edition %d published, hash %s\n", slug, number, hash)
		return
	}
	fmt.Printf("%s: the same content is edition %d already, hash %s\n", slug, number, hash)
}

// options open the house of a place.
func (p place) options(url string) wiring.Options {
	return wiring.Options{Data: p.Data, Database: p.Database, Objects: p.Objects, URL: url, Env: os.Getenv, Key: os.Getenv("AULA_KEY"), KeyFile: p.KeyFile}
}
