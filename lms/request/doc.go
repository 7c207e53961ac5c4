// Package request is the leave that people ask for to get into a cohort, and that others give: in steps, on a page or by a link in a letter.
//
// Who decides comes from roles, or is named by who keeps the people there; never from what the applicant types. A request holds its whole history,
// and what is still to be done about it: letters, the seat, the entry in the log of acts. These are written second; each can be written again without
// being written twice, and a sweep writes what a crash left. The first decision of a step counts; whoever comes second is told.
package request
