// Package roll keeps who belongs where: people come in with a file, are corrected, move between enti, are suspended, found to be one person and not two,
// told all that is known of them, and erased.
//
// What a person did is not the roll's: hours, certificates and enrolments stay whatever happens here. A membership is never rewritten, it ends and
// another begins, so that what was earned as a member of one ente stays so. Only what the law gives back to the person (GDPR, art. 17) is deleted.
package roll
