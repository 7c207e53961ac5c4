// Package ledger keeps each person's hours of training (the "libretto formativo"): how many, of what kind, with what evidence, and what was asked of them.
//
// A row (Hours) is added and never changed: a correction is a new row that cites the one it corrects, with a reason, and sums are over what
// stands. Rows of completed courses and of webinars arrive by themselves and once, because their ids can be computed; training held
// elsewhere is declared with an attestato (Claim) and validated by whoever keeps the people of the ente.
//
// How many hours a year are asked of somebody is data: policies of each ente (Policies), handed down the tree, with dates. The minister's directive of
// 14 January 2025 asks for 40 hours of each person, which is what holds where no ente says otherwise.
//
// One projection, Account, is behind every view: a person's year, a manager's people, an ente, a region, each export. What is summed over an ente
// is kept as a Tally and counted again when something changed, never incremented. To those who may not see the people themselves,
// no sum over fewer than five is shown, nor one from which such a sum could be worked out (Withhold).
//
// The ledger is a help, and no official register.
package ledger
