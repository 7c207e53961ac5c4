// Package course is one published edition of a course: modules, learning objects, questions, completion rules, how an answer is marked, and the findings of a compiler.
//
// It is pure: no clock, no files, no network. `content` makes a Course from an author's folder; `lms` lets people learn from it.
// Everything a learner's record refers to (objects, questions, choices) has an explicit, stable id, so that a record
// written against one edition still means the same when it is read years later.
package course
