package studio

import (
	"cmp"
	"context"
	"crypto/rand"
	"io"
	"slices"
	"strings"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
)

// DraftID names a draft.
type DraftID string

// Draft is a course that is being written. It belongs to an organisation; its authors, and those of the organisations above, write it.
type Draft struct {
	ID           DraftID              `json:"id"`
	Organisation lms.OrganisationID   `json:"organisation"`
	Within       []lms.OrganisationID `json:"within"`
	Slug         course.Slug          `json:"slug"`  // as course.yaml says
	Title        string               `json:"title"` // as course.yaml says
	From         int                  `json:"from,omitempty"`
	At           time.Time            `json:"at"`
	By           lms.PersonID         `json:"by"`
	Changed      time.Time            `json:"changed"`
	ChangedBy    lms.PersonID         `json:"changed_by"`
	Published    time.Time            `json:"published,omitzero"` // last, from here
	Discarded    time.Time            `json:"discarded,omitzero"`
	Changes      []Change             `json:"changes,omitempty"` // the last ones
}

// Change says that a file changed, so that other processes read it again.
type Change struct {
	Number int    `json:"number"` // from 1
	Path   string `json:"path"`
}

// keptChanges is how far another process may be behind before it reads the whole draft again.
const keptChanges = 40

// discardedLife is how long a draft that was thrown away can be taken back.
const discardedLife = 30 * 24 * time.Hour

// drafts says how drafts are kept.
var drafts = lms.Noun[Draft]{
	Name: "drafts",
	ID:   func(d Draft) string { return string(d.ID) },
	Indexes: []lms.Index[Draft]{
		{Name: "within", Many: true, Keys: func(d Draft) []string {
			var keys []string
			for _, o := range d.Within {
				keys = append(keys, string(o)+"/"+lms.Fold(d.Title))
			}
			return keys
		}},
		{Name: "discarded", Keys: func(d Draft) []string {
			if d.Discarded.IsZero() {
				return nil
			}
			return []string{d.Discarded.Format(time.RFC3339)}
		}},
	},
}

// number is that of the last change.
func (d Draft) number() int {
	if len(d.Changes) == 0 {
		return 0
	}
	return d.Changes[len(d.Changes)-1].Number
}

// since lists the paths that changed after a change; ok is false when that is too long ago to say.
func (d Draft) since(number int) (paths []string, ok bool) {
	for _, c := range d.Changes {
		if c.Number > number {
			paths = append(paths, c.Path)
		}
	}
	return paths, len(paths) == d.number()-number
}

// changed notes that files changed.
func (d *Draft) changed(by lms.PersonID, at time.Time, paths ...string) {
	for _, p := range paths {
		d.Changes = append(d.Changes, Change{d.number() + 1, p})
	}
	d.Changes = slices.Clone(d.Changes[max(0, len(d.Changes)-keptChanges):])
	d.Changed, d.ChangedBy = at, by
}

// Drafts lists what the actor may write, the latest changed first.
func (s *Studio) Drafts(ctx context.Context, a lms.Actor) ([]Draft, error) {
	if err := a.Must(lms.Author); err != nil {
		return nil, err
	}
	out := []Draft{}
	for _, root := range a.Roots(lms.Author) {
		for d, err := range s.drafts.List(ctx, lms.Query{Index: "within", Prefix: string(root) + "/"}) {
			if err != nil {
				return nil, err
			}
			if !slices.ContainsFunc(out, func(o Draft) bool { return o.ID == d.ID }) {
				out = append(out, d)
			}
		}
	}
	slices.SortStableFunc(out, func(x, y Draft) int { return y.Changed.Compare(x.Changed) })
	return out, nil
}

// Draft reads one that the actor may write; NotFound for whoever may not.
func (s *Studio) Draft(ctx context.Context, a lms.Actor, id DraftID) (Draft, error) {
	if err := a.Must(lms.Author); err != nil {
		return Draft{}, err
	}
	d, err := s.drafts.Find(ctx, string(id))
	if lms.Is(err, lms.NotFound) || err == nil && !a.Has(lms.Author, d.Within) {
		return Draft{}, lms.Fail(lms.NotFound, "error.draft.unknown")
	}
	return d, err
}

// Start is what is asked to begin a course.
type Start struct {
	Organisation lms.OrganisationID // "" means the author's own
	Title        string
	Summary      string
	Lang         string // "" means Italian
}

// Begin makes a draft with a course.yaml and nothing else.
func (s *Studio) Begin(ctx context.Context, a lms.Actor, st Start) (Draft, error) {
	st.Title, st.Summary = strings.TrimSpace(st.Title), strings.TrimSpace(st.Summary)
	if st.Title == "" {
		return Draft{}, lms.Wrong("title", "error.required")
	}
	st.Lang = cmp.Or(st.Lang, "it")
	manifest := s.tools.Manifest(st)
	return s.begin(ctx, a, st.Organisation, Files{Texts: map[string][]byte{Manifest: manifest}}, 0)
}

// FromEdition makes a draft of what an edition was made from, the way a later edition begins.
func (s *Studio) FromEdition(ctx context.Context, a lms.Actor, slug course.Slug, number int) (Draft, error) {
	e, source, err := s.school.Publishing.Source(ctx, a, slug, number)
	if err != nil {
		return Draft{}, err
	}
	defer source.Close()
	files, err := s.sources(ctx, e, source)
	if err != nil {
		return Draft{}, err
	}
	head, err := s.school.Library.Find(ctx, slug)
	if err != nil {
		return Draft{}, err
	}
	return s.begin(ctx, a, head.Organisation, files, number)
}

