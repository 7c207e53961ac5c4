// Package fiscal keeps fiscal numbers (codice fiscale) so that people can be found by them, and so that nobody can read them in the records.
//
// A number is kept twice with its person: as a keyed hash, by which somebody who comes from an identity provider is found, and encrypted, for those who
// may print or see it. The keys lie outside the database and outside its backups: who has one without the other has nothing.
package fiscal
