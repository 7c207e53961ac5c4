// Package signin is ways to sign in without a password: a link sent by e-mail, and identity providers by OpenID Connect.
//
// A link works once, for a quarter of an hour; opening it shows whose it is, and only a button signs in, because mail scanners open links. The answer to
// who asks for one is the same, and comes as fast, whether or not anybody has that address: what is done for those who have is done behind it.
//
// At a provider, an attempt is one record, used once, within ten minutes, and tied to the browser that began it. Who comes back is found by an account
// linked before, else by the fiscal number that the provider vouches for, else by a verified e-mail address of a domain for which this provider is
// trusted. An address alone never opens an account with more than a learner's role, and nothing that a provider says opens an administrator's, except an
// account that they linked themselves while they were signed in. Nobody gets a role, or an account, because a provider says so.
package signin
