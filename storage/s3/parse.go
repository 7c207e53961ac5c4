package s3

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"
)

// Names in the environment.
const (
	EnvAccessKey   = "AULA_S3_ACCESS_KEY"
	EnvSecretKey   = "AULA_S3_SECRET_KEY"
	EnvCredentials = "AULA_S3_CREDENTIALS_FILE"
)

// Parse reads the address of a bucket and finds the credentials in the environment, or in a file that the environment names.
//
//	s3://host[:port]/bucket[?region=eu-south-1][&tls=0]
//	https://host[:port]/bucket[?region=…]
//	http://host[:port]/bucket[?region=…]
//
// Credentials never stand in the address, which is logged and shown in lists of processes. The file holds two lines, access key and secret,
// or is in the style of AWS (aws_access_key_id = …, aws_secret_access_key = …).
func Parse(address string, env func(string) string) (Options, error) {
	o, err := parseAddress(address)
	if err != nil {
		return Options{}, fmt.Errorf("object store: %w; it should look like s3://host:9000/bucket?region=eu-south-1 or https://host/bucket", err)
	}
	o.AccessKey, o.Secret, err = findCredentials(env)
	if err != nil {
		return Options{}, fmt.Errorf("object store: %w", err)
	}
	return o, nil
}

func parseAddress(address string) (Options, error) {
	u, err := url.Parse(address)
	if err != nil {
		return Options{}, errors.New("the address cannot be read") // url.Error repeats the address, which may hold a secret
	}
	bucket := strings.Trim(u.Path, "/")
	switch {
	case u.User != nil:
		return Options{}, fmt.Errorf("the address holds credentials, put them into %s and %s", EnvAccessKey, EnvSecretKey)
	case u.Scheme != "s3" && u.Scheme != "https" && u.Scheme != "http":
		return Options{}, fmt.Errorf("the address begins with %q, not with s3, https or http", u.Scheme)
	case u.Hostname() == "":
		return Options{}, errors.New("the address names no host")
	case bucket == "":
		return Options{}, errors.New("the address names no bucket")
	case strings.Contains(bucket, "/"):
		return Options{}, fmt.Errorf("the address names a path, %q, where a bucket should be", bucket)
	}
	o := Options{Endpoint: u.Host, Bucket: bucket, TLS: u.Scheme != "http"}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return Options{}, errors.New("what follows the question mark cannot be read")
	}
	return o, o.query(u.Scheme, query)
}

// query takes what follows the question mark.
func (o *Options) query(scheme string, query url.Values) error {
	for name, values := range query {
		value := values[len(values)-1]
		switch name {
		case "region":
			o.Region = value
		case "tls":
			on, err := strconv.ParseBool(value)
			if err != nil {
				return fmt.Errorf("tls=%s should be tls=0 or tls=1", value)
			}
			if scheme != "s3" && on != o.TLS {
				return fmt.Errorf("%s:// and tls=%s contradict each other", scheme, value)
			}
			o.TLS = on
		default:
			return fmt.Errorf("unknown setting %q (there are region and tls)", name)
		}
	}
	return nil
}

// findCredentials looks in the environment, then in the file.
func findCredentials(env func(string) string) (access, secret string, err error) {
	access, secret = env(EnvAccessKey), env(EnvSecretKey)
	switch {
	case access != "" && secret != "":
		return access, secret, nil
	case access != "":
		return "", "", fmt.Errorf("%s is set, %s is not", EnvAccessKey, EnvSecretKey)
	case secret != "":
		return "", "", fmt.Errorf("%s is set, %s is not", EnvSecretKey, EnvAccessKey)
	}
	name := env(EnvCredentials)
	if name == "" {
		return "", "", fmt.Errorf("no credentials: set %s and %s, or %s to the name of a file with both", EnvAccessKey, EnvSecretKey, EnvCredentials)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return "", "", fmt.Errorf("%s: %w", EnvCredentials, err)
	}
	if access, secret = readCredentials(string(text)); access == "" || secret == "" {
		return "", "", fmt.Errorf("%s: %s should hold two lines, access key and secret, or aws_access_key_id = … and aws_secret_access_key = …", EnvCredentials, name)
	}
	return access, secret, nil
}

// readCredentials reads either style; the first profile of a file of several counts.
func readCredentials(text string) (access, secret string) {
	var plain []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		name, value, named := strings.Cut(line, "=")
		switch name = strings.TrimSpace(name); {
		case line == "" || line[0] == '#' || line[0] == ';' || line[0] == '[':
		case named && strings.EqualFold(name, "aws_access_key_id"):
			access = first(access, strings.TrimSpace(value))
		case named && strings.EqualFold(name, "aws_secret_access_key"):
			secret = first(secret, strings.TrimSpace(value))
		default:
			plain = append(plain, line) // a secret may hold "="
		}
	}
	if access == "" && secret == "" && len(plain) == 2 {
		return plain[0], plain[1]
	}
	return access, secret
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
