package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms/fiscal"
)

type doctorCmd struct {
	place
	posting
	meetings
	URL string `help:"Public address." env:"AULA_URL"`
}

// ailment is what the doctor found about one part.
type ailment struct {
	part, state string
	mend        string // what to do; empty when all is well
	bad         bool   // it keeps the server from working
}

// Run looks at each part and says what to do; it fails when the server would not work.
func (c *doctorCmd) Run(ctx context.Context) error {
	found := []ailment{c.folder(), c.address(), clock(), ffmpeg()}
	found = append(append(found, c.engines(ctx)...), c.server(ctx), c.bbb(ctx))
	ill := false
	for _, a := range found {
		mark := "ok  "
		switch {
		case a.bad:
			mark, ill = "BAD ", true
		case a.mend != "":
			mark = "note"
		}
		fmt.Printf("%s %-14s %s\n", mark, a.part, a.state)
		if a.mend != "" {
			fmt.Printf("     %-14s → %s\n", "", a.mend)
		}
	}
	if ill {
		return errSaid
	}
	return nil
}

func (c *doctorCmd) folder() ailment {
	a := ailment{part: "data folder", state: c.Data}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return a.because(err, "make the folder, or choose another with --data")
	}
	f, err := os.CreateTemp(c.Data, ".doctor-")
	if err != nil {
		return a.because(err, "let the user that runs aula write there")
	}
	name := f.Name()
	if err := errors.Join(f.Close(), os.Remove(name)); err != nil {
		return a.because(err, "look at the disk")
	}
	if info, err := os.Stat(c.Data); err == nil && info.Mode().Perm()&0o077 != 0 {
		a.mend = "others on this machine can look into it: chmod 700 " + filepath.Clean(c.Data)
	}
	return a
}

func (a ailment) because(err error, mend string) ailment {
	a.state, a.mend, a.bad = a.state+": "+err.Error(), mend, true
	return a
}

func (c *doctorCmd) address() ailment {
	a := ailment{part: "public address", state: c.URL}
	u, err := url.Parse(c.URL)
	switch {
	case c.URL == "":
		a.state, a.mend, a.bad = "missing", "give --url https://… or AULA_URL: certificates carry it for ever", true
	case err != nil || u.Host == "":
		a.mend, a.bad = "it must look like https://corsi.example.it", true
	case loopback(u.Hostname()):
		a.mend, a.bad = "it is only this machine: give the address that others use", true
	case u.Scheme != "https":
		a.mend = "without TLS passwords travel in the clear: put nginx or Caddy in front (README)"
	}
	return a
}

func clock() ailment {
	now := time.Now()
	a := ailment{part: "clock", state: now.UTC().Format(time.RFC3339)}
	if now.Year() < 2026 {
		a.mend, a.bad = "the clock is in the past: set it (timedatectl set-ntp true), certificates are dated by it", true
	}
	if _, err := time.LoadLocation("Europe/Rome"); err != nil {
		return a.because(err, "install the time zones (Debian: tzdata)")
	}
	return a
}

func ffmpeg() ailment {
	path, err := exec.LookPath("ffmpeg")
	if err != nil {
		return ailment{part: "ffmpeg", state: "not found", mend: "videos are served as they were uploaded, which works; to make lighter copies of them, apt-get install ffmpeg"}
	}
	return ailment{part: "ffmpeg", state: path}
}

// engines opens database and object store, asks both, and looks at what is kept under a key.
func (c *doctorCmd) engines(ctx context.Context) []ailment {
	a := ailment{part: "engines", state: "database and object store answer"}
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	house, err := wiring.Open(ctx, c.options("http://localhost"))
	if err != nil {
		a.state = ""
		return []ailment{a.because(err, "is the server running on this folder already? Then ask its /readyz. Otherwise look at --database, --objects and their credentials")}
	}
	defer house.Close()
	if err := house.School.Ready(ctx); err != nil {
		a.state = ""
		return []ailment{a.because(err, "look at the engine's own log")}
	}
	return []ailment{a, key(ctx, house)}
}

// key looks whether the fiscal numbers that are kept can be read. Without any, a key may be missing.
func key(ctx context.Context, house *wiring.House) ailment {
	a := ailment{part: "key", state: "fiscal numbers can be kept"}
	switch kept, err := house.Fiscal.Health(ctx); {
	case errors.Is(err, fiscal.ErrNoKey):
		return a.because(err, "fiscal numbers are kept and none can be read: bring the key file back, it is in no backup of aula")
	case errors.Is(err, fiscal.ErrOtherKey):
		return a.because(err, "this is not the key, or not the only one, with which fiscal numbers were kept: add the other to the file, on a line below")
	case err != nil:
		return a.because(err, "look at --key-file and AULA_KEY")
	case kept:
		a.state = "fiscal numbers can be read"
	}
	file, open, missing := house.Fiscal.File()
	switch {
	case missing:
		a.state, a.mend = "none: fiscal numbers cannot be kept", "if you want to keep them: head -c 32 /dev/urandom | base64 > FILE; then --key-file FILE, on every node"
	case open:
		a.mend = "others on this machine can read the key: chmod 600 " + file
	}
	return a
}

// server reaches the mail server, signs in, and leaves again without a letter.
func (c *doctorCmd) server(ctx context.Context) ailment {
	a := ailment{part: "mail", state: "mail server"}
	m, err := c.mail("", "")
	if err != nil {
		return a.because(err, "look at --smtp, --mail-from and AULA_SMTP_PASSWORD")
	}
	server, _, err := m.Server(c.URL)
	switch {
	case err != nil:
		return a.because(err, "look at --smtp, --mail-from and AULA_SMTP_PASSWORD")
	case server == nil:
		a.state, a.mend = "not set up: letters wait in the outbox, and activation links are shown to administrators, who hand them on", "give --smtp smtp://user@host:587 or AULA_SMTP, and --mail-from"
		return a
	}
	a.state = server.String()
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	if err := server.Try(ctx); err != nil {
		return a.because(err, "letters wait until it answers: look at address, port, tls and password; aula mail test sends a letter")
	}
	a.state += " answers"
	return a
}
