// Package attendance reads the reports of meetings and says who was there, and for how long.
//
// It is pure: no records, no clock, no network. Three things are done, one after the other, and a person may stand between any two of them:
//
//   - Read makes a Report of a file: Teams, Zoom, Google Meet, BigBlueButton, or a signed list of paper that somebody typed. Every row of the
//     file that names somebody becomes a Row; what cannot be understood is a Problem that says which line and why, and nothing is left out.
//   - Matches says which rows are one participant (rejoins, a telephone beside the computer) and who that is among those who may be, with the
//     reasons in words and whether they are enough. What is not sure waits for a person.
//   - Union, Cut, Minutes and Percent make of spans of presence what counts. Spans that overlap are counted once: presence is a union, never a
//     sum, so a second report adds to the first and the same one again changes nothing.
//
// # How the times of a file are read
//
// Dates like 6/8/2020 mean August in one country and June in the other. The order is that of the whole file: one row with a day above 12 settles
// all of them, then what lies close together, then the day for which the meeting was planned (Hints). Where that is not enough the rows come
// without times and a Problem asks a person (Hints.Order is the answer). Times are those of the organiser's clock (Hints.Zone, usually
// Europe/Rome), unless a cell or a heading says UTC or an offset; on the two nights of the clock change the hour that does not exist and the one
// that comes twice are told.
//
// # Words
//
//   - Report (report di presenza): a file that a meeting's program wrote, or a list of paper.
//   - Row (riga): one stay of somebody in the meeting.
//   - Span (intervallo): from one moment to another.
//   - Candidate (persona possibile): somebody who may have been there; those who registered come first.
//   - Doubt (dubbio): a match that waits for a person.
package attendance
