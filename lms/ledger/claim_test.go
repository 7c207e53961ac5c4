package ledger_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"aulacomune/lms"
	"aulacomune/lms/ledger"
	"aulacomune/lms/lmstest"
)

func TestExternalTrainingIsDeclaredAndValidated(t *testing.T) {
	b := newBooks(t)
	c := b.claim(b.anna, "Un corso all'università", 300)
	if n, err := b.CountWaiting(t.Context(), b.referent); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	waiting, _, err := b.Waiting(t.Context(), b.referent, "", lms.PageAt{})
	if err != nil || len(waiting) != 1 || waiting[0].ID != c.ID || waiting[0].Name != "Anna Rossi" {
		t.Fatal(waiting, err)
	}
	_, err = b.Decide(t.Context(), b.referent, c.ID, ledger.Decision{Accept: true, Minutes: 240})
	b.Kind(err, lms.Invalid, "error.hours.reason")
	_, err = b.Decide(t.Context(), b.referent, c.ID, ledger.Decision{Accept: true, Minutes: 400, Reason: "Ne valeva di più, a parer mio"})
	b.Kind(err, lms.Invalid, "error.claim.minutes")
	c, err = b.Decide(t.Context(), b.referent, c.ID, ledger.Decision{Accept: true, Minutes: 240, Area: "specialistica", Reason: "Senza la pausa pranzo"})
	b.OK(err)
	got := b.year(b.anna, b.anna, 2026)
	if h := got.Rows[0]; got.Minutes != 240 || h.Kind != ledger.External || h.Validated != b.referent.ID || h.Evidence.Claim != c.ID || h.Area != "specialistica" || h.To != "2026-02-11" {
		t.Errorf("%+v", got.Rows)
	}
	letters := b.Letters("anna", "hours.accepted")
	if len(letters) != 1 || letters[0].Words["hours"] != "4:00" || letters[0].Words["declared"] != "5:00" || letters[0].Words["reason"] == "" {
		t.Errorf("%+v", letters)
	}
	if acts := b.Acts("hours.validate"); len(acts) != 1 || acts[0].Person != b.anna.ID {
		t.Errorf("%+v", acts)
	}
	_, err = b.Decide(t.Context(), b.admin, c.ID, ledger.Decision{Reason: "Ho cambiato idea su questo"})
	b.Kind(err, lms.Conflict, "error.claim.decided")
	b.Kind(b.Withdraw(t.Context(), b.anna, c.ID), lms.Conflict, "error.claim.decided")
}

func TestARefusalSaysWhy(t *testing.T) {
	b := newBooks(t)
	c := b.claim(b.anna, "Un corso di cucina", 300)
	_, err := b.Decide(t.Context(), b.referent, c.ID, ledger.Decision{Reason: "no"})
	b.Kind(err, lms.Invalid, "error.hours.reason")
	_, err = b.Decide(t.Context(), b.referent, c.ID, ledger.Decision{Reason: "Non riguarda il lavoro dell'ente"})
	b.OK(err)
	got := b.year(b.anna, b.anna, 2026)
	if got.Minutes != 0 || got.Claims[0].State != ledger.Refused || got.Claims[0].Last().Reason != "Non riguarda il lavoro dell'ente" {
		t.Errorf("%+v", got.Claims)
	}
	if l := b.Letters("anna", "hours.refused"); len(l) != 1 {
		t.Errorf("%+v", l)
	}
}

// When the row or the letter cannot be made at once, the decision stands, and the sweep does the rest, once.
func TestADecisionIsFollowedUp(t *testing.T) {
	b := newBooks(t)
	c := b.claim(b.anna, "Un corso", 300)
	b.Lose(true)
	_, err := b.Decide(t.Context(), b.referent, c.ID, ledger.Decision{Accept: true})
	b.OK(err)
	if got := b.year(b.anna, b.anna, 2026); got.Minutes != 300 || got.Claims[0].State != ledger.Accepted || got.Claims[0].Said {
		t.Errorf("%d minutes, %+v", got.Minutes, got.Claims)
	}
	b.Lose(false)
	for range 2 {
		b.Sweep()
	}
	if got := b.year(b.anna, b.anna, 2026); got.Minutes != 300 || !got.Claims[0].Said || len(b.Letters("anna", "")) != 1 {
		t.Errorf("%d minutes, %d letters", got.Minutes, len(b.Letters("anna", "")))
	}
}

