// Package cohort is the dated deliveries of courses: who may get in and how, who has a seat and who waits, and which groups move together.
//
// A Cohort (in Italian "edizione") says when a course is delivered, to whom, and by which ways people get in. Its Seats, one document of their own,
// hold the ordered ids of who is seated and who waits: every change of theirs is one atomic write, so that no capacity is ever exceeded, and carries
// with it what is still to be done about it. Registrations, enrolments and letters are written second, from there; each can be written again without
// being written twice, and a sweep writes what a crash left. Whoever wants a seat while others are being written is written with all who came meanwhile.
//
// A cohort's subject is a course, or a webinar: then it enrols in nothing, is in no list of cohorts, and lms/webinar keeps it and writes its letters.
package cohort
