// Package enti reads open data about Italian enti into the tree of organisations, and keeps that tree: what is new, renamed, moved, merged, ceased.
//
// The sources are the list of comuni of ISTAT, which says which comuni there are and in which province, and the list of enti of IndicePA, which knows
// their codes, addresses and mail domains, and the unions that ISTAT does not. Two more may be given, as neither says it: which comuni ceased into which
// (ISTAT, "Elenco comuni soppressi"), and which comuni belong to which union.
//
// Read turns files into a Region, Compare holds a Region against the organisations there are and gives a Plan: both are pure. Apply carries a plan out,
// one organisation one write. It may be cut anywhere and begun again, and a plan that was carried out is empty.
package enti
