package region

import (
	"fmt"
	"strings"
	"time"

	"aulacomune/lms/attendance"
)

// Meeting makes up a report of Teams with so many participants, and the people of a region of whom a third registered: its names are theirs, with the
// mistakes that people make. The same numbers give the same bytes. Report and people are what attendance.Read and attendance.Matches are measured with.
func Meeting(stays, people int, from time.Time) (report []byte, candidates []attendance.Candidate, h attendance.Hints) {
	candidates = attendants(people)
	var b strings.Builder
	b.WriteString("1. Summary\nMeeting title\tA long one\n\n2. Participants\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n")
	line := func(i int, account bool) {
		c := candidates[i*37%len(candidates)]
		shown, email := asShown(c, i)
		join, leave := from.Add(time.Duration(i%600)*time.Second), from.Add(time.Duration(4800+i%900)*time.Second)
		at := func(t time.Time) string { return t.Format("1/2/06, 3:04:05 PM") }
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%s", shown, at(join), at(leave), leave.Sub(join), email)
		if account {
			b.WriteString("\t" + email)
		}
		b.WriteString("\tAttendee\n")
	}
	for i := range stays {
		line(i, true)
	}
	b.WriteString("\n3. In-Meeting Activities\nName\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n")
	for i := range stays {
		line(i, false)
	}
	return []byte(b.String()), candidates, attendance.Hints{Scheduled: attendance.Span{From: from, To: from.Add(90 * time.Minute)}, Zone: from.Location()}
}

// attendants are people who may be in a meeting, with names that some of them share.
func attendants(people int) (out []attendance.Candidate) {
	given := strings.Fields("Maria Anna Giuseppe Giovanni Antonio Luca Francesca Elena Paolo Marco Giulia Sara Andrea Stefano Roberto Chiara Laura Matteo Davide Silvia Annamaria Nicolò Piero Ugo Irene Bruno Carla Dario Emma Fabio")
	starts := strings.Fields("Ros Bian Ver Fer Gal Con Mar Lom Mor Bar Cas Vil San Tor Riz Pel Gol Val Neg Bru")
	middles := strings.Fields("s c d r l t m b n v g z p f")
	ends := strings.Fields("ini etti oni ella ucci aro ato isi ano ieri one olo ardi eri assi otti ulli ezzi anti enzi")
	for i := range people {
		n := i * 7919
		g, f := given[n%len(given)], starts[n/30%len(starts)]+middles[n/600%len(middles)]+ends[n/8400%len(ends)]
		out = append(out, attendance.Candidate{
			ID: fmt.Sprintf("p%06d", i), Given: g, Family: f, Ente: fmt.Sprintf("Comune di Valle %d", i%1200), Registered: i%3 == 0,
			Emails: []string{strings.ToLower(fmt.Sprintf("%s.%s%d@comune.valle%d.example", g, f, i, i%1200))},
		})
	}
	return out
}

// asShown is what somebody calls themselves in a meeting, and the address of the account, if any.
func asShown(c attendance.Candidate, i int) (name, email string) {
	switch i % 10 {
	case 1, 2:
		return strings.ToUpper(c.Family + " " + c.Given), ""
	case 3:
		return c.Given + " " + c.Family + " (" + c.Ente + ")", ""
	case 4:
		return c.Given[:1] + ". " + c.Family, ""
	case 5:
		return c.Given + " " + c.Family[:len(c.Family)-1] + "x", ""
	case 6:
		return "iPhone di " + c.Given, ""
	}
	return c.Given + " " + c.Family, c.Emails[0]
}
