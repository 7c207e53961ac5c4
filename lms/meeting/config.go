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
	SecretFile string // a file that holds the shared secret
	Hash       Hash   // SHA256 where it is ""
}

// Open reads the secret and gives the room. Its error says what is wrong, for whoever runs the installation; it never says the secret.
func (c Config) Open() (*BigBlueButton, error) {
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