func TestTwoDecideAtOnce(t *testing.T) {
	b := newBooks(t)
	c := b.claim(b.anna, "Un corso", 300)
	var done, late atomic.Int32
	lmstest.Together(8, func(i int) {
		d := ledger.Decision{Accept: i%2 == 0, Reason: "Lo dico io che decido"}
		switch _, err := b.Decide(context.WithoutCancel(b.T.Context()), b.admin, c.ID, d); {
		case err == nil:
			done.Add(1)
		case lms.Is(err, lms.Conflict):
			late.Add(1)
		default:
			t.Error(err)
		}
	})
	got := b.year(b.anna, b.anna, 2026)
	if done.Load() != 1 || late.Load() != 7 || (got.Minutes == 300) != (got.Claims[0].State == ledger.Accepted) {
		t.Errorf("%d done, %d late, %d minutes, %s", done.Load(), late.Load(), got.Minutes, got.Claims[0].State)
	}
}

func TestNobodyDecidesForThemselves(t *testing.T) {
	b := newBooks(t)
	c := b.claim(b.referent, "Un corso", 300)
	_, err := b.Decide(t.Context(), b.referent, c.ID, ledger.Decision{Accept: true})
	b.Kind(err, lms.Forbidden, "error.hours.own")
	_, err = b.Decide(t.Context(), b.boss, c.ID, ledger.Decision{Accept: true})
	b.OK(err)
}

