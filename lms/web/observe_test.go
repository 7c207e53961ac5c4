package web_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestWhoObservesHearsOfRoutes: patterns and statuses of pages and API, and nothing of what was asked for.
func TestWhoObservesHearsOfRoutes(t *testing.T) {
	var mu sync.Mutex
	type answer struct {
		method, route string
		status        int
	}
	var heard []answer // as they came, not copied: whoever counts keeps them, too
	h := open(t, func(o *options) {
		o.Observe = func(method, route string, status int, took time.Duration) {
			mu.Lock()
			defer mu.Unlock()
			heard = append(heard, answer{method, route, status})
			if took <= 0 || took > time.Minute {
				t.Errorf("%s took %v", route, took)
			}
		}
	})
	v := h.as("")
	v.do("POST", "/api/v1/session", strings.NewReader("{}"))
	for _, address := range []string{"/corsi/" + breve, "/corsi/manca", "/profilo", "/api/v1/courses/" + breve, "/api/v1/enrolments/x", "/healthz"} {
		v.get(address)
	}
	want := []answer{
		{"POST", "/api/v1/session", 415}, {"GET", "/corsi/:slug", 200}, {"GET", "/corsi/:slug", 404}, {"GET", "/profilo", 401},
		{"GET", "/api/v1/courses/:slug", 200}, {"GET", "/api/v1/enrolments/:id", 401},
	}
	mu.Lock()
	defer mu.Unlock()
	if got := heard[max(0, len(heard)-len(want)):]; !slices.Equal(got, want) {
		t.Errorf("heard %v, want %v", got, want)
	}
}
