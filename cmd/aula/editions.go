package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/course"
	"aulacomune/lms"
)

type editionsCmd struct {
	List     editionsListCmd     `cmd:"" help:"List the editions of a course."`
	Restore  editionsRestoreCmd  `cmd:"" help:"Make an older edition the newest: a new number for the old content."`
	Withdraw editionsWithdrawCmd `cmd:"" help:"Let nobody enrol in an edition any more; who takes it goes on."`
	Offer    editionsOfferCmd    `cmd:"" help:"Take the withdrawal of an edition back."`
	Rebuild  editionsRebuildCmd  `cmd:"" help:"Render editions of this machine's data again, after an upgrade; refused where objects, rules or questions would differ."`
}

type editionsListCmd struct {
	place
	there
	Slug string `arg:"" help:"The course."`
}

// editionLine is an edition as the list shows it, and as the API gives it.
type editionLine struct {
	Number    int
	Hash      string
	At        string
	Note      string
	Current   bool
	Restores  int
	Withdrawn string
	Reason    string
}

// Run lists the newest edition first.
func (c *editionsListCmd) Run(ctx context.Context) error {
	if err := c.signed(); err != nil {
		return err
	}
	if c.Server != "" {
		var out struct{ Items []editionLine }
		if err := c.remote().do(ctx, apiCall{http.MethodGet, "/courses/" + c.Slug + "/editions", "", nil}, &out); err != nil {
			return err
		}
		printEditions(os.Stdout, out.Items)
		return nil
	}
	house, err := wiring.Open(ctx, c.options("http://localhost"))
	if err != nil {
		return err
	}
	defer house.Close()
	head, err := house.School.Library.Find(ctx, course.Slug(c.Slug))
	if err != nil {
		return fmt.Errorf("%s: %w", c.Slug, err)
	}
	var lines []editionLine
	for _, e := range slices.Backward(head.Editions) {
		line := editionLine{Number: e.Number, Hash: string(e.Hash), At: e.At.Format("2006-01-02"), Note: e.Note, Current: e.Number == head.Latest().Number, Restores: e.Restores, Reason: e.Reason}
		if !e.Withdrawn.IsZero() {
			line.Withdrawn = e.Withdrawn.Format("2006-01-02")
		}
		lines = append(lines, line)
	}
	printEditions(os.Stdout, lines)
	return nil
}

func printEditions(w io.Writer, lines []editionLine) {
	for _, e := range lines {
		var marks []string
		if e.Current {
			marks = append(marks, "for new enrolments")
		}
		if e.Withdrawn != "" {
			marks = append(marks, fmt.Sprintf("withdrawn on %.10s: %s", e.Withdrawn, e.Reason))
		}
		if e.Restores > 0 {
			marks = append(marks, fmt.Sprintf("restores %d", e.Restores))
		}
		text := fmt.Sprintf("%3d  %.10s  %.12s  %s", e.Number, e.At, e.Hash, e.Note)
		if len(marks) > 0 {
			text += " (" + strings.Join(marks, "; ") + ")"
		}
		fmt.Fprintln(w, text)
	}
}

// act is what an author does to one edition.
type act struct {
	by
	Slug   string `arg:"" help:"The course."`
	Number int    `arg:"" help:"Number of the edition."`
}

// do does it on the server, whose answer is not shown, or here.
func (a act) do(ctx context.Context, verb string, body any, here func(*lms.Publishing, lms.Actor) error) error {
	if err := a.known(fmt.Sprintf("editions %s %s %d", verb, a.Slug, a.Number)); err != nil {
		return err
	}
	if a.Server != "" {
		b, err := json.Marshal(body)
		if err != nil {
			return err
		}
		address := fmt.Sprintf("/courses/%s/editions/%d/%s", a.Slug, a.Number, verb)
		return a.remote().do(ctx, apiCall{http.MethodPost, address, "application/json", bytes.NewReader(b)}, nil)
	}
	house, actor, err := a.here(ctx)
	if err != nil {
		return err
	}
	return errors.Join(here(house.School.Publishing, actor), house.Close())
}