// sources are the files of an edition.
func (s *Studio) sources(ctx context.Context, e lms.Edition, source io.Reader) (Files, error) {
	archive, err := io.ReadAll(source)
	if err != nil {
		return Files{}, err
	}
	made, err := s.school.Library.Open(ctx, e.Hash)
	if err != nil {
		return Files{}, err
	}
	texts, err := s.tools.Unpack(archive)
	if err != nil {
		return Files{}, err
	}
	files := Files{Texts: texts, Media: map[string]course.Media{}}
	for _, m := range made.Media {
		if texts[m.Path] == nil {
			files.Media[m.Path] = m
		}
	}
	return files, nil
}

// begin stores files as a new draft of an organisation: the files first, so that a draft that is listed is whole.
func (s *Studio) begin(ctx context.Context, a lms.Actor, org lms.OrganisationID, files Files, from int) (Draft, error) {
	within, err := s.owner(ctx, a, org)
	if err != nil {
		return Draft{}, err
	}
	now := s.now()
	d := Draft{ID: DraftID(strings.ToLower(rand.Text()[:12])), Organisation: within[len(within)-1], Within: within, From: from, At: now, By: a.ID, Changed: now, ChangedBy: a.ID}
	d.named(s.tools.Outline(files))
	for _, f := range files.records(d.ID, a.ID, now) {
		if err := s.files.Add(ctx, f); err != nil {
			return Draft{}, err
		}
	}
	return d, s.drafts.Add(ctx, d)
}

// named takes title and slug from course.yaml.
func (d *Draft) named(o Outline) {
	d.Title, d.Slug = cmp.Or(o.Title, d.Title), course.Slug(cmp.Or(o.Slug, string(d.Slug)))
}

// owner is an organisation for which the actor writes, from the root down.
func (s *Studio) owner(ctx context.Context, a lms.Actor, org lms.OrganisationID) ([]lms.OrganisationID, error) {
	if err := a.Must(lms.Author); err != nil {
		return nil, err
	}
	o, err := s.school.Organisations.Find(ctx, cmp.Or(org, a.Roots(lms.Author)[0]))
	if err != nil || !a.Has(lms.Author, o.Within) {
		return nil, cmp.Or(unlessNotFound(err), error(lms.Wrong("organisation", "error.organisation.unknown")))
	}
	return o.Within, nil
}

func unlessNotFound(err error) error {
	if lms.Is(err, lms.NotFound) {
		return nil
	}
	return err
}

// Discard throws a draft away. For thirty days it can be taken back; what was published of it stays.
func (s *Studio) Discard(ctx context.Context, a lms.Actor, id DraftID) error {
	return s.discarded(ctx, a, id, s.now())
}

// Recover takes a draft back that was thrown away.
func (s *Studio) Recover(ctx context.Context, a lms.Actor, id DraftID) error {
	return s.discarded(ctx, a, id, time.Time{})
}

func (s *Studio) discarded(ctx context.Context, a lms.Actor, id DraftID, at time.Time) error {
	if _, err := s.Draft(ctx, a, id); err != nil {
		return err
	}
	_, err := s.drafts.Change(ctx, string(id), func(d *Draft) error {
		d.Discarded = at
		return nil
	})
	return err
}

// Sweep removes drafts that were thrown away long ago: first their files, so that what fails is tried again.
func (s *Studio) Sweep(ctx context.Context) error {
	over, err := s.drafts.All(ctx, lms.Query{Index: "discarded", To: s.now().Add(-discardedLife).Format(time.RFC3339)})
	if err != nil {
		return err
	}
	for _, d := range over {
		if err := removeAll(ctx, s.files, d.ID, File.id); err != nil {
			return err
		}
		if err := removeAll(ctx, s.versions, d.ID, Version.id); err != nil {
			return err
		}
		if err := unlessNotFound(s.drafts.Remove(ctx, string(d.ID))); err != nil {
			return err
		}
	}
	return nil
}

// removeAll removes the records of a draft.
func removeAll[T any](ctx context.Context, r *lms.Records[T], id DraftID, name func(T) string) error {
	all, err := r.All(ctx, lms.Query{Prefix: string(id) + "/"})
	for _, t := range all {
		err = cmp.Or(err, unlessNotFound(r.Remove(ctx, name(t))))
	}
	return err
}

// Follow gives drafts the place of their organisation in the tree, when an organisation has moved; place gives that, nil for one of elsewhere.
func (s *Studio) Follow(ctx context.Context, id lms.OrganisationID, place func(lms.OrganisationID) []lms.OrganisationID) error {
	for d, err := range s.drafts.List(ctx, lms.Query{Index: "within", Prefix: string(id) + "/"}) {
		if within := place(d.Organisation); err == nil && within != nil && !slices.Equal(d.Within, within) {
			_, err = s.drafts.Change(ctx, string(d.ID), func(d *Draft) error { d.Within = within; return nil })
		}
		if err != nil && !lms.Is(err, lms.NotFound) {
			return err
		}
	}
	return nil
}
