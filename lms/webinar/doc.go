// Package webinar is what happens around the hour of a webinar: it is announced, people register, it is held, and what came of it is kept.
//
// A Webinar says when somebody speaks about what, to whom, and by which ways people get in. Its registrations are a cohort of lms/cohort with the same
// id: seats, waiting list, audience, requests. This room keeps that cohort in line with the webinar, writes its letters with their calendar parts, lets
// people through to the meeting, collects who was there and for how long, and closes: hours, attestato, completion of the learning objects that are this webinar.
//
// What somebody decides about a webinar is one write of its document. What follows is written second, each piece with an id that can be computed, and
// swept up after a crash: its cohort, and errands, which are letters to everybody for one cause ("webinar/ID/seq/3/PERSON"). Presence and outcomes are
// rows that are only added: a correction is a row that names what it supersedes, and why. Of two rows none is right because it came later: what counts
// is computed from all of them that nobody superseded.
package webinar