type editionsRestoreCmd struct {
	act
	Note string `help:"What changes, for those who take the course." short:"m"`
}

// Run publishes the old content under a new number.
func (c *editionsRestoreCmd) Run(ctx context.Context) error {
	err := c.do(ctx, "restore", map[string]string{"note": c.Note}, func(p *lms.Publishing, a lms.Actor) error {
		_, err := p.Restore(ctx, a, course.Slug(c.Slug), c.Number, c.Note)
		return err
	})
	return c.said("restored", err)
}

type editionsWithdrawCmd struct {
	act
	Reason string `help:"Why, for authors and administrators." short:"m"`
}

// Run withdraws the edition.
func (c *editionsWithdrawCmd) Run(ctx context.Context) error {
	err := c.do(ctx, "withdraw", map[string]string{"reason": c.Reason}, func(p *lms.Publishing, a lms.Actor) error {
		_, err := p.Withdraw(ctx, a, course.Slug(c.Slug), c.Number, c.Reason)
		return err
	})
	return c.said("withdrawn", err)
}

type editionsOfferCmd struct{ act }

// Run offers the edition again.
func (c *editionsOfferCmd) Run(ctx context.Context) error {
	err := c.do(ctx, "offer", struct{}{}, func(p *lms.Publishing, a lms.Actor) error {
		_, err := p.Offer(ctx, a, course.Slug(c.Slug), c.Number)
		return err
	})
	return c.said("offered again", err)
}

// said says what was done.
func (a act) said(done string, err error) error {
	if err == nil {
		fmt.Printf("%s@%d: %s\n", a.Slug, a.Number, done)
	}
	return err
}

type editionsRebuildCmd struct {
	place
	Slug string `arg:"" optional:"" help:"Only this course."`
}

// Run goes through all editions, says what became of each, and fails when any was refused.
func (c *editionsRebuildCmd) Run(ctx context.Context) error {
	house, err := wiring.Open(ctx, c.options("http://localhost"))
	if err != nil {
		return err
	}
	defer house.Close()
	heads, err := c.courses(ctx, house.School.Library)
	if err != nil {
		return err
	}
	again, refused := 0, 0
	for _, head := range heads {
		for _, e := range head.Editions {
			changed, err := house.School.Publishing.Rebuild(ctx, head.Slug, e.Number)
			switch {
			case lms.Is(err, lms.Conflict):
				refused++
				fmt.Printf("%s@%d: refused, as it would differ in %s\n", head.Slug, e.Number, differences(err))
			case err != nil:
				return fmt.Errorf("%s@%d: %w", head.Slug, e.Number, err)
			case changed:
				again++
				fmt.Printf("%s@%d: rendered again\n", head.Slug, e.Number)
			default:
				fmt.Printf("%s@%d: as it was\n", head.Slug, e.Number)
			}
		}
	}
	if again > 0 {
		fmt.Println("A server that runs shows them after its next start.")
	}
	if refused > 0 {
		return fmt.Errorf("%d refused: they stay as they were", refused)
	}
	return nil
}

func (c *editionsRebuildCmd) courses(ctx context.Context, l *lms.Library) ([]lms.Course, error) {
	if c.Slug == "" {
		all, _, err := l.Courses(ctx, "", 0)
		return all, err
	}
	head, err := l.Find(ctx, course.Slug(c.Slug))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Slug, err)
	}
	return []lms.Course{head}, nil
}

// differences are the aspects that a refusal names, each with its objects.
func differences(err error) string {
	e, _ := errors.AsType[*lms.Error](err)
	var out []string
	for _, aspect := range slices.Sorted(maps.Keys(e.Fields)) {
		out = append(out, fmt.Sprintf("%s (%s)", aspect, e.Fields[aspect]))
	}
	return strings.Join(out, ", ")
}
