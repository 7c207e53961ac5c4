package lms

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
)

// newSecret is an unguessable text of 130 random bits for a cookie, a link or a token.
func newSecret() string { return rand.Text() }

// secretID is what is kept of a secret: who reads the records cannot use it.
func secretID(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
