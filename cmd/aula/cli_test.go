package main

import (
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"aulacomune/storage/storagetest"
)

// helpTeaches: every command says what it does, what each of its words means, and from which variable a setting may come.
func helpTeaches(t *testing.T, h *hall) {
	where := []string{"$AULA_DATA", "$AULA_DATABASE", "$AULA_OBJECTS", "AULA_S3_ACCESS_KEY"}
	for call, texts := range map[string][]string{
		"":                   {"aula serve --demo", "http://127.0.0.1:8080", "serve", "check", "publish", "export", "admin add", "doctor", "backup", "restore", "version"},
		"serve":              append(where, "$AULA_LISTEN", "$AULA_URL", "$AULA_TRUST_PROXY", "$AULA_OWNER", "$AULA_CONTACT", "$AULA_TEXTS", "$AULA_DEMO", "$AULA_METRICS", "$AULA_VERBOSE", "$AULA_SMTP", "AULA_SMTP_PASSWORD_FILE", "$AULA_MAIL_FROM", "certificates carry it"),
		"check":              {"course.yaml", "Compile a course", "--watch", "--explain"},
		"diff":               {"harmless", "an edition here", "$AULA_SERVER", "$AULA_TOKEN"},
		"editions":           {"editions list", "editions rebuild", "editions restore", "editions withdraw", "editions offer"},
		"editions list":      append(where, "$AULA_SERVER"),
		"editions rebuild":   append(where, "upgrade"),
		"editions restore":   append(where, "$AULA_AUTHOR", "-m", "new number"),
		"editions withdraw":  append(where, "$AULA_AUTHOR", "-m", "goes on"),
		"editions offer":     append(where, "$AULA_AUTHOR"),
		"publish":            append(where, "$AULA_SERVER", "$AULA_TOKEN", "$AULA_AUTHOR", "next edition"),
		"export":             append(where, "$AULA_URL", "zip", "page", "smart-working@2", "right answers stay here"),
		"admin":              {"admin add", "admin organisation", "admin link"},
		"admin add":          append(where, "$AULA_URL", "link", "--role", "--organisation"),
		"admin organisation": append(where, "--parent", "--signatory", "printed on certificates"),
		"admin link":         append(where, "$AULA_URL", "new activation link"),
		"audit":              {"audit check", "audit export"},
		"audit check":        append(where, "--head", "no row changed"),
		"audit export":       append(where, "--organisation", "--from", "spreadsheets"),
		"mail":               {"mail list", "mail retry", "mail test", "mail bounced"},
		"mail list":          append(where, "--state", "nothing of what they say"),
		"mail retry":         append(where, "--to", "30 days"),
		"mail test":          append(where, "$AULA_SMTP", "$AULA_MAIL_FROM", "$AULA_URL"),
		"mail bounced":       append(where, "came back"),
		"enti":               {"enti import", "enti list", "open data"},
		"enti import":        append(where, "--istat", "--ipa", "--ceased", "--members", "--dry-run", "--region Piemonte", "Exit code"),
		"enti list":          append(where, "--kind", "--ceased"),
		"seed":               append(where, "--enti", "--enrolments", "made up", "amministratrice"),
		"doctor":             append(where, "$AULA_URL", "$AULA_SMTP", "how to mend it"),
		"backup":             append(where, "while the server runs"),
		"restore":            append(where, "empty installation"),
		"version":            {"Print the version"},
	} {
		h.run(t, append(strings.Fields(call), "--help")...).want(0, append(texts, "Usage: aula "+call)...)
	}
	h.run(t, "version").want(0, "aula "+version)
	h.run(t).want(0, "Usage: aula <command>", "aula serve --demo")
	h.run(t, "--data", ".").want(2)
	h.run(t, "serve", "--lisen", ":1").want(2, "did you mean \"--listen\"")
}

