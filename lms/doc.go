// Package lms is the school: who may learn what, how far they are, and what they have earned.
//
// It holds the nouns of the school, one file each, and the ports it needs: Engine and Objects for keeping things, and a few function
// types for what other rooms do (compile a folder, draw a certificate). It imports only course.
//
// # Glossary
//
// One word per thing, in code and (in brackets) on Italian pages.
//
//   - Organisation (ente): a comune, a union, a region, an association; they form a tree.
//   - Kind (tipo) of an organisation: association, region, province, metropolitan city, union, comunità montana, comune, office.
//   - Ceased (cessato): an organisation that is only a record, with its register; Into says which took it over (confluito in).
//   - Proposal (richiesta di ingresso): somebody whose mail domain says where they work, waiting for a referent; lms/enti keeps them.
//   - Person (persona): somebody who signs in. What a person may do hangs on memberships.
//   - Membership (appartenenza): a person in an organisation from a day to a day, with a role.
//   - Fiscal number (codice fiscale): optional; kept as a keyed hash and encrypted, see lms/fiscal.
//   - Identity provider (servizio di accesso): where somebody proves who they are instead of here; see lms/signin.
//   - Linked account (account collegato): somebody's account at an identity provider.
//   - Actor: a person as a service method sees who is asking.
//   - Course (corso): a slug, owned by one organisation, with its editions.
//   - Edition (versione): one published content of a course, pinned by its hash.
//   - Draft (bozza): a course that is being written in the studio; lms/studio keeps it.
//   - Cohort (edizione): a dated delivery of a course. Not the same as an edition.
//   - Seats (posti): who is seated in a cohort and who waits, in order; lms/cohort keeps them.
//   - Registration (iscrizione all'edizione): what became of a person in a cohort; it follows the seats.
//   - Request (richiesta): somebody's wish to get into a cohort, with every decision about it; lms/request keeps them.
//   - Deputy (sostituto): who decides for somebody else, until when.
//   - Group (gruppo): people who move together, with facilitators and a page of their own.
//   - Assignment (assegnazione): a course that a person is to take, by a day, once or again every so many months; lms/plan keeps them.
//   - Rule (regola): assigns a course to everybody of an audience, newcomers too.
//   - Duty (adempimento): how a person stands with an assignment, from not started to overdue.
//   - Audience (destinatari): for which categories, organisations and groups something is.
//   - Webinar (webinar): somebody speaks at an hour; its registrations are a cohort; lms/webinar keeps it.
//   - Guest (ospite): somebody without an account who asks for a seat in a webinar.
//   - Errand (incarico): one letter to everybody in a webinar, for one cause.
//   - Presence (presenza): a row that says when somebody was in a meeting; a wrong one is superseded by another.
//   - Report (report): the file in which a meeting's program says who was there.
//   - Candidate (persona possibile): somebody who may be a participant of a report; a doubt (dubbio) waits for a person. See lms/attendance.
//   - Outcome (esito): what came of a webinar for somebody: minutes, percent, whether it was enough.
//   - Survey (questionario): what people think of a webinar; an Opinion (opinione) is nobody's.
//   - Learning object (oggetto didattico): the smallest thing a learner completes.
//   - Enrolment (iscrizione): a person takes one edition of a course; it holds the evidence.
//   - Event (evento): something a learner did: opened, read, watched, answered.
//   - Evidence (evidenza): what the events add up to; it only grows.
//   - Webinar (webinar): an hour in which people meet; a learning object may be one, completed by who attended it or watched its recording.
//   - Attendance (presenza): how long somebody was at a webinar; of a course it is evidence that only the webinar's keeper can give.
//   - Room (stanza): where a webinar is held, behind a link or opened for it; see lms/meeting.
//   - Completion (completamento): the moment the evidence met the rule; it never goes back.
//   - Move (spostamento): an act that takes an enrolment from one edition to a newer one; batches of them can be taken back for a day.
//   - Hours (ore): a row of the ledger: so many minutes of training of a person, with evidence. A correction is a row of its own.
//   - Ledger (libretto formativo): everybody's hours, year by year; lms/ledger keeps it. It is no official register.
//   - Claim (dichiarazione): training held elsewhere, declared with an attestato, and validated by whoever keeps the people of the ente.
//   - Policy (regola delle ore): what an ente asks of its people in a year, from a day to a day.
//   - Area (area di competenza): a field that training is about.
//   - Tally (riepilogo): the stored sums of an ente and year, counted again when something changed.
//   - Report (report di presenza): what a meeting's program, or a list of paper, says of who was there; lms/attendance reads it.
//   - Presence (presenza): the union of somebody's stays in a meeting, cut to the scheduled time; never a sum.
//   - Candidate (persona possibile): somebody who may be a participant of a report; a doubt (dubbio) waits for a person.
//   - Register (registro): the numbered, chained rows of the certificates an organisation issues.
//   - Certificate (attestato): a row of the register with its PDF.
package lms
