package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/content"
	"aulacomune/course"
	"aulacomune/lms"
)

type publishCmd struct {
	place
	Dir          string `arg:"" help:"The course's folder (with course.yaml)." type:"existingdir"`
	Note         string `help:"What changes, for those who take the course." short:"m"`
	Organisation string `help:"Id of the organisation that owns the course; without it, the author's own."`
	Server       string `help:"Publish on this server (https://corsi.example.it) instead of this machine's data." env:"AULA_SERVER"`
	Token        string `help:"Token for --server, made on the profile page with scope publish." env:"AULA_TOKEN"`
	As           string `help:"Without --server: the e-mail address of the author." env:"AULA_AUTHOR"`
}

// Run compiles here first, so that an author sees the findings before anything is sent.
func (c *publishCmd) Run(ctx context.Context) error {
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
		remote := remotePublisher{server: c.Server, token: c.Token}
		return remote.publish(ctx, from, made, note)
	}
	if c.As == "" {
		return errors.New("say who publishes: --as autore@example.it (on this machine's data), or --server and --token")
	}
	house, err := wiring.Open(ctx, c.options("http://localhost"))
	if err != nil {
		return err
	}
	defer house.Close()
	actor, err := house.School.Accounts.ActorByLogin(ctx, c.As)
	if err != nil {
		return fmt.Errorf("%s: %w", c.As, err)
	}
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
	return wiring.Options{Data: p.Data, Database: p.Database, Objects: p.Objects, URL: url, Env: os.Getenv}
}