func TestWhatIsNoAttestato(t *testing.T) {
	b := newBooks(t)
	picture := image.NewGray(image.Rect(0, 0, 4, 4))
	var asPNG, asJPEG bytes.Buffer
	b.OK(png.Encode(&asPNG, picture))
	b.OK(jpeg.Encode(&asJPEG, picture, nil))
	for _, c := range []struct {
		name, called string
		file         []byte
		fault, as    string
	}{
		{"a PDF", `C:\Documenti\Attestato "finale".PDF`, pdf("x"), "", "Attestato -finale.pdf application/pdf"},
		{"a PNG with another name", "../../etc/passwd", asPNG.Bytes(), "", "passwd.png image/png"},
		{"a JPEG", "scansione.jpeg", asJPEG.Bytes(), "", "scansione.jpg image/jpeg"},
		{"no name", "…", pdf("y"), "", "attestato.pdf application/pdf"},
		{"nothing", "a.pdf", nil, "error.file.none", ""},
		{"a page", "a.pdf", []byte("<html><script>alert(1)</script>"), "error.claim.file", ""},
		{"a drawing", "a.svg", []byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), "error.claim.file", ""},
		{"half a PDF", "a.pdf", []byte("%PDF-1.4 and no end"), "error.claim.file", ""},
		{"a PNG that is none", "a.png", []byte("\x89PNG\r\n\x1a\nno more"), "error.claim.file", ""},
		{"too large", "a.pdf", pdf(strings.Repeat("x", ledger.MaxFile)), "error.claim.large", ""},
	} {
		got, err := b.Declare(t.Context(), b.anna, ledger.Claim{Title: "T", Provider: "P", From: "2026-02-10", Minutes: 60}, c.called, c.file)
		if c.fault != "" {
			if e, ok := errors.AsType[*lms.Error](err); !ok || e.Fields["file"] != c.fault {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		if as := got.File.Name + " " + got.File.Type; err != nil || as != c.as || got.To != "2026-02-10" {
			t.Errorf("%s: %q %v", c.name, as, err)
		}
	}
}

func TestWhatIsWrongWithAClaim(t *testing.T) {
	b := newBooks(t)
	good := ledger.Claim{Title: "T", Provider: "P", From: "2026-02-10", To: "2026-02-11", Minutes: 60}
	for _, c := range []struct {
		field, message string
		change         func(*ledger.Claim)
	}{
		{"title", "error.required", func(c *ledger.Claim) { c.Title = "  " }},
		{"provider", "error.long", func(c *ledger.Claim) { c.Provider = strings.Repeat("à", 201) }},
		{"to", "error.hours.order", func(c *ledger.Claim) { c.To = "2026-02-01" }},
		{"from", "error.hours.day", func(c *ledger.Claim) { c.From, c.To = "", "" }},
		{"from", "error.hours.day", func(c *ledger.Claim) { c.From, c.To = "31/02", "" }},
		{"to", "error.hours.day", func(c *ledger.Claim) { c.To = "31/02" }},
		{"from", "error.claim.future", func(c *ledger.Claim) { c.From, c.To = "2026-03-03", "" }},
		{"minutes", "error.claim.day", func(c *ledger.Claim) { c.Minutes = 48*60 + 1 }},
		{"to", "error.claim.future", func(c *ledger.Claim) { c.To = "2026-03-03" }},
		{"to", "error.claim.old", func(c *ledger.Claim) { c.From, c.To = "2024-12-30", "2024-12-31" }},
		{"minutes", "error.hours.minutes", func(c *ledger.Claim) { c.Minutes = 0 }},
		{"area", "error.area.unknown", func(c *ledger.Claim) { c.Area = "nessuna" }},
		{"outcome", "error.invalid", func(c *ledger.Claim) { c.Outcome = "boh" }},
		{"kind", "error.invalid", func(c *ledger.Claim) { c.Kind = "boh" }},
	} {
		claim := good
		c.change(&claim)
		_, err := b.Declare(t.Context(), b.anna, claim, "a.pdf", pdf("x"))
		if e, ok := errors.AsType[*lms.Error](err); !ok || e.Kind != lms.Invalid || e.Fields[c.field] != c.message || len(e.Fields) != 1 {
			t.Errorf("%s: %v, want %s", c.field, err, c.message)
		}
	}
	for i := range 40 {
		_, err := b.Declare(t.Context(), b.anna, good, "a.pdf", pdf(strconv.Itoa(i)))
		b.OK(err)
	}
	_, err := b.Declare(t.Context(), b.anna, good, "a.pdf", pdf("x"))
	b.Kind(err, lms.TooMany, "error.claim.many")
}

// An attestato counts once for each person, unless it was refused or withdrawn; what looks like another claim is shown to whoever decides.
func TestTheSameTrainingTwice(t *testing.T) {
	b := newBooks(t)
	again := func(a lms.Actor) (ledger.Claim, error) {
		return b.Declare(t.Context(), a, ledger.Claim{Title: "Altro", Provider: "Università", From: "2026-02-10", Minutes: 60}, "altro.pdf", pdf("Un corso"))
	}
	first := b.claim(b.anna, "Un corso", 300)
	held, err := again(b.anna)
	b.Kind(err, lms.Conflict, "error.claim.same")
	if held.ID != first.ID {
		t.Errorf("held by %+v", held)
	}
	_, err = again(b.bruno)
	b.OK(err)
	_, err = b.Decide(t.Context(), b.referent, first.ID, ledger.Decision{Reason: "Non si legge chi l'ha tenuto"})
	b.OK(err)
	second, err := again(b.anna)
	b.OK(err)
	b.OK(b.Withdraw(t.Context(), b.anna, second.ID))
	_, err = again(b.anna)
	b.OK(err)
	declare := func(title string, from, to ledger.Day) ledger.ClaimID {
		t.Helper()
		c, err := b.Declare(t.Context(), b.anna, ledger.Claim{Title: title, Provider: "Ateneo", From: from, To: to, Minutes: 60}, "a.pdf", pdf(title+string(from)))
		b.OK(err)
		return c.ID
	}
	for _, c := range []struct {
		title    string
		from, to ledger.Day
		want     int
	}{
		{"ALTRO", "2026-02-09", "2026-02-10", 1}, {"Altro", "2026-02-11", "2026-02-12", 0}, {"Un corso", "2026-02-10", "2026-02-10", 0}, // it was refused
	} {
		if got, err := b.Alike(t.Context(), b.referent, declare(c.title, c.from, c.to)); err != nil || len(got) != c.want {
			t.Errorf("%s of %s: %d alike, %v", c.title, c.from, len(got), err)
		}
	}
}

// The attestato is read by the person and by whoever keeps the people of the ente, and by nobody else, not even the manager.
func TestWhoReadsAnAttestato(t *testing.T) {
	b := newBooks(t)
	c := b.claim(b.anna, "Un corso", 300)
	for _, r := range []struct {
		name string
		a    lms.Actor
		may  bool
	}{
		{"she herself", b.anna, true}, {"the referent", b.referent, true}, {"the administrator", b.admin, true}, {"the one above", b.boss, true},
		{"her manager", b.manager, false}, {"a colleague", b.bruno, false}, {"an author", b.author, false}, {"another ente", b.beside, false}, {"a part", b.below, false}, {"nobody", lms.Actor{}, false},
	} {
		got, o, err := b.OpenFile(t.Context(), r.a, c.ID)
		if !r.may {
			if err == nil || r.a.ID != "" && !lms.Is(err, lms.NotFound) {
				t.Errorf("%s: %v", r.name, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", r.name, err)
			continue
		}
		text, err := io.ReadAll(o)
		b.OK(errors.Join(err, o.Close()))
		if !bytes.Equal(text, pdf("Un corso")) || got.File.Name != "attestato.pdf" {
			t.Errorf("%s: %q", r.name, text)
		}
	}
	if acts := b.Acts("hours.read"); len(acts) != 3 {
		t.Errorf("%d acts", len(acts))
	}
	b.OK(b.Withdraw(t.Context(), b.anna, c.ID))
	if _, _, err := b.OpenFile(t.Context(), b.anna, c.ID); !lms.Is(err, lms.NotFound) {
		t.Errorf("withdrawn: %v", err)
	}
	for o, err := range b.Objects.List(t.Context(), "hours/") {
		t.Errorf("%s is left, %v", o.Key, err)
	}
}
