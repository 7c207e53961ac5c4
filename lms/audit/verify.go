package audit

import (
	"context"
	"errors"
	"time"

	"aulacomune/lms"
)

// Verdict is what a check of the chain from a page found.
type Verdict struct {
	Checked
	At    time.Time // the zero time when nobody has checked since the process began
	Break *Break    // where the chain breaks; nil when it is whole
}

// Verify checks the whole chain for an administrator, one at a time, and remembers what was found. It is an act.
func (l *Log) Verify(ctx context.Context, a lms.Actor) (Verdict, error) {
	if err := a.Must(lms.Administrator); err != nil {
		return Verdict{}, err
	}
	leave, err := l.turns.Enter(ctx, "check")
	if err != nil {
		return Verdict{}, err
	}
	defer leave()
	v := Verdict{At: l.now()}
	if v.Checked, err = l.Check(ctx, 0, ""); err != nil {
		broken, is := errors.AsType[*Break](err)
		if !is {
			return Verdict{}, err
		}
		l.log.Error("the log of acts does not verify", "err", err)
		v.Break = broken
	}
	l.mu.Lock()
	l.verdict = v
	l.mu.Unlock()
	home, err := l.find(ctx, a.Roots(lms.Administrator)[0])
	if err != nil {
		return v, err
	}
	return v, l.Note(ctx, a, lms.Act{Verb: "audit.check", Within: home.Within})
}

// Verdict is what the latest check found, by anybody, since the process began.
func (l *Log) Verdict() Verdict {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.verdict
}
