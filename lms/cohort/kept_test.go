package cohort

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"
)

// Seats come back as they were stored, and seats of the first shape are read as they were.
func TestSeatsAreReadAsTheyWereKept(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 123_000_000, time.UTC)
	full := Seats{Cohort: "c", Capacity: 1, Dates: "a/b", Dismissed: true}
	full.take(Seat{Person: "p", Ente: "ala", Via: WayFree, By: "p", Since: at}, "p")
	full.take(Seat{Person: "q", Via: WayStaff, By: "x", Since: at.Add(time.Second)}, "x")
	full.leave("p", Removed, Act{By: "x", At: at, Reason: "due righe\n«così»"})
	full.promote(at)
	full.Waiting = nil // as an empty list is read
	for name, s := range map[string]Seats{"empty": {Cohort: "c"}, "full": full} {
		b, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var got Seats
		if err := json.Unmarshal(b, &got); err != nil || !reflect.DeepEqual(got, s) {
			t.Errorf("%s: %v\n%+v\n%+v", name, err, got, s)
		}
	}
	const first = `{"cohort":"c","capacity":2,"seated":[{"person":"p","ente":"ala","via":"free","by":"p","since":"2026-03-02T09:00:00Z"}],"last":1,
		"due":[{"number":1,"what":"seated","seat":{"person":"p","ente":"ala","via":"free","by":"p","since":"2026-03-02T09:00:00Z"},"at":"2026-03-02T09:00:00Z"}]}`
	var got Seats
	if err := json.Unmarshal([]byte(first), &got); err != nil || len(got.Seated) != 1 || got.Seated[0].Ente != "ala" || len(got.Due) != 1 || got.Due[0].What != Seated || got.Capacity != 2 {
		t.Errorf("the first shape: %+v, %v", got, err)
	}
	for _, bad := range []string{`{"seated":"p ala free"}`, `{"seated":"p ala free = ieri"}`, `{"waiting":7}`, `{"due":"{"}`} {
		if err := json.Unmarshal([]byte(bad), &got); err == nil {
			t.Errorf("%s was read as %+v", bad, got)
		}
	}
}
