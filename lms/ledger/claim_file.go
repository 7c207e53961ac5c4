package ledger

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"image"
	_ "image/jpeg" // formats that an attestato may be scanned in
	_ "image/png"
	"path"
	"strings"
	"unicode"

	"aulacomune/course"
	"aulacomune/lms"
)

// MaxFile is how large an attestato may be, in bytes.
const MaxFile = 8 << 20

// readFile looks at an uploaded attestato: what it is, by its first bytes and never by its name. fault is the message of what is wrong with it.
func readFile(name string, file []byte) (f File, fault string) {
	switch {
	case len(file) == 0:
		return f, "error.file.none"
	case len(file) > MaxFile:
		return f, "error.claim.large"
	}
	kind := ""
	switch {
	case bytes.HasPrefix(file, []byte("%PDF-")) && bytes.Contains(file[max(0, len(file)-2048):], []byte("%%EOF")):
		kind = "application/pdf"
	case bytes.HasPrefix(file, []byte("\xff\xd8\xff")), bytes.HasPrefix(file, []byte("\x89PNG\r\n\x1a\n")):
		c, format, err := image.DecodeConfig(bytes.NewReader(file))
		if err == nil && c.Width > 0 && c.Height > 0 && c.Width <= 20_000 && c.Height <= 20_000 {
			kind = "image/" + format
		}
	}
	if kind == "" {
		return f, "error.claim.file"
	}
	sum := sha256.Sum256(file)
	return File{Hash: course.Hash(hex.EncodeToString(sum[:])), Name: fileName(name, kind), Type: kind, Size: int64(len(file))}, ""
}

// fileName is a name under which a file can be saved anywhere, with the ending of what it is.
func fileName(name, kind string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.TrimSuffix(name, path.Ext(name))
	name = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" -_.", r) {
			return r
		}
		return '-'
	}, name)
	name = strings.Trim(name, " .-")
	runes := []rune(name)
	if name = string(runes[:min(len(runes), 80)]); name == "" {
		name = "attestato"
	}
	return name + map[string]string{"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}[kind]
}

// key is where the file of a claim lies. It lies under its claim, so that it can be removed with it.
func (c Claim) key() string { return "hours/" + string(c.ID) + "/" + string(c.File.Hash) }

func (s *Ledger) putFile(ctx context.Context, c Claim, file []byte) error {
	return s.objects.Put(ctx, c.key(), bytes.NewReader(file), int64(len(file)), c.File.Type)
}

// OpenFile opens the attestato of a claim: for the person, and for whoever keeps the people of the claim's ente. That somebody else read it is noted. The
// caller closes it.
func (s *Ledger) OpenFile(ctx context.Context, a lms.Actor, id ClaimID) (Claim, lms.Object, error) {
	c, err := s.Claim(ctx, a, id)
	if err != nil {
		return c, nil, err
	}
	if c.State == Withdrawn {
		return c, nil, lms.Fail(lms.NotFound, "error.claim.unknown")
	}
	if c.Person != a.ID {
		if err := s.noted(ctx, a, lms.Act{Verb: "hours.read", Object: string(id), Person: c.Person, Within: c.Member.Within}); err != nil {
			return c, nil, err
		}
	}
	o, err := s.objects.Open(ctx, c.key())
	return c, o, err
}
