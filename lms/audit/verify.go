package audit

import (
	"context"
	"errors"
	"time"

	"aulacomune/lms"
)

// Verdict is what a check of the chain from a page found. The latest one is kept: every process that serves the pages shows it.
type Verdict struct {
	Checked
	At    time.Time `json:"at"`              // the zero time when nobody has checked yet
	Break *Break    `json:"break,omitempty"` // where the chain breaks; nil when it is whole
}

// verdicts says how the latest verdict is kept: there is one.
var verdicts = lms.Noun[Verdict]{Name: "acts_verdict", ID: func(Verdict) string { return latest }}

const latest = "latest"

// Verify checks the whole chain for an administrator, one at a time, and keeps what was found. The chain must still hold the head that the check before it
// found, so that an end that was cut off since is noticed. It is an act.
func (l *Log) Verify(ctx context.Context, a lms.Actor) (Verdict, error) {
	if err := a.Must(lms.Administrator); err != nil {
		return Verdict{}, err
	}
	leave, err := l.turns.Enter(ctx, "check")
	if err != nil {
		return Verdict{}, err
	}
	defer leave()
	before, err := l.Verdict(ctx)
	if err != nil {
		return Verdict{}, err
	}
	if before.Break != nil {
		before.Checked = Checked{}
	}
	v := Verdict{At: l.now()}
	if v.Checked, err = l.Check(ctx, before.Rows, before.Head); err != nil {
		broken, is := errors.AsType[*Break](err)
		if !is {
			return Verdict{}, err
		}
		l.log.Error("the log of acts does not verify", "err", err)
		v.Break = broken
	}
	if err := l.keepVerdict(ctx, v); err != nil {
		return v, err
	}
	home, err := l.find(ctx, a.Roots(lms.Administrator)[0])
	if err != nil {
		return v, err
	}
	return v, l.Note(ctx, a, lms.Act{Verb: "audit.check", Within: home.Within})
}

// keepVerdict keeps a verdict, unless another process has a later one.
func (l *Log) keepVerdict(ctx context.Context, v Verdict) error {
	err := l.verdicts.Add(ctx, v)
	if !lms.IsTaken(err, "id") {
		return err
	}
	_, err = l.verdicts.Change(ctx, latest, func(old *Verdict) error {
		if !old.At.After(v.At) {
			*old = v
		}
		return nil
	})
	return err
}

// Verdict is what the latest check found, by anybody and in whichever process; the zero Verdict when nobody has checked.
func (l *Log) Verdict(ctx context.Context) (Verdict, error) {
	v, err := l.verdicts.Find(ctx, latest)
	if lms.Is(err, lms.NotFound) {
		return Verdict{}, nil
	}
	return v, err
}
