package studio

import (
	"context"
	"strings"

	"aulacomune/course"
	"aulacomune/lms"
)

// Review is what an author sees before publishing.
type Review struct {
	Compiled
	Newest lms.Edition  // of the published course; Number 0 when it was never published
	Diff   *course.Diff // against it; nil when it was never published
}

// Review compiles what would be published and compares it with the latest edition. The whole draft is read again for it.
func (s *Studio) Review(ctx context.Context, a lms.Actor, id DraftID) (Review, error) {
	d, err := s.Draft(ctx, a, id)
	if err != nil {
		return Review{}, err
	}
	s.drop(id)
	c, err := s.compile(ctx, d, nil)
	out := Review{Compiled: c}
	if err != nil || c.Course.Slug == "" {
		return out, err
	}
	head, err := s.school.Library.Find(ctx, c.Course.Slug)
	if err != nil || head.Organisation != d.Organisation { // a slug of somebody else's is refused by publishing
		return out, unlessNotFound(err)
	}
	newest, err := s.school.Library.Open(ctx, head.Newest().Hash)
	if err != nil {
		return out, err
	}
	diff := course.Compare(*newest, c.Course)
	out.Newest, out.Diff = head.Newest(), &diff
	return out, nil
}

// drop lets a draft be read from the records again.
func (s *Studio) drop(id DraftID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.desks, id)
}

// Seen is what an author has reviewed: the hash of what the draft compiles to, and the number of the edition that it was compared with.
type Seen struct {
	Hash  course.Hash
	After int // 0 for a course that was never published
}

// Seen is what whoever reads the review sees.
func (r Review) Seen() Seen { return Seen{r.Course.Hash, r.Newest.Number} }

// Publish publishes a draft as the next edition of its course. With errors among the findings nothing is published and the error is Invalid; it is
// Conflict when the draft, or the edition that it follows, is not what the author has seen.
func (s *Studio) Publish(ctx context.Context, a lms.Actor, id DraftID, seen Seen, note string) (lms.Publication, error) {
	r, err := s.Review(ctx, a, id)
	if err != nil {
		return lms.Publication{}, err
	}
	out := lms.Publication{Findings: r.Findings}
	if r.Seen() != seen {
		return out, &lms.Error{Kind: lms.Conflict, Message: "error.draft.unseen"}
	}
	if course.HasErrors(r.Findings) {
		return out, lms.Wrong("body", "error.publish.findings")
	}
	archive, err := s.tools.Pack(filesOf(r.Files), r.Course)
	if err != nil {
		return out, err
	}
	out, err = s.school.Publishing.Publish(ctx, a, r.Draft.Organisation, archive, strings.TrimSpace(note))
	if err != nil {
		return out, err
	}
	_, err = s.drafts.Change(ctx, string(id), func(d *Draft) error {
		d.From, d.Published = out.Edition.Number, s.now()
		return nil
	})
	return out, err
}
