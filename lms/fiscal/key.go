package fiscal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// key is one of an installation's keys. What is used is derived from it: one half finds numbers, the other encrypts them.
type key struct {
	id     string // eight hex digits, computed from the key
	finder []byte
	sealer cipher.AEAD
}

// Keys are an installation's keys. The first is used for what is new, the others only for what is there. No keys can do nothing.
type Keys []key

// keyBytes is the length of a key.
const keyBytes = 32

// ErrKey says that what was given is no key.
var ErrKey = errors.New("a key is 32 random bytes in base64, one a line (head -c 32 /dev/urandom | base64)")

// ParseKeys reads keys, one a line; a line that begins with # is a remark.
func ParseKeys(text string) (Keys, error) {
	var out Keys
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		raw, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(raw) != keyBytes {
			return nil, ErrKey
		}
		k, err := newKey(raw)
		if err != nil {
			return nil, err
		}
		out = append(out, k)
	}
	if len(out) == 0 {
		return nil, ErrKey
	}
	return out, nil
}

// NewKeyText makes a key as a file holds it.
func NewKeyText() string {
	raw := make([]byte, keyBytes)
	rand.Read(raw)
	return base64.StdEncoding.EncodeToString(raw) + "\n"
}

func newKey(raw []byte) (k key, err error) {
	derive := func(purpose string, n int) (out []byte) {
		if err == nil {
			out, err = hkdf.Key(sha256.New, raw, nil, "aula comune fiscal number "+purpose, n)
		}
		return out
	}
	id, finder, sealer := derive("name of the key", 4), derive("hash", keyBytes), derive("encryption", keyBytes)
	if err != nil {
		return k, fmt.Errorf("derive a key: %w", err)
	}
	block, err := aes.NewCipher(sealer)
	if err != nil {
		return k, fmt.Errorf("key: %w", err)
	}
	k = key{id: hex.EncodeToString(id), finder: finder}
	if k.sealer, err = cipher.NewGCMWithRandomNonce(block); err != nil {
		return k, fmt.Errorf("key: %w", err)
	}
	return k, nil
}

// hash is what a number is found by. It begins with the name of its key.
func (k key) hash(n Number) string {
	mac := hmac.New(sha256.New, k.finder)
	mac.Write([]byte(n))
	return k.id + ":" + hex.EncodeToString(mac.Sum(nil))
}

// Hash is the keyed hash of a number (HMAC-SHA256) under the first key.
func (ks Keys) Hash(n Number) string { return ks[0].hash(n) }

// Hashes are the keyed hashes of a number under every key.
func (ks Keys) Hashes(n Number) []string {
	var out []string
	for _, k := range ks {
		out = append(out, k.hash(n))
	}
	return out
}

// Seal encrypts a number with the first key (AES-256-GCM with a random nonce). What it gives begins with the name of the key, which is sealed with it.
func (ks Keys) Seal(n Number) string {
	return ks[0].id + ":" + base64.RawStdEncoding.EncodeToString(ks[0].sealer.Seal(nil, nil, []byte(n), []byte(ks[0].id)))
}

// ErrOtherKey says that something was encrypted with a key that is not there.
var ErrOtherKey = errors.New("encrypted with a key that this installation does not have")

// Open decrypts what Seal gave, with the key that it names.
func (ks Keys) Open(sealed string) (Number, error) {
	id, text, _ := strings.Cut(sealed, ":")
	for _, k := range ks {
		if k.id != id {
			continue
		}
		raw, err := base64.RawStdEncoding.DecodeString(text)
		if err != nil {
			return "", fmt.Errorf("fiscal number: %w", err)
		}
		plain, err := k.sealer.Open(nil, nil, raw, []byte(id))
		if err != nil {
			return "", fmt.Errorf("fiscal number: %w", err)
		}
		return Number(plain), nil
	}
	return "", ErrOtherKey
}

// knows says whether a hash or an encrypted number is of one of the keys.
func (ks Keys) knows(kept string) bool {
	for _, k := range ks {
		if strings.HasPrefix(kept, k.id+":") {
			return true
		}
	}
	return false
}
