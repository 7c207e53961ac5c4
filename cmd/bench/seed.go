package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/content"
	"aulacomune/course"
	"aulacomune/lms"
)

// publicURL is the address that the measured installation believes to have.
const publicURL = "http://corsi.bench.test"

// seeded is what the loads need to know of an installation.
type seeded struct {
	tokens []string // of people's sessions
	ids    []string // of their enrolments in the reference course
	videos []course.Object
}

// clients is how many of the people have a session to send requests with.
const clients = 400

// seed fills a folder with people enrolled in the reference course, each with some evidence from yesterday.
func seed(ctx context.Context, dir string, n int) (out seeded, err error) {
	yesterday := time.Now().Add(-24 * time.Hour)
	past := true
	house, err := wiring.Open(ctx, wiring.Options{Data: dir, URL: publicURL, Now: func() time.Time {
		if past {
			return yesterday
		}
		return time.Now()
	}})
	if err != nil {
		return out, err
	}
	defer func() {
		if e := house.Close(); err == nil {
			err = e
		}
	}()
	c, author, err := publishReference(ctx, house.School)
	if err != nil {
		return out, err
	}
	hash, err := house.School.Accounts.HashPassword(ctx, "bench-password")
	if err != nil {
		return out, err
	}
	if err := publishVideo(ctx, house.School, author); err != nil {
		return out, err
	}
	for _, o := range c.Objects() {
		if o.Video != nil {
			out.videos = append(out.videos, o)
		}
	}
	if out.ids, err = enrolAll(ctx, house.School, c, hash, n); err != nil {
		return out, err
	}
	past = false
	for i := range min(clients, n) {
		secret, err := house.School.Accounts.Enter(ctx, login(i))
		if err != nil {
			return out, err
		}
		out.tokens = append(out.tokens, secret)
	}
	return out, nil
}

func login(i int) string { return fmt.Sprintf("persona%06d", i) }

func publishReference(ctx context.Context, s *lms.School) (*course.Course, lms.Actor, error) {
	none := lms.Actor{}
	if _, err := s.Organisations.Add(ctx, lms.Organisation{ID: "ente", Name: "Ente di misura"}, ""); err != nil {
		return nil, none, err
	}
	p, err := s.People.InstallActivated(ctx, lms.NewPerson{Login: "autore", Given: "Autore", Family: "Prova", Organisation: "ente", Role: lms.Author}, "")
	if err != nil {
		return nil, none, err
	}
	author := lms.ActorOf(p, time.Now(), lms.Everything)
	c, err := publish(ctx, s, author, content.Reference())
	return c, author, err
}

func publish(ctx context.Context, s *lms.School, author lms.Actor, fsys fs.FS) (*course.Course, error) {
	from, err := wiring.ReadSource(ctx, fsys)
	if err != nil {
		return nil, err
	}
	pub, err := wiring.PublishHere(ctx, s, author, from, wiring.Note{})
	if err != nil {
		return nil, fmt.Errorf("%w: %v", err, pub.Findings)
	}
	return s.Library.Open(ctx, pub.Edition.Hash)
}

// enrolAll adds and enrols people, sixteen at a time; each has opened every video, and read and answered a little.
func enrolAll(ctx context.Context, s *lms.School, c *course.Course, hash string, n int) ([]string, error) {
	ids := make([]string, n)
	var wg sync.WaitGroup
	errs := make(chan error, 16)
	for worker := range 16 {
		wg.Go(func() {
			for i := worker; i < n; i += 16 {
				id, err := enrolOne(ctx, s, c, hash, i)
				if err != nil {
					errs <- err
					return
				}
				ids[i] = id
			}
		})
	}
	wg.Wait()
	close(errs)
	return ids[:min(clients, n)], <-errs
}

func enrolOne(ctx context.Context, s *lms.School, c *course.Course, hash string, i int) (string, error) {
	p, err := s.People.InstallActivated(ctx, lms.NewPerson{Login: login(i), Given: "Persona", Family: fmt.Sprint("Numero", i), Organisation: "ente"}, hash)
	if err != nil {
		return "", err
	}
	a := lms.ActorOf(p, time.Now(), lms.Everything)
	st, err := s.Learning.Enrol(ctx, a, c.Slug)
	if err != nil {
		return "", err
	}
	var events []lms.Event
	for _, o := range c.Objects() {
		events = append(events, lms.Event{ID: "o", Object: o.ID, Kind: lms.Opened})
	}
	_, err = s.Learning.Record(ctx, a, st.Enrolment.ID, events)
	return string(st.Enrolment.ID), err
}

const benchVideo = 20 << 20 // bytes

// publishVideo publishes a course whose one video has 20 MB: a video of the reference course with padding that players ignore (a "free" box).
func publishVideo(ctx context.Context, s *lms.School, author lms.Actor) error {
	dir, err := os.MkdirTemp("", "aula-bench-course-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := os.CopyFS(dir, content.Reference()); err != nil {
		return err
	}
	return publishPadded(ctx, s, author, dir)
}

func publishPadded(ctx context.Context, s *lms.School, author lms.Actor, dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	yaml, err := root.ReadFile("course.yaml")
	if err != nil {
		return err
	}
	if err := root.WriteFile("course.yaml", []byte(strings.Replace(string(yaml), "slug: smart-working", "slug: video-grande", 1)), 0o600); err != nil {
		return err
	}
	videos, err := fs.Glob(root.FS(), "video/*.mp4")
	if err != nil || len(videos) == 0 {
		return fmt.Errorf("no video in the reference course: %w", err)
	}
	b, err := root.ReadFile(videos[0])
	if err != nil {
		return err
	}
	n := benchVideo - len(b)
	b = append(b, byte(n>>24), byte(n>>16), byte(n>>8), byte(n), 'f', 'r', 'e', 'e')
	b = append(b, make([]byte, n-8)...)
	if err := root.WriteFile(videos[0], b, 0o600); err != nil {
		return err
	}
	_, err = publish(ctx, s, author, root.FS())
	return err
}
