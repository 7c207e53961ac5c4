package signin_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"aulacomune/lms/signin"
)

func read(t *testing.T, text string) ([]signin.Provider, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "oidc.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return signin.ReadProviders(file, func(name string) string { return map[string]string{"SEGRETO": "x y"}[name] })
}

func TestProviders(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "segreto")
	if err := os.WriteFile(secret, []byte("dal file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := read(t, `
providers:
- id: regione
  name: Identità della Regione
  issuer: https://id.regione.example
  client_id: aula
  secret_env: SEGRETO
  domains: [comune.ala.tn.it]
  claims: {fiscal: fiscalNumber, email: mail}
- {id: due, name: Due, issuer: "http://127.0.0.1:9", client_id: aula, secret_file: `+secret+`, scopes: [email]}
`)
	if err != nil || len(got) != 2 {
		t.Fatal(got, err)
	}
	if p := got[0]; p.Secret != "x y" || p.Claims.Email != "mail" || p.Claims.Family != "family_name" || p.Claims.Fiscal != "fiscalNumber" || strings.Join(p.Scopes, " ") != "openid profile email" {
		t.Errorf("%+v", p)
	}
	if p := got[1]; p.Secret != "dal file" || p.Claims.Fiscal != "" || strings.Join(p.Scopes, " ") != "openid email" || p.Domains != nil {
		t.Errorf("%+v", p)
	}
	if got, err := read(t, `{"providers": [{"id": "json", "name": "JSON", "issuer": "https://x.example", "client_id": "a"}]}`); err != nil || len(got) != 1 {
		t.Errorf("JSON: %v %v", got, err)
	}
	if got, err := signin.ReadProviders("", nil); err != nil || got != nil {
		t.Errorf("no file: %v %v", got, err)
	}
	if _, err := signin.ReadProviders("/nessuno/oidc.yaml", nil); err == nil {
		t.Error("a file that is not there")
	}
}

// What is wrong is said, with the provider and the field.
func TestProvidersThatAreNone(t *testing.T) {
	good := map[string]string{"id": "a", "name": "A", "issuer": "https://x.example", "client_id": "c"}
	for field, values := range map[string][]string{
		"id":          {"", "A B", "a/b", "é"},
		"name":        {"", strings.Repeat("x", 61)},
		"client_id":   {""},
		"issuer":      {"", "x", "http://x.example", "https://x.example?a=b", "ftp://127.0.0.1", "http://10.0.0.1"},
		"secret_env":  {"NIENTE"},
		"secret_file": {"/nessuno"},
		"domains":     {"[\"*.it\"]", "[com]", "[\"a@b.it\"]", "[Ala.it]"},
		"clientid":    {"x"}, // a field that is none
	} {
		for _, value := range values {
			text := "providers:\n- "
			for k, v := range good {
				if k != field {
					text += k + ": \"" + v + "\"\n  "
				}
			}
			if field != "domains" {
				value = "\"" + value + "\""
			}
			if got, err := read(t, text+field+": "+value+"\n"); err == nil || !strings.Contains(err.Error(), field) {
				t.Errorf("%s: %s: %v, %v", field, value, got, err)
			}
		}
	}
	one := "- {id: a, name: A, issuer: \"https://x.example\", client_id: c}\n"
	if _, err := read(t, "providers:\n"+one+one); err == nil || !strings.Contains(err.Error(), "two providers") {
		t.Errorf("twice: %v", err)
	}
	if _, err := read(t, "providers:\n- {id: a, name: A, issuer: \"https://x.example\", client_id: c, secret_env: SEGRETO, secret_file: x}\n"); err == nil {
		t.Error("two secrets")
	}
}
