package api

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"aulacomune/course"
	"aulacomune/lms"
)

// ownEdition is an edition as the authors of its course see it.
type ownEdition struct {
	edition
	Current   bool   `json:"current" doc:"new enrolments take it"`
	Restores  int    `json:"restores" doc:"number of the older edition whose content it brought back; 0 for none"`
	Withdrawn string `json:"withdrawn" doc:"since when nobody enrols in it; empty while it is offered"`
	Reason    string `json:"reason" doc:"of the withdrawal"`
	People    int    `json:"people" doc:"who take it"`
}

// ownEditions are all editions of a course.
type ownEditions struct {
	Items []ownEdition `json:"items" doc:"the newest first"`
}

func (a *API) editions(ctx context.Context, k call, in courseIn) (ownEditions, error) {
	f, err := a.School.Learning.Follow(ctx, k.actor, course.Slug(in.Slug))
	out := ownEditions{Items: []ownEdition{}}
	for _, e := range f.Editions {
		out.Items = append(out.Items, ownEditionOf(f.Course, e.Edition, e.People))
	}
	return out, err
}

func ownEditionOf(head lms.Course, e lms.Edition, people int) ownEdition {
	out := ownEdition{edition: editionOf(e), Current: e.Number == head.Latest().Number, Restores: e.Restores, Reason: e.Reason, People: people}
	if !e.Withdrawn.IsZero() {
		out.Withdrawn = moment(e.Withdrawn)
	}
	return out
}

// editionIn names an edition.
type editionIn struct {
	Slug   string `path:"slug"`
	Number string `path:"number"`
}

// number is the one that a path names; 0, which no edition has, when it names none.
func (e editionIn) number() int {
	n, _ := strconv.Atoi(e.Number)
	return n
}

type withdrawIn struct {
	editionIn
	Body struct {
		Reason string `json:"reason" doc:"at most 1000 characters"`
	} `body:"application/json"`
}

func (a *API) withdraw(ctx context.Context, k call, in withdrawIn) (ownEditions, error) {
	if _, err := a.School.Publishing.Withdraw(ctx, k.actor, course.Slug(in.Slug), in.number(), in.Body.Reason); err != nil {
		return ownEditions{}, err
	}
	return a.editions(ctx, k, courseIn{in.Slug})
}

func (a *API) offer(ctx context.Context, k call, in editionIn) (ownEditions, error) {
	if _, err := a.School.Publishing.Offer(ctx, k.actor, course.Slug(in.Slug), in.number()); err != nil {
		return ownEditions{}, err
	}
	return a.editions(ctx, k, courseIn{in.Slug})
}

type restoreIn struct {
	editionIn
	Body struct {
		Note string `json:"note" doc:"what changes, at most 500 characters"`
	} `body:"application/json"`
}

func (a *API) restore(ctx context.Context, k call, in restoreIn) (edition, error) {
	p, err := a.School.Publishing.Restore(ctx, k.actor, course.Slug(in.Slug), in.number(), in.Body.Note)
	return editionOf(p.Edition), err
}

type diffIn struct {
	Slug string `path:"slug"`
	From int    `query:"from" default:"1" validate:"min=1" doc:"number of an edition"`
	To   int    `query:"to" default:"1" validate:"min=1" doc:"number of another"`
}

// difference is what changes from one edition to another.
type difference struct {
	Harmless bool           `json:"harmless" doc:"no object, rule, recording or question differs"`
	Aspects  []string       `json:"aspects" doc:"of the course itself"`
	Minutes  [2]int         `json:"minutes" doc:"before and after"`
	Objects  []objectChange `json:"objects" doc:"in the order of the newer edition; what is gone comes last"`
}

// objectChange is what became of a learning object.
type objectChange struct {
	ID      string       `json:"id"`
	Title   string       `json:"title"`
	Kind    string       `json:"kind" enum:"added,removed,changed"`
	Aspects []string     `json:"aspects"`
	Minutes [2]int       `json:"minutes" doc:"before and after"`
	Text    []textChange `json:"text" doc:"of one whose words changed"`
}

// textChange is a stretch of words.
type textChange struct {
	Kind  string `json:"kind" enum:",added,removed" doc:"empty for words that stayed"`
	Words string `json:"words"`
}

func (a *API) diff(ctx context.Context, k call, in diffIn) (difference, error) {
	c, err := a.School.Learning.Compare(ctx, k.actor, course.Slug(in.Slug), in.From, in.To)
	out := difference{Harmless: c.Diff.Harmless(), Aspects: texts(c.Diff.Aspects), Minutes: c.Diff.Minutes, Objects: []objectChange{}}
	for _, o := range c.Diff.Objects {
		change := objectChange{ID: string(o.ID), Title: o.Title, Kind: string(o.Kind), Aspects: texts(o.Aspects), Minutes: o.Minutes, Text: []textChange{}}
		for _, t := range o.Text {
			change.Text = append(change.Text, textChange{string(t.Kind), t.Words})
		}
		out.Objects = append(out.Objects, change)
	}
	return out, err
}

// texts are named strings as plain ones.
func texts[T ~string](list []T) []string {
	out := []string{}
	for _, t := range list {
		out = append(out, string(t))
	}
	return out
}

// archive is an answer that is a zip.
type archive struct{ file }

// source is what an edition was compiled from: the texts, and media.lock.yaml, which says which media file stands at which path.
func (a *API) source(ctx context.Context, k call, in editionIn) (archive, error) {
	e, o, err := a.School.Publishing.Source(ctx, k.actor, course.Slug(in.Slug), in.number())
	if err != nil {
		return archive{}, err
	}
	defer o.Close()
	b, err := io.ReadAll(o)
	if err != nil {
		return archive{}, fmt.Errorf("read source: %w", err)
	}
	return archive{file{Name: fmt.Sprintf("%s-%d.zip", in.Slug, e.Number), Type: "application/zip", Hash: string(e.Hash), Bytes: b}}, nil
}

// compiled is an answer that is an edition as it was compiled, in the compiler's own form, which other programs should not rely on.
type compiled struct{ file }

// content is for `aula diff`, which compares a folder with an edition of a server.
func (a *API) content(ctx context.Context, k call, in editionIn) (compiled, error) {
	c, err := a.School.Learning.Content(ctx, k.actor, course.Slug(in.Slug), in.number())
	if err != nil {
		return compiled{}, err
	}
	b, err := json.Marshal(c)
	if err != nil {
		return compiled{}, fmt.Errorf("encode edition: %w", err)
	}
	return compiled{file{Name: fmt.Sprintf("%s-%s.json", in.Slug, in.Number), Type: "application/json", Hash: string(c.Hash), Bytes: b}}, nil
}