// compareEditions: what changes is said in words, and whether it matters to those who take the course.
func compareEditions(t *testing.T, h *hall) {
	h.run(t, "diff", "testdata/breve", "testdata/breve").want(0, "No difference.")
	newer := t.TempDir()
	if err := os.CopyFS(newer, os.DirFS("testdata/breve")); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(newer, "02-fine", "01-commiato.md")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, append(text, "\nUna frase in più.\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	h.run(t, "diff", "testdata/breve", newer).want(0, "~ commiato: ", "(text)", "Una frase in più.+}", "Harmless")
	h.run(t, "diff", "testdata/breve", newer, "--format", "json").want(0, `"kind": "added"`)
	h.run(t, "diff", "prova-breve@1", newer, "--data", t.TempDir()).want(1, "prova-breve")
	h.run(t, "diff", "testdata/breve", t.TempDir()).want(1, "course.yaml")
}

// checkCourses: findings are said as compilers say them, and make the exit code.
func checkCourses(t *testing.T, h *hall) {
	h.run(t, "check", "testdata/breve").want(0, "prova-breve: 2 modules, 3 learning objects, 6 minutes, hash ")
	h.run(t, "check", filepath.Join(t.TempDir(), "nowhere")).want(2, "nowhere")
	h.run(t, "check", t.TempDir()).want(1, "course.yaml")

	bad := t.TempDir()
	if err := os.CopyFS(bad, os.DirFS("testdata/breve")); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(bad, "02-fine", "01-commiato.md")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	text = append(text, "\n![](../video/saluto.jpg)\n\n### Un titolo che salta\n"...)
	if err := os.WriteFile(name, text, 0o600); err != nil {
		t.Fatal(err)
	}
	o := h.run(t, "check", bad).want(1, "02-fine/01-commiato.md:")
	form := regexp.MustCompile(`^[^:]+:\d+:\d+: (error|warning): .+ \([a-z-]+\)$`)
	found := 0
	for line := range strings.Lines(o.out) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "    ") {
			continue // a hint
		}
		if found++; !form.MatchString(line) {
			t.Errorf("not as file:line:column: severity: message (rule): %q", line)
		}
	}
	if found == 0 {
		t.Error("no findings")
	}
	h.run(t, "publish", bad, "--as", "nobody@example.it", "--data", t.TempDir()).want(1, "02-fine/01-commiato.md:")
}

// refusals: what would be regretted does not start, and says why and what to do.
func refusals(t *testing.T, h *hall) {
	const free, url = "127.0.0.1:0", "https://corsi.example.it"
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "lettera.txt"), []byte("mia"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args  []string
		texts []string
	}{
		"no address":               {[]string{"--data", t.TempDir()}, []string{"--url is missing", "for ever", "aula serve --demo"}},
		"no scheme":                {[]string{"--url", "corsi.example.it"}, []string{"--url is missing or is not an address"}},
		"localhost":                {[]string{"--url", "http://localhost:8080"}, []string{"only this machine", "aula serve --demo"}},
		"loopback":                 {[]string{"--url", "https://127.0.0.1"}, []string{"only this machine"}},
		"IPv6 loopback":            {[]string{"--url", "http://[::1]:8080"}, []string{"only this machine"}},
		"a demo as installation":   {[]string{"--url", url, "--data", h.demo}, []string{"holds a demo", "--demo", "--data"}},
		"a demo for all":           {[]string{"--demo", "--listen", "0.0.0.0:0", "--data", t.TempDir()}, []string{"everybody knows its passwords", "127.0.0.1"}},
		"a demo for all, shorter":  {[]string{"--demo", "--listen", ":0", "--data", t.TempDir()}, []string{"everybody knows its passwords"}},
		"a demo elsewhere":         {[]string{"--demo", "--listen", free, "--data", full}, []string{"is not a demo's folder", "--data"}},
		"a demo's database":        {[]string{"--demo", "--listen", free, "--database", "mongodb://127.0.0.1/x"}, []string{"leave --database and --objects out"}},
		"a demo's objects":         {[]string{"--demo", "--listen", free, "--objects", "s3://127.0.0.1/x"}, []string{"leave --database and --objects out"}},
		"texts that are not there": {[]string{"--url", url, "--texts", filepath.Join(full, "manca")}, []string{"--texts", "no such folder"}},
		"texts that are a file":    {[]string{"--demo", "--listen", free, "--texts", filepath.Join(full, "lettera.txt")}, []string{"no such folder"}},
		"no port":                  {[]string{"--demo", "--listen", "127.0.0.1"}, []string{"want host:port"}},
		"a database of another kind": {[]string{"--url", url, "--listen", free, "--data", t.TempDir(), "--database", "postgres://127.0.0.1/aula"},
			[]string{"is not an address of MongoDB", "mongodb://"}},
		"a database that is not there": {[]string{"--url", url, "--listen", free, "--data", t.TempDir(), "--database", "mongodb://127.0.0.1:1/aula"},
			[]string{"database: open MongoDB"}},
		"a bucket without credentials": {[]string{"--url", url, "--listen", free, "--data", t.TempDir(), "--objects", "s3://127.0.0.1:1/aula?tls=0"},
			[]string{"object store: no credentials", "AULA_S3_ACCESS_KEY"}},
	} {
		t.Run(name, func(t *testing.T) {
			h.run(t, append([]string{"serve"}, c.args...)...).want(1, c.texts...)
		})
	}
	if entries, err := os.ReadDir(full); err != nil || len(entries) != 1 {
		t.Errorf("a folder that was refused was changed: %v %v", entries, err)
	}
}

