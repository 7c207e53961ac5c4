package webinar

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
)

// Seen is a webinar as the actor sees it: its meeting's address, its code and the list of the invited only where they keep it.
type Seen struct {
	Webinar
	Now      State
	Keeps    bool
	Allowed  []Deed // what who keeps it may do now
	Capacity int    // 0 is no limit
	Seated   int
	Waiting  int
	Mine     cohort.Place // where the actor is in it; "" is nowhere
	Position int          // in the queue, from 1
	Why      error        // why the actor cannot register now, in whichever way; nil where they can
	Door     error        // why people cannot enter now; nil where they can
}

// hidden is a webinar without what is only for those who keep it.
func (w Webinar) hidden() Webinar {
	w.Key, w.Terms.Link, w.Terms.Code, w.Terms.Invited = "", "", "", nil
	return w
}

// Find reads a webinar by its address: a published one that is not reserved, by anybody, signed in or not; a reserved one, by those it is for and those in
// it; every one by those who keep it.
func (s *Webinars) Find(ctx context.Context, a lms.Actor, slug string) (Seen, error) {
	w, err := s.bySlug(ctx, slug)
	if err != nil {
		return Seen{}, err
	}
	return s.see(ctx, a, w)
}

// FindByID is Find by the id.
func (s *Webinars) FindByID(ctx context.Context, a lms.Actor, id ID) (Seen, error) {
	w, err := s.byID(ctx, id)
	if err != nil {
		return Seen{}, err
	}
	return s.see(ctx, a, w)
}

func (s *Webinars) see(ctx context.Context, a lms.Actor, w Webinar) (v Seen, err error) {
	now := s.now()
	if a.Scope == lms.ScopePublish {
		return v, lms.Fail(lms.Forbidden, "error.scope")
	}
	v = Seen{Webinar: w.hidden(), Now: w.State(), Door: w.door(now, doorsOpen)}
	if a.Nobody() {
		if w.Published.IsZero() || w.Terms.Reserved {
			return Seen{}, unknown()
		}
		v.Seated, v.Waiting, v.Capacity, err = s.in.Cohorts.Count(ctx, string(w.ID))
		v.Why = cmp.Or(w.Permit(DeedRegister, now), error(lms.Fail(lms.SignIn, "error.signin")))
		return v, ofWebinar(err)
	}
	c, err := s.in.Cohorts.Webinar(ctx, a, string(w.ID))
	if err != nil {
		return Seen{}, ofWebinar(err)
	}
	v.Capacity, v.Seated, v.Waiting, v.Mine, v.Position = c.Capacity, c.Seated, c.Waiting, c.Mine, c.Position
	if v.Why = w.Permit(DeedRegister, now); v.Why == nil {
		v.Why = c.Why
	}
	if v.Keeps = a.Keeps(w.Within); v.Keeps {
		v.Webinar, v.Allowed = w, w.Allowed(now)
		v.Key = ""
	}
	return v, nil
}

// Listed is a webinar in a list that everybody sees.
type Listed struct {
	ID       ID
	Slug     string
	Terms    Terms // without its link and codes
	Owner    string
	Now      State
	Sequence int
}

func (s *Webinars) listed(ctx context.Context, w Webinar) (Listed, error) {
	o, err := s.in.School.Organisations.Find(ctx, w.Organisation)
	return Listed{ID: w.ID, Slug: w.Slug, Terms: w.hidden().Terms, Owner: o.Name, Now: w.State(), Sequence: w.Sequence}, unlessNotFound(err)
}

// ToCome lists the public webinars that are not over, by their end: those of a page by months, of feeds for everybody.
func (s *Webinars) ToCome(ctx context.Context) ([]Listed, error) {
	out, _, err := s.public(ctx, lms.Query{Index: "public", From: lms.TimeKey(s.now())})
	return out, err
}

