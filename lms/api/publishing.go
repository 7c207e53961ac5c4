package api

import (
	"context"
	"io"
	"net/http"

	"aulacomune/course"
	"aulacomune/lms"
)

type publishIn struct {
	Organisation string `query:"organisation" validate:"max=200" doc:"that will own the course; the caller's where it is missing"`
	Note         string `query:"note" validate:"max=500" doc:"what changes; only a course's first edition may say nothing"`
	Body         []byte `body:"application/zip"`
}

// publication is the answer to publishing.
type publication struct {
	Course   string    `json:"course" doc:"slug"`
	Edition  edition   `json:"edition"`
	New      bool      `json:"new" doc:"false: the same content is there already"`
	Findings []finding `json:"findings" doc:"warnings"`
}

func (p publication) status() int {
	if p.New {
		return http.StatusCreated
	}
	return http.StatusOK
}

// edition is one published content of a course.
type edition struct {
	Number  int    `json:"number"`
	Hash    string `json:"hash"`
	Title   string `json:"title"`
	Minutes int    `json:"minutes"`
	Modules int    `json:"modules"`
	Objects int    `json:"objects"`
	Note    string `json:"note"`
	At      string `json:"at" format:"date-time"`
}

// finding is something the compiler has to say about an author's file.
type finding struct {
	File     string `json:"file"`
	Line     int    `json:"line" doc:"from 1; 0 when it concerns the whole file"`
	Column   int    `json:"column" doc:"from 1; 0 as above"`
	Severity string `json:"severity" enum:"error,warning"`
	Rule     string `json:"rule"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
}

func (a *API) publish(ctx context.Context, k call, in publishIn) (publication, error) {
	p, err := a.School.Publishing.Publish(ctx, k.actor, lms.OrganisationID(in.Organisation), in.Body, in.Note)
	found := findingsOf(p.Findings)
	if err != nil && len(found) > 0 {
		refused := problemOf(err)
		refused.findings = found
		return publication{}, refused
	}
	return publication{Course: string(p.Course.Slug), New: p.New, Findings: found, Edition: editionOf(p.Edition)}, err
}

func editionOf(e lms.Edition) edition {
	return edition{
		Number: e.Number, Hash: string(e.Hash), Title: e.Title, Minutes: e.Minutes, Modules: e.Modules, Objects: e.Objects,
		Note: e.Note, At: moment(e.At),
	}
}

func findingsOf(fs []course.Finding) []finding {
	out := make([]finding, 0, len(fs))
	for _, f := range fs {
		out = append(out, finding{File: f.File, Line: f.Line, Column: f.Column, Severity: string(f.Severity), Rule: f.Rule, Message: f.Message, Hint: f.Hint})
	}
	return out
}

type missingMediaIn struct {
	Body mediaHashes `body:"application/json"`
}

// mediaHashes are the media files that a course needs.
type mediaHashes struct {
	Hashes []string `json:"hashes" validate:"max=5000" doc:"hex SHA-256, at most 5000"`
}

// missingMedia are those that still have to be uploaded.
type missingMedia struct {
	Missing []string `json:"missing"`
}

func (a *API) missingMedia(ctx context.Context, k call, in missingMediaIn) (missingMedia, error) {
	var hashes []course.Hash
	for _, h := range in.Body.Hashes {
		hashes = append(hashes, course.Hash(h))
	}
	out := missingMedia{Missing: []string{}}
	missing, err := a.School.Publishing.MissingMedia(ctx, k.actor, hashes)
	for _, h := range missing {
		out.Missing = append(out.Missing, string(h))
	}
	return out, err
}

type putMediaIn struct {
	Hash string    `path:"hash"`
	Name string    `query:"name" validate:"max=500" doc:"of the file"`
	Body io.Reader `body:"application/octet-stream"`
}

// media is what a media file turned out to be.
type media struct {
	Hash    string  `json:"hash"`
	Size    int64   `json:"size" doc:"bytes"`
	Type    string  `json:"type" doc:"by its content"`
	Seconds float64 `json:"seconds,omitempty"`
	Width   int     `json:"width,omitempty"`
	Height  int     `json:"height,omitempty"`
}

func (a *API) putMedia(ctx context.Context, k call, in putMediaIn) (media, error) {
	m, err := a.School.Publishing.PutMedia(ctx, k.actor, course.Hash(in.Hash), in.Name, in.Body)
	return media{Hash: string(m.Hash), Size: m.Size, Type: m.Type, Seconds: m.Seconds, Width: m.Width, Height: m.Height}, err
}
