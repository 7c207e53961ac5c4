package calendar

// Texts are what an invitation to the event says, as whoever reads it back must find it.
func Texts(e Event) map[string]string {
	w := wordsOf(e.Lang)
	e, err := e.checked()
	if err != nil {
		return map[string]string{"error": err.Error()}
	}
	out := map[string]string{"DESCRIPTION": e.description(w, true), "SUMMARY": e.Title}
	if e.Cancelled {
		out["SUMMARY"] = w.cancelled + ": " + e.Title
	}
	return out
}
