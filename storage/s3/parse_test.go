package s3

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// keys is an environment with credentials.
func keys(name string) string {
	return map[string]string{EnvAccessKey: "me", EnvSecretKey: "s3cret="}[name]
}

func TestParse(t *testing.T) {
	for address, want := range map[string]Options{
		"s3://host:9000/aula":                            {Endpoint: "host:9000", Bucket: "aula", TLS: true},
		"s3://host:9000/aula?tls=0":                      {Endpoint: "host:9000", Bucket: "aula"},
		"s3://host/aula/?region=eu-south-1&tls=1":        {Endpoint: "host", Bucket: "aula", TLS: true, Region: "eu-south-1"},
		"https://objects.example.org/aula":               {Endpoint: "objects.example.org", Bucket: "aula", TLS: true},
		"http://127.0.0.1:9000/aula?region=x":            {Endpoint: "127.0.0.1:9000", Bucket: "aula", Region: "x"},
		"http://[::1]:9000/a.b-c":                        {Endpoint: "[::1]:9000", Bucket: "a.b-c"},
		"https://host/aula?tls=true":                     {Endpoint: "host", Bucket: "aula", TLS: true},
		"s3://s3.eu-south-1.amazonaws.com/comuni?tls=on": {},
	} {
		got, err := Parse(address, keys)
		if want.Endpoint == "" {
			if err == nil {
				t.Errorf("%s: no error", address)
			}
			continue
		}
		want.AccessKey, want.Secret = "me", "s3cret="
		if err != nil || got.Endpoint != want.Endpoint || got.Bucket != want.Bucket || got.TLS != want.TLS || got.Region != want.Region ||
			got.AccessKey != want.AccessKey || got.Secret != want.Secret {
			t.Errorf("%s: %+v (%v)", address, got, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for address, says := range map[string]string{
		"":                               "begins with",
		"host/bucket":                    "begins with",
		"ftp://host/bucket":              "ftp",
		"s3:///bucket":                   "no host",
		"s3://:9000/bucket":              "no host",
		"s3://host":                      "no bucket",
		"s3://host/":                     "no bucket",
		"s3://host/bucket/folder":        "a path",
		"s3://me:hidden@host/bucket":     EnvSecretKey,
		"s3://me:hidden@host:x/bucket":   "cannot be read",
		"s3://host/bucket?regoin=x":      "regoin",
		"s3://host/bucket?tls=perhaps":   "tls=0",
		"https://host/bucket?tls=0":      "contradict",
		"http://host/bucket?tls=1":       "contradict",
		"s3://host/bucket?region=%zz":    "question mark",
		"s3://host/bucket?region=x;tls=": "question mark",
	} {
		_, err := Parse(address, keys)
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want it to say %q", address, err, says)
		}
		if err != nil && strings.Contains(err.Error(), "hidden") {
			t.Errorf("%s: the error gives the secret away: %v", address, err)
		}
	}
}

func TestCredentials(t *testing.T) {
	file := func(text string) func(string) string {
		name := filepath.Join(t.TempDir(), "credentials")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return func(n string) string { return map[string]string{EnvCredentials: name}[n] }
	}
	only := func(name string) func(string) string {
		return func(n string) string { return map[string]string{name: "x"}[n] }
	}
	for name, c := range map[string]struct {
		env  func(string) string
		says string
	}{
		"environment":    {keys, ""},
		"two lines":      {file("me\ns3cret=\n"), ""},
		"two lines, CR":  {file("\r\n me \r\n s3cret= \r\n"), ""},
		"AWS":            {file("# ours\n[default]\naws_access_key_id = me\naws_secret_access_key = s3cret=\nregion = x\n[other]\naws_access_key_id = you\naws_secret_access_key=y\n"), ""},
		"none":           {func(string) string { return "" }, EnvCredentials},
		"no secret":      {only(EnvAccessKey), EnvSecretKey + " is not"},
		"no access key":  {only(EnvSecretKey), EnvAccessKey + " is not"},
		"missing file":   {only(EnvCredentials), "no such file"},
		"one line":       {file("me\n"), "two lines"},
		"half AWS":       {file("aws_access_key_id = me\n"), "two lines"},
		"too many lines": {file("me\nyou\nthey\n"), "two lines"},
	} {
		o, err := Parse("s3://host/bucket", c.env)
		if c.says == "" && (err != nil || o.AccessKey != "me" || o.Secret != "s3cret=") {
			t.Errorf("%s: %q %q (%v)", name, o.AccessKey, o.Secret, err)
		}
		if c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%s: %v, want it to say %q", name, err, c.says)
		}
	}
}
