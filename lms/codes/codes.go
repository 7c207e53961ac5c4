// Package codes makes codes that stand on paper and are read aloud, and reads them as people write them; and secrets that nobody reads.
package codes

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"math/big"
	"strings"
)

// codeAlphabet has no 0 and O, no 1, I and L: what is read aloud or from paper stays what it was. Its 31 letters are a prime number, so that one check
// character finds every single wrong letter and every swap of two neighbours.
const codeAlphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

const codeLetters = 11 // random ones: 54 bits

// New makes an unguessable code: 11 random letters and the check character, in groups of four.
func New() string {
	letters := make([]byte, codeLetters, codeLetters+1)
	for i := range letters {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(codeAlphabet))))
		if err != nil {
			panic(err) // crypto/rand does not fail
		}
		letters[i] = codeAlphabet[n.Int64()]
	}
	return group(append(letters, checkLetter(letters)))
}

// Parse reads a code as people write it: any case, any spaces or hyphens. ok is false when the check character does not fit.
func Parse(s string) (code string, ok bool) {
	var letters []byte
	for _, r := range strings.ToUpper(s) {
		switch {
		case r == '-' || r == ' ' || r == '\u00a0' || r == '.':
		case r < 128 && strings.ContainsRune(codeAlphabet, r):
			letters = append(letters, byte(r))
		default:
			return "", false
		}
	}
	if len(letters) != codeLetters+1 || checkLetter(letters[:codeLetters]) != letters[codeLetters] {
		return "", false
	}
	return group(letters), true
}

// checkLetter weighs each letter by its place, modulo 31.
func checkLetter(letters []byte) byte {
	sum := 0
	for i, l := range letters {
		sum += (i + 2) * strings.IndexByte(codeAlphabet, l)
	}
	return codeAlphabet[sum%len(codeAlphabet)]
}

func group(l []byte) string { return string(l[:4]) + "-" + string(l[4:8]) + "-" + string(l[8:]) }

// Secret is an unguessable text of 130 random bits for a cookie, a link or a token.
func Secret() string { return rand.Text() }

// Digest is what is kept of a secret: who reads the records cannot use it.
func Digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
