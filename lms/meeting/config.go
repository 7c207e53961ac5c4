package meeting

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"strings"
)

// Config says which BigBlueButton an installation uses.
type Config struct {
	URL        string // https://bbb.example.it/bigbluebutton/, as `bbb-conf --secret` says it
	Secret     string // that it shares with us…
	SecretFile string // …or the file that holds it
	Hash       Hash   // SHA256 where it is ""
}

// String tells that there is a server: no log and no error prints the secret.
func (c Config) String() string {
	if c.URL == "" {
		return ""
	}
	return "BigBlueButton"
}

// GoString is the same, for whoever prints values as Go writes them.
func (c Config) GoString() string { return c.String() }

// Open reads the secret and gives the room. Its error says what is wrong, for whoever runs the installation; it never says the secret.
func (c Config) Open() (*BigBlueButton, error) {
	switch {
	case c.Secret != "" && c.SecretFile != "":
		return nil, errors.New("the secret of BigBlueButton is given twice, as itself and as a file")
	case c.Secret != "":
		return NewBigBlueButton(c.URL, strings.TrimSpace(c.Secret), c.Hash)
	case c.SecretFile == "":
		return nil, errors.New("the secret of BigBlueButton is missing")
	}
	b, err := os.ReadFile(c.SecretFile)
	if err != nil {
		return nil, fmt.Errorf("the secret of BigBlueButton: %w", err)
	}
	return NewBigBlueButton(c.URL, strings.TrimSpace(string(b)), c.Hash)
}

// readBase is the address under which the calls lie, with a slash at the end.
func readBase(s string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", errors.New("the address of BigBlueButton must look like https://bbb.example.it/bigbluebutton/")
	}
	if a, err := netip.ParseAddr(u.Hostname()); u.Scheme != "https" && (u.Scheme != "http" || u.Hostname() != "localhost" && (err != nil || !a.IsLoopback())) {
		return "", errors.New("the address of BigBlueButton must begin with https://")
	}
	u.Path = strings.TrimSuffix(strings.TrimSuffix(u.Path, "/"), "/api") + "/api/"
	return u.String(), nil
}
