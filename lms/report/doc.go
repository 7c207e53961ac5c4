// Package report says how an ente is doing, in tables: how far its people are, who is late, which certificates they hold, and what other rooms know in rows
// (hours, places in cohorts).
//
// There is one projection of each: a page shows the first rows of it, an export all of them, the API a page at a time, and a sum is a sum over
// the same. Whoever keeps people (lms.Actor.Keeps) sees them by name: outcomes and dates, never when somebody was at their desk.
//
// How an ente is doing as a whole is kept as a Tally, so that a region's page need not read half a million enrolments. A tally is counted from the enrolments when
// one of them turned since, never added to.
package report
