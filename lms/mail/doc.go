// Package mail is letters over SMTP: what they say in both languages, an outbox that forgets none and sends none twice, and the way to a mail server.
//
// A room posts an lms.Letter; its words stand in one file of templates, by its kind. The outbox keeps it as a record whose id is computed from the
// letter's cause, so that one cause is one letter and one Message-ID, whoever posts it again and however often it has to be sent. A process that
// sends a letter first takes a lease of it; if it dies, another sends it when the lease is over. A letter may therefore arrive twice only if the
// sender died, or the connection did, between the server's acceptance and our record; both bear the same Message-ID, by which mailboxes drop the second.
package mail
