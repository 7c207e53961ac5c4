// Package audit keeps the log of what staff did: who, what, to whom, when, and by which role. Learning and signing in are not in it.
//
// The log is one chain for the whole installation: each row holds the hash of the one before, none is changed and none is taken out. What a row says of
// a person beyond their id lies apart, with a salt; the row holds only the salted hash of it, so that a person can be erased and the chain still
// verifies. What cannot be seen from the chain alone is that its end was cut off: whoever wants to know that notes the head from time to time, on paper
// or elsewhere, and lets Check look for it. A check from the pages keeps what it found for every process, and looks for the head that the one before it found;
// that helps against an accident, not against whoever can change that record, too.
//
// An act is noted after it was done. That it could not be noted does not undo it: it stays in the process's memory, is in the process's own log, and
// is noted by the sweep as soon as the database answers again. A process that is killed between the two leaves the act in its own record only (the row
// of the register, the edition, the enrolment say who and when). Acts with a key that can be computed are noted once, however often they are noted.
package audit
