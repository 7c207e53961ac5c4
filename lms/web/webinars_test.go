package web_test

import (
	"time"

	"aulacomune/lms/cohort"
	"aulacomune/lms/webinar"
)

// webinarOf announces a webinar in somebody's name and publishes it: in ten days from ten to noon, free, unless the terms are changed.
func (h *house) webinarOf(who string, st webinar.Start, change func(*webinar.Input)) webinar.Webinar {
	h.t.Helper()
	st.Input = h.webinarInput(change)
	x, err := h.parts.Webinars.Announce(h.t.Context(), h.actor(who), st)
	must(h.t, err)
	x, err = h.parts.Webinars.Publish(h.t.Context(), h.actor(who), x.ID)
	must(h.t, err)
	return x
}

func (h *house) webinarInput(change func(*webinar.Input)) webinar.Input {
	h.t.Helper()
	day := time.Now().AddDate(0, 0, 10).Format(time.DateOnly)
	in := webinar.Input{
		Terms:  webinar.Terms{Title: "Lavoro agile nei comuni", Abstract: "Che cosa cambia.", Link: "https://meet.example.org/abc?pwd=1", Ways: []cohort.Way{cohort.WayFree}},
		Starts: webinar.Moment{Local: day + "T10:00"}, Ends: webinar.Moment{Local: day + "T12:00"},
	}
	if change != nil {
		change(&in)
	}
	return in
}

// settled waits for what is written behind the answers.
func (h *house) settled() {
	h.parts.Cohorts.Wait()
	h.parts.Webinars.Wait()
}
