package lms_test

import (
	"aulacomune/lms/codes"
	"testing"
	"time"

	"aulacomune/lms"
)

func TestGuessingCodesIsSlowedDown(t *testing.T) {
	r := newClassroom(t, reading("a"))
	good := string(r.earn(r.learner, r.course).Enrolment.Certificate())
	ask := func(code, from string) error {
		_, err := r.Register.VerifyFrom(t.Context(), code, from)
		return err
	}
	fetch := func(code, from string) error {
		_, _, err := r.Register.OpenPDF(t.Context(), code, from)
		return err
	}
	for i := range 40 { // what people mistype, and what is right, costs nothing
		wantKind(t, ask("AAAA-BBBB-CCCC", "192.0.2.1"), lms.NotFound, "")
		if err := ask(good, "192.0.2.1"); err != nil {
			t.Fatalf("a right code, after %d: %v", i, err)
		}
	}
	for i := range 31 {
		do := ask
		if i%2 == 1 { // page and PDF are counted together
			do = fetch
		}
		wantKind(t, do(codes.New(), "192.0.2.1"), lms.NotFound, "")
	}
	for _, c := range []struct {
		what, code, from string
		want             lms.ErrorKind // Unknown: it is answered
	}{
		{"another guess", codes.New(), "192.0.2.1", lms.TooMany},
		{"a right code, which would tell a guess from a failure", good, "192.0.2.1", lms.TooMany},
		{"a mistyped code", "AAAA-BBBB-CCCC", "192.0.2.1", lms.NotFound},
		{"a right code from elsewhere", good, "192.0.2.2", lms.Unknown},
		{"a guess from elsewhere", codes.New(), "192.0.2.2", lms.NotFound},
	} {
		for name, do := range map[string]func(code, from string) error{"page": ask, "PDF": fetch} {
			if err := do(c.code, c.from); c.want == lms.Unknown && err != nil || c.want != lms.Unknown && !lms.Is(err, c.want) {
				t.Errorf("%s, %s: %v", c.what, name, err)
			}
		}
	}
	if all, err := r.Register.Mine(t.Context(), r.learner); err != nil || len(all) != 1 {
		t.Errorf("the learner's own certificates wait, too: %v", err)
	}
	r.clock.pass(time.Second)
	if err := ask(good, "192.0.2.1"); err != nil {
		t.Errorf("after the wait: %v", err)
	}
	r.clock.pass(time.Hour)
	for range 30 {
		wantKind(t, ask(codes.New(), "192.0.2.1"), lms.NotFound, "")
	}
}
