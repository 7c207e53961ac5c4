package web_test

import (
	"aulacomune/lms/codes"
	"testing"
)

// TestGuessingCertificatesIsSlowedDown: who asks for one code after the other, page or PDF, is told to wait.
func TestGuessingCertificatesIsSlowedDown(t *testing.T) {
	h := open(t)
	v := h.as("")
	for i := range 40 { // more than enough: every guess after the free ones waits longer than a request takes
		a := v.get("/verifica/" + codes.New() + []string{"", ".pdf"}[i%2])
		if a.Status == 429 {
			if a.Header.Get("Retry-After") == "" || i < 30 {
				t.Errorf("after %d guesses, Retry-After %q", i, a.Header.Get("Retry-After"))
			}
			return
		}
		if a.Status != 404 {
			t.Fatalf("guess %d: %d", i, a.Status)
		}
	}
	t.Error("nobody is slowed down")
}
