package signin

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Provider is an identity provider as an installation is told of it.
type Provider struct {
	ID         string   `yaml:"id"`   // in addresses: lower-case letters, digits and hyphens
	Name       string   `yaml:"name"` // on the button
	Issuer     string   `yaml:"issuer"`
	ClientID   string   `yaml:"client_id"`
	SecretEnv  string   `yaml:"secret_env"`  // the environment variable that holds the secret
	SecretFile string   `yaml:"secret_file"` // or the file
	Scopes     []string `yaml:"scopes"`      // "openid", "profile" and "email" without any
	Domains    []string `yaml:"domains"`     // of e-mail addresses for which it is believed who has them
	Claims     Claims   `yaml:"claims"`

	Secret string `yaml:"-"`
}

// Claims are the names of the claims that are read. Without a name, Fiscal is not read: not everybody who says a fiscal number has looked at an identity card.
type Claims struct {
	Fiscal        string `yaml:"fiscal"` // "fiscal_number", "https://attributes.eid.gov.it/fiscal_number"
	Given         string `yaml:"given_name"`
	Family        string `yaml:"family_name"`
	Email         string `yaml:"email"`
	EmailVerified string `yaml:"email_verified"`
}

// ReadProviders reads the file that names the providers, in YAML or JSON, and their secrets; env reads the environment. Its error says which line or
// provider is wrong, for whoever runs the installation.
func ReadProviders(file string, env func(string) string) ([]Provider, error) {
	if file == "" {
		return nil, nil
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var in struct {
		Providers []Provider `yaml:"providers"`
	}
	d := yaml.NewDecoder(bytes.NewReader(b))
	d.KnownFields(true)
	if err := d.Decode(&in); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	seen := map[string]bool{}
	for i := range in.Providers {
		p := &in.Providers[i]
		if err := p.complete(env); err != nil {
			return nil, fmt.Errorf("%s: provider %d (%s): %w", file, i+1, p.ID, err)
		}
		if seen[p.ID] {
			return nil, fmt.Errorf("%s: two providers are called %s", file, p.ID)
		}
		seen[p.ID] = true
	}
	return in.Providers, nil
}

// complete says what is wrong, puts in what is usual, and reads the secret.
func (p *Provider) complete(env func(string) string) error {
	switch {
	case p.ID == "" || strings.Trim(p.ID, "abcdefghijklmnopqrstuvwxyz0123456789-") != "":
		return errors.New("id: lower-case letters, digits and hyphens")
	case p.Name == "" || len(p.Name) > 60:
		return errors.New("name: up to 60 characters, it stands on the button")
	case p.ClientID == "":
		return errors.New("client_id is missing")
	}
	if err := checkIssuer(p.Issuer); err != nil {
		return err
	}
	for _, d := range p.Domains {
		if d != strings.ToLower(d) || strings.ContainsAny(d, "@* /") || !strings.Contains(d, ".") {
			return fmt.Errorf("domains: %q is none (comune.ala.tn.it)", d)
		}
	}
	if len(p.Scopes) == 0 {
		p.Scopes = []string{"openid", "profile", "email"}
	}
	if !slices.Contains(p.Scopes, "openid") {
		p.Scopes = append([]string{"openid"}, p.Scopes...)
	}
	p.Claims = p.Claims.orUsual()
	return p.readSecret(env)
}

// checkIssuer asks for TLS, except on this machine.
func checkIssuer(issuer string) error {
	u, err := url.Parse(issuer)
	if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("issuer: %q is no address (https://…)", issuer)
	}
	host, err := netip.ParseAddr(u.Hostname())
	here := u.Hostname() == "localhost" || err == nil && host.IsLoopback()
	if u.Scheme != "https" && (u.Scheme != "http" || !here) {
		return fmt.Errorf("issuer: %q must begin with https://", issuer)
	}
	return nil
}

func (c Claims) orUsual() Claims {
	for _, x := range []struct {
		name  *string
		usual string
	}{{&c.Given, "given_name"}, {&c.Family, "family_name"}, {&c.Email, "email"}, {&c.EmailVerified, "email_verified"}} {
		if *x.name == "" {
			*x.name = x.usual
		}
	}
	return c
}

func (p *Provider) readSecret(env func(string) string) error {
	switch {
	case p.SecretEnv != "" && p.SecretFile != "":
		return errors.New("secret_env and secret_file: give one of them")
	case p.SecretEnv != "":
		if p.Secret = env(p.SecretEnv); p.Secret == "" {
			return fmt.Errorf("secret_env: %s is empty", p.SecretEnv)
		}
	case p.SecretFile != "":
		b, err := os.ReadFile(p.SecretFile)
		if err != nil {
			return fmt.Errorf("secret_file: %w", err)
		}
		p.Secret = strings.TrimRight(string(b), "\r\n")
	}
	return nil // a public client has none: PKCE stands for it
}

// trusts says whether the provider is believed about who has an address.
func (p Provider) trusts(email string) bool {
	_, domain, ok := strings.Cut(strings.ToLower(email), "@")
	return ok && slices.Contains(p.Domains, domain)
}

// Button is a provider as the sign-in page shows it.
type Button struct{ ID, Name string }

// Providers are those that people can sign in with.
func (s *Service) Providers() []Button {
	var out []Button
	for _, c := range s.providers {
		out = append(out, Button{c.provider.ID, c.provider.Name})
	}
	return out
}