// portInUse: another program listens there.
func portInUse(t *testing.T, h *hall) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	h.run(t, "serve", "--url", "http://corsi.test", "--data", t.TempDir(), "--listen", l.Addr().String()).want(1, "in use", "--listen")
}

// secondServer: two servers on one folder would lean on one object store, and fall with it.
func secondServer(t *testing.T, h *hall) {
	data := t.TempDir()
	s := h.install(t, "serve", "--url", "http://corsi.test", "--listen", "127.0.0.1:0", "--data", data)
	defer s.stop(t)
	h.run(t, "serve", "--url", "http://corsi.test", "--listen", "127.0.0.1:0", "--data", data).want(1, "is another aula running on this data folder?")
}

// doctor says what is wrong and how to mend it; what keeps the server from working makes the exit code.
func doctor(t *testing.T, h *hall) {
	good := filepath.Join(t.TempDir(), "data")
	h.run(t, "doctor", "--data", good, "--url", "https://corsi.example.it").want(0,
		"ok data folder "+good, "ok public address https://corsi.example.it", "ok clock", "ffmpeg", "ok engines", "mail")
	h.run(t, "AULA_DATA="+good, "AULA_URL=http://corsi.example.it", "doctor").want(0, "note public address", "nginx or Caddy")
	h.run(t, "doctor", "--data", good).want(1, "BAD public address missing", "AULA_URL")
	h.run(t, "doctor", "--data", good, "--url", "http://127.0.0.1").want(1, "BAD public address", "only this machine")
	h.run(t, "doctor", "--data", good, "--url", "corsi").want(1, "it must look like https://")
	h.run(t, "doctor", "--data", good, "--url", "https://corsi.example.it", "--database", "mongodb://127.0.0.1:1/aula").want(1,
		"BAD engines", "database: open MongoDB", "look at --database")

	if err := os.Chmod(good, 0o755); err != nil {
		t.Fatal(err)
	}
	h.run(t, "doctor", "--data", good, "--url", "https://corsi.example.it").want(0, "note data folder", "chmod 700")
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	h.run(t, "doctor", "--data", file, "--url", "https://corsi.example.it").want(1, "BAD data folder", "choose another with --data")
	if os.Getuid() != 0 { // nothing is forbidden to root
		if err := os.Chmod(good, 0o500); err != nil {
			t.Fatal(err)
		}
		h.run(t, "doctor", "--data", good, "--url", "https://corsi.example.it").want(1, "BAD data folder", "let the user that runs aula write there")
		if err := os.Chmod(good, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("beside a server", func(t *testing.T) {
		s := h.house(t)
		h.run(t, "doctor", "--data", dataOf(s), "--url", "https://corsi.example.it").want(0, "ok engines")
	})
	t.Run("MongoDB", func(t *testing.T) {
		h.run(t, "doctor", "--data", good, "--url", "https://corsi.example.it", "--database", storagetest.Mongo(t).Source).want(0, "ok engines")
	})
}

// dataOf is the folder that a server was started with.
func dataOf(s *server) string {
	for i, arg := range s.cmd.Args {
		if arg == "--data" {
			return s.cmd.Args[i+1]
		}
	}
	return ""
}
