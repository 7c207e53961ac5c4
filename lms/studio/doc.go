// Package studio keeps the drafts of courses that authors write in the browser: their files, with history and comments, until they are published.
//
// A draft is a folder as the compiler reads it, so that whoever writes with git and whoever writes here have the same course. Its files are
// records of their own: two authors may write two objects at the same time, and where they write the same one, neither loses a word (see Saved).
//
// What a draft looks like compiled is worked out by a Desk, the compiler's side of a draft, which is kept in memory while somebody writes.
// What is published is always read from the records again.
package studio
