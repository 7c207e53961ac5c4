// Package plan is what people are to take and by when: assigned by hand, from a file or by a rule, once or again every so many months.
//
// An Assignment ties a person to a course, with a day by which it is due. How somebody stands with it (Duty) is a pure function of what they completed
// and of what was asked; nothing of it is stored, and what was completed is never overwritten. A Rule assigns to everybody of an audience, applied again
// every day for who is new there, and never takes back what it gave.
package plan
