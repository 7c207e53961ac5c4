// Package password hashes passwords and checks them, with argon2id.
package password

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// The cost of a password's hash: OWASP's second argon2id choice (19 MiB, 2 passes, 1 lane).
const (
	argonMemory = 19 * 1024 // KiB
	argonTime   = 2
	argonLanes  = 1
)

// Hasher hashes and checks passwords; only a few at a time, as each takes 19 MiB.
type Hasher struct {
	slots chan struct{}
}

// New allows so many hashes at once.
func New(atOnce int) *Hasher { return &Hasher{slots: make(chan struct{}, atOnce)} }

// Hash gives the PHC string of a password.
func (p *Hasher) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, 16)
	rand.Read(salt)
	sum, err := p.sum(ctx, password, salt)
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonLanes, b64.EncodeToString(salt), b64.EncodeToString(sum)), nil
}

// Check says whether the password is the one of the PHC string. It takes as long for an empty or broken one, so that time does not tell who exists.
func (p *Hasher) Check(ctx context.Context, phc, password string) (bool, error) {
	b64 := base64.RawStdEncoding
	parts := strings.Split(phc, "$")
	salt, want := make([]byte, 16), []byte(nil)
	if len(parts) == 6 {
		salt, _ = b64.DecodeString(parts[4])
		want, _ = b64.DecodeString(parts[5])
	}
	sum, err := p.sum(ctx, password, salt)
	return err == nil && subtle.ConstantTimeCompare(sum, want) == 1, err
}

func (p *Hasher) sum(ctx context.Context, password string, salt []byte) ([]byte, error) {
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
		return argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonLanes, 32), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
