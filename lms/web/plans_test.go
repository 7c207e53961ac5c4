package web_test

import (
	"testing"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/cohort"
	"aulacomune/lms/plan"
)

// assign assigns the short course to bruno with a day.
func (h *house) assign(by string, due cohort.Day) {
	h.t.Helper()
	_, err := h.parts.Plans.Assign(h.t.Context(), h.actor(by), plan.Order{Course: breve, Terms: plan.Terms{Due: due}, Apply: true}, []lms.PersonID{h.people["bruno"].ID})
	must(h.t, err)
}

// TestReportsKnowOfAssignments: who is late with what was assigned stands in the report, until they have another day.
func TestReportsKnowOfAssignments(t *testing.T) {
	h := open(t)
	h.hire()
	due := h.parts.Plans.Today().Add(3)
	h.assign("mario", due)
	rita := h.as("rita")
	rita.page("/rapporti/late").keepsTo(t, "Bruno")
	rita.page("/rapporti/progress").says(t, "Bruno", string(due[8:10])+"/"+string(due[5:7])+"/"+string(due[:4]))
	h.ahead.Store(int64(5 * 24 * time.Hour))
	rita = h.as("rita")
	rita.page("/rapporti/late").says(t, "Bruno", `<td class="number">2</td>`)
	must(t, h.parts.Plans.Extend(t.Context(), h.actor("mario"), breve, h.people["bruno"].ID, plan.Entry{Day: due.Add(30), Reason: "Era in ferie."}))
	rita.page("/rapporti/late").keepsTo(t, "Bruno")
}