// Reserved lists the reserved webinars that are not over and that the actor may see, by their end: those for them, those they are in or keep. There are none
// for nobody.
func (s *Webinars) Reserved(ctx context.Context, a lms.Actor) ([]Listed, error) {
	if a.Nobody() {
		return nil, nil
	}
	var out []Listed
	for w, err := range s.webinars.List(ctx, lms.Query{Index: "reserved", From: lms.TimeKey(s.now())}) {
		if err == nil {
			_, err = s.see(ctx, a, w)
		}
		if lms.Is(err, lms.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		l, err := s.listed(ctx, w)
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, nil
}

// Past lists the public webinars that are over, the latest first, one page at a time.
func (s *Webinars) Past(ctx context.Context, at lms.PageAt) ([]Listed, string, error) {
	return s.public(ctx, lms.Query{Index: "public", To: lms.TimeKey(s.now()), Reverse: true, After: at.After, Limit: at.Limit})
}

func (s *Webinars) public(ctx context.Context, q lms.Query) ([]Listed, string, error) {
	page, next, err := s.webinars.Page(ctx, q)
	var out []Listed
	for _, w := range page {
		l, err := s.listed(ctx, w)
		if err != nil {
			return nil, "", err
		}
		out = append(out, l)
	}
	return out, next, err
}

// maxFound is how many a search gives.
const maxFound = 100

// Search finds public webinars, past ones too, by the beginnings of words in title, series and names of speakers; the latest first.
func (s *Webinars) Search(ctx context.Context, text string) ([]Listed, error) {
	words := wordsOf(text)
	if len(words) == 0 {
		return nil, nil
	}
	longest := slices.MaxFunc(words, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	found, _, err := s.webinars.Page(ctx, lms.Query{Index: "word", Prefix: longest, Limit: 10 * maxFound})
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(w Webinar) bool {
		has := w.words()
		return slices.ContainsFunc(words, func(word string) bool {
			return !slices.ContainsFunc(has, func(h string) bool { return strings.HasPrefix(h, word) })
		})
	})
	slices.SortFunc(found, func(a, b Webinar) int { return b.Terms.Starts.Compare(a.Terms.Starts) })
	var out []Listed
	for _, w := range found[:min(len(found), maxFound)] {
		l, err := s.listed(ctx, w)
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, nil
}

// Series lists the public dates of a webinar's series, the first first; none where it is in no series.
func (s *Webinars) Series(ctx context.Context, w Webinar) ([]Listed, error) {
	if w.Terms.Series == "" {
		return nil, nil
	}
	var out []Listed
	for o, err := range s.webinars.List(ctx, lms.Query{Index: "series", Prefix: w.seriesKey()}) {
		if err != nil {
			return nil, err
		}
		if !o.listed() {
			continue
		}
		l, err := s.listed(ctx, o)
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, nil
}

// Kept lists the webinars of the organisations whose people the actor keeps, drafts and cancelled ones too, the latest first.
func (s *Webinars) Kept(ctx context.Context, a lms.Actor) ([]Seen, error) {
	if a.Nobody() {
		return nil, lms.Fail(lms.SignIn, "error.signin")
	}
	if len(a.Kept()) == 0 {
		return nil, lms.Fail(lms.Forbidden, "error.role")
	}
	var out []Seen
	for _, root := range a.Kept() {
		for w, err := range s.webinars.List(ctx, lms.Query{Index: "within", Prefix: string(root) + "/", Reverse: true}) {
			if err != nil {
				return nil, err
			}
			if slices.ContainsFunc(out, func(o Seen) bool { return o.ID == w.ID }) {
				continue
			}
			v, err := s.see(ctx, a, w)
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
	}
	slices.SortStableFunc(out, func(x, y Seen) int { return y.Terms.Starts.Compare(x.Terms.Starts) })
	return out, nil
}

// Mine is a webinar that the actor is or was in.
type Mine struct {
	Listed
	Place cohort.Place
	Enter string // path; "" for who has no seat
}

// Mine lists the webinars that the actor is or was in, the latest registration first.
func (s *Webinars) Mine(ctx context.Context, a lms.Actor) ([]Mine, error) {
	if a.Nobody() {
		return nil, lms.Fail(lms.SignIn, "error.signin")
	}
	var out []Mine
	for r, err := range s.in.Cohorts.Webinars(ctx, a.ID) {
		if err != nil {
			return nil, err
		}
		w, err := s.byID(ctx, ID(r.Webinar))
		if err != nil {
			return nil, err
		}
		l, err := s.listed(ctx, w)
		if err != nil {
			return nil, err
		}
		m := Mine{Listed: l, Place: r.Place()}
		if m.Place.Has() {
			m.Enter = w.enterPath(a.ID)
		}
		out = append(out, m)
	}
	return out, nil
}

// Seats lists the webinars in which somebody has a seat and that are neither over nor cancelled, the next first. It asks nobody.
func (s *Webinars) Seats(ctx context.Context, p lms.PersonID) ([]Listed, error) {
	now, out := s.now(), []Listed(nil)
	for r, err := range s.in.Cohorts.Webinars(ctx, p) {
		if err != nil {
			return nil, err
		}
		if !r.Place().Has() {
			continue
		}
		w, err := s.byID(ctx, ID(r.Webinar))
		if err != nil {
			return nil, err
		}
		if state := w.State(); state == Cancelled || state == Closed || !now.Before(w.Terms.Ends) {
			continue
		}
		l, err := s.listed(ctx, w)
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	slices.SortFunc(out, func(x, y Listed) int { return x.Terms.Starts.Compare(y.Terms.Starts) })
	return out, nil
}

// photoWidth is how wide the picture of a speaker is kept at least, where it was that wide.
const photoWidth = 480

// SetPhoto gives a speaker, counted from 0, the picture that somebody uploaded, written anew.
func (s *Webinars) SetPhoto(ctx context.Context, a lms.Actor, id ID, speaker int, upload io.ReadSeeker) (Webinar, error) {
	w, err := s.kept(ctx, a, id)
	if err != nil {
		return w, err
	}
	if speaker < 0 || speaker >= len(w.Terms.Speakers) {
		return w, lms.Wrong("speaker", "error.invalid")
	}
	all, err := s.in.Redraw(upload)
	if err != nil || len(all) == 0 {
		return w, lms.Wrong("photo", "error.webinar.photo")
	}
	best := all[0]
	for _, p := range all {
		if p.Width >= photoWidth && p.Width < best.Width {
			best = p
		}
	}
	sum := sha256.Sum256(best.Bytes)
	hash := hex.EncodeToString(sum[:])
	if err := s.in.Objects.Put(ctx, photoKey(hash), bytes.NewReader(best.Bytes), int64(len(best.Bytes)), best.Type); err != nil {
		return w, fmt.Errorf("keep the picture of a speaker: %w", err)
	}
	name := w.Terms.Speakers[speaker].Name
	return s.decide(ctx, a, id, "webinar.revise", func(w *Webinar) error {
		if speaker >= len(w.Terms.Speakers) || w.Terms.Speakers[speaker].Name != name {
			return conflict("error.stale")
		}
		w.Terms.Speakers[speaker].Photo = hash
		return w.Permit(DeedRevise, s.now())
	})
}

func photoKey(hash string) string { return "webinar-photos/" + hash }

// OpenPhoto opens the picture of a speaker for whoever may see the webinar. The caller closes it.
func (s *Webinars) OpenPhoto(ctx context.Context, a lms.Actor, slug, hash string) (lms.Object, error) {
	v, err := s.Find(ctx, a, slug)
	if err != nil {
		return nil, err
	}
	if hash == "" || !slices.ContainsFunc(v.Terms.Speakers, func(sp Speaker) bool { return sp.Photo == hash }) {
		return nil, lms.Fail(lms.NotFound, "error.media.unknown")
	}
	return s.in.Objects.Open(ctx, photoKey(hash))
}
