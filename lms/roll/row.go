package roll

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"

	"aulacomune/lms"
	"aulacomune/lms/sheet"
)

// reader goes through a file for somebody.
type reader struct {
	roll   *Roll
	intake Intake
	actor  lms.Actor
	rows   iter.Seq2[sheet.Row, error]
	seen   map[string]int // login → line of its first row
	names  map[string]int // ente and name → line of its first row
	enti   enti
}

// reader opens the file of an intake, for who brought it: with the roles they have now.
func (r *Roll) reader(ctx context.Context, i Intake) (*reader, error) {
	p, err := r.school.People.Known(ctx, i.By)
	if err != nil {
		return nil, err
	}
	a := lms.ActorOf(p, r.now(), lms.Everything)
	if !a.Keeps(i.Within) {
		return nil, lms.Fail(lms.Forbidden, "error.role")
	}
	file, err := r.file(ctx, i)
	if err != nil {
		return nil, err
	}
	all, err := limits().Read(file)
	if err != nil {
		return nil, err
	}
	d := &reader{roll: r, intake: i, actor: a, rows: behindHeadings(all), seen: map[string]int{}, names: map[string]int{}}
	if _, named := i.Columns[Organisation]; named {
		d.enti, err = r.enti(ctx, a)
	}
	return d, err
}

// behindHeadings are the rows without the first.
func behindHeadings(rows iter.Seq2[sheet.Row, error]) iter.Seq2[sheet.Row, error] {
	return func(yield func(sheet.Row, error) bool) {
		first := true
		for row, err := range rows {
			if first && err == nil {
				first = false
				continue
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// item is a row as it is judged.
type item struct {
	line     int
	person   lms.NewPerson
	wrong    error // what the rows before it say against it, or its ente
	namesake int   // the line of an earlier row of the same name
}

// item reads a row. Rows are read in their order: of two with the same login the first counts, whenever the file is read.
func (d *reader) item(row sheet.Row) item {
	it := item{line: row.Line, person: d.intake.Columns.person(row.Cell)}
	n := &it.person
	org, err := d.enti.find(string(n.Organisation))
	n.Organisation = cmp.Or(org, d.intake.Organisation)
	it.wrong, it.namesake = cmp.Or(err, d.twice(*n, row.Line)), d.namesake(*n, row.Line)
	return it
}

// judged is what a row does.
type judged struct {
	outcome
	problem Problem // of a row that does nothing
	glance  Glance
	likely  *Likely
}

// row says what a row does, and does it where the intake is being applied. An error is a fault of ours.
func (d *reader) row(ctx context.Context, it item) (judged, error) {
	j, err := d.judge(ctx, it)
	if e, ok := errors.AsType[*lms.Error](err); ok && (e.Kind == lms.Invalid || e.Kind == lms.Conflict) {
		return judged{outcome: isWrong, problem: Problem{it.line, name(it.person), fields(e)}}, nil
	}
	return j, err
}

// fields is what an error says of a row's fields; what it does not place stands at the e-mail address.
func fields(e *lms.Error) map[string]string {
	if len(e.Fields) == 0 {
		return map[string]string{string(Email): e.Message}
	}
	return e.Fields
}

func (d *reader) judge(ctx context.Context, it item) (j judged, err error) {
	people, n := d.roll.school.People, it.person
	org, err := people.Check(ctx, d.actor, &n)
	j.glance = glance(it, n, org)
	switch {
	case err != nil && !lms.Is(err, lms.Conflict):
		return j, err
	case it.wrong != nil:
		return j, it.wrong
	case err != nil:
		j.outcome, err = d.known(ctx, n, err)
		j.glance.Changed, j.glance.Role = true, lms.Learner
		return j, err
	}
	j.outcome = isNew
	if d.intake.State == Applying {
		var p lms.Person
		if p, err = people.Bring(ctx, n, org, string(d.intake.ID)); err == nil && d.intake.Invite {
			err = people.Invite(ctx, p)
		}
		return j, err
	}
	j.likely, err = d.likely(ctx, it, n, org)
	return j, err
}

// twice refuses a login that a row before has.
func (d *reader) twice(n lms.NewPerson, line int) error {
	wrong := map[string]string{}
	for field, login := range n.Logins() {
		if d.seen[login] != 0 {
			wrong[field] = "error.import.twice"
			continue
		}
		d.seen[login] = line
	}
	if len(wrong) == 0 {
		return nil
	}
	return &lms.Error{Kind: lms.Invalid, Message: "error.invalid", Fields: wrong}
}

// known says what a row does whose person is there already. Of somebody of another ente it says only that the row cannot be.
func (d *reader) known(ctx context.Context, n lms.NewPerson, taken error) (outcome, error) {
	p, err := d.roll.school.People.ByLogin(ctx, cmp.Or(n.Email, n.Login))
	if err != nil && !lms.Is(err, lms.NotFound) {
		return isWrong, err
	}
	if err != nil || !p.BelongsTo(d.actor.Kept()) {
		return isWrong, taken
	}
	if p.Intake == string(d.intake.ID) {
		return isNew, nil
	}
	now := d.roll.now()
	at := slices.IndexFunc(p.Memberships, func(m lms.Membership) bool {
		return m.At(now) && m.Organisation == n.Organisation && m.Role == lms.Learner
	})
	if at < 0 {
		return isWrong, lms.Wrong(string(Organisation), "error.intake.elsewhere")
	}
	old := p.Memberships[at]
	if old.Intake == string(d.intake.ID) {
		return isChanged, nil
	}
	next := old
	next.Office, next.Category, next.From, next.Intake = cmp.Or(n.Office, old.Office), cmp.Or(n.Category, old.Category), now, string(d.intake.ID)
	if !d.intake.Update || next.Office == old.Office && next.Category == old.Category {
		return isKept, nil
	}
	if d.intake.State == Applying {
		_, err = d.roll.school.People.Amend(ctx, p.ID, func(p *lms.Person) error { return replace(p, old, next) })
	}
	return isChanged, err
}

// replace ends a membership and begins another, unless that was done.
func replace(p *lms.Person, old, next lms.Membership) error {
	for i, m := range p.Memberships {
		if m.Organisation == old.Organisation && m.Role == old.Role && m.To.IsZero() && m.Intake == old.Intake {
			p.Memberships = slices.Clone(p.Memberships)
			p.Memberships[i].To = next.From
			p.Memberships = slices.Insert(p.Memberships, i, next)
			return nil
		}
	}
	return nil
}

// sorted are problems in the order of the file.
func sorted(ps []Problem) []Problem {
	slices.SortFunc(ps, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
	return ps
}
