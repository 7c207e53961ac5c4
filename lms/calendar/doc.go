// Package calendar writes iCalendar (RFC 5545): the invitation that goes with a letter and what takes it back, feeds that calendars fetch, and files
// to download.
//
// Times are written as they are in Italy, with the rules of Europe/Rome beside them, because that is what people read; an hour that the clock shows
// twice, on the last Sunday of October, is written in UTC, which every program understands alike. Nothing leaves that Check refuses.
package calendar
