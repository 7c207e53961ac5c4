package main_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// kept lists the files that git keeps or would keep; without git, every file but those of folders that tools write.
func kept(t *testing.T) []string {
	t.Helper()
	out, err := exec.Command("git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard").Output()
	if err == nil {
		files := strings.FieldsFunc(string(out), func(r rune) bool { return r == 0 })
		return slices.DeleteFunc(files, func(f string) bool {
			_, err := os.Stat(filepath.Join(root, f)) // removed, and not committed yet
			return errors.Is(err, fs.ErrNotExist)
		})
	}
	var files []string
	err = fs.WalkDir(os.DirFS(root), ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && slices.Contains([]string{".git", "node_modules", "bin", "data", "data-demo", "dist", ".bench"}, d.Name()) {
			return fs.SkipDir
		}
		if err == nil && !d.IsDir() {
			files = append(files, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestHouseTopLevel(t *testing.T) { report(t, strangers(kept(t))) }

// strangers are what may not lie in the first folder. Files that begin with a dot may.
func strangers(files []string) []string {
	var bad []string
	for _, f := range files {
		top, _, _ := strings.Cut(f, "/")
		if !strings.HasPrefix(top, ".") && !slices.Contains(topLevel(), top) && !slices.Contains(bad, top+" has no place in the first folder") {
			bad = append(bad, top+" has no place in the first folder")
		}
	}
	return bad
}

func TestHouseNamesNoRegistryOrMachine(t *testing.T) {
	var bad []string
	for _, f := range kept(t) {
		text, err := os.ReadFile(filepath.Join(root, f))
		if err != nil {
			t.Error(err)
		}
		bad = append(bad, places(f, text)...)
	}
	report(t, bad)
}

// placeNames are hosts of package registries, and folders of the machine this was written on: what works without them must not name them.
// Each is built from parts, or this file would name it.
func placeNames() *regexp.Regexp {
	host := func(parts ...string) string { return strings.Join(parts, `\.`) }
	return regexp.MustCompile(strings.Join([]string{
		host("npm"+"js", "org"), host("npm"+"js", "com"), host("yarn"+"pkg", "com"), host("proxy", "golang", "org"), host("sum", "golang", "org"),
		host("py"+"pi", "org"), host("python"+"hosted", "org"), host("cra"+"tes", "io"), host("ma"+"ven", "org"), host("repo", "maven", "apache", "org"),
		host("deb", "debian", "org"), `(^|[^\w./-])/wo` + `rk/`,
	}, "|"))
}

// places finds what a file may not name. Pictures, videos and documents are not read.
func places(name string, text []byte) []string {
	if bytes.IndexByte(text[:min(len(text), 8000)], 0) >= 0 {
		return nil
	}
	var bad []string
	forbidden := placeNames()
	for i, line := range bytes.Split(text, []byte("\n")) {
		if found := forbidden.Find(line); found != nil {
			bad = append(bad, fmt.Sprintf("%s:%d: names %s", name, i+1, bytes.TrimSpace(found)))
		}
	}
	return bad
}

func TestHouseLockFile(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "package-lock.json"))
	if err != nil {
		t.Fatal(err)
	}
	report(t, lockFile(text))
}

// lockFile finds packages that are not held by a checksum, or by an address that another registry would not serve.
func lockFile(text []byte) []string {
	var lock struct {
		Packages map[string]struct{ Version, Resolved, Integrity string }
	}
	if err := json.Unmarshal(text, &lock); err != nil {
		return []string{err.Error()}
	}
	var bad []string
	for name, p := range lock.Packages {
		if p.Resolved != "" {
			bad = append(bad, name+" names where it was resolved (npm install --omit-lockfile-registry-resolved)")
		}
		if name != "" && p.Integrity == "" {
			bad = append(bad, name+" has no checksum")
		}
	}
	slices.Sort(bad)
	return bad
}

func TestHouseModules(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	report(t, modules(string(text)))
}

// neverLinked are modules under AGPL, GPL, BUSL or SSPL that stand near what we do, each with what lies below it.
func neverLinked() []string {
	return []string{
		"github.com/minio/minio", "github.com/minio/console", "gonum.org/v1/plot", "github.com/unidoc", "github.com/grafana/grafana",
		"github.com/hashicorp/vault", "github.com/hashicorp/consul", "github.com/hashicorp/nomad", "github.com/hashicorp/terraform",
		"github.com/cockroachdb/cockroach", "github.com/mattermost/mattermost", "github.com/redpanda-data/redpanda",
	}
}

// modules finds what go.mod may not name.
func modules(text string) []string {
	var bad []string
	for line := range strings.Lines(text) {
		fields := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require "))
		if len(fields) < 2 {
			continue
		}
		if fields[0] == "replace" || fields[0] == "toolchain" {
			bad = append(bad, strings.TrimSpace(line)+": what builds here must build elsewhere")
		}
		if slices.ContainsFunc(neverLinked(), func(m string) bool { return fields[0] == m || strings.HasPrefix(fields[0], m+"/") }) {
			bad = append(bad, fields[0]+" is not to be linked: its licence does not allow what ours does")
		}
	}
	return bad
}

// TestHouseLicences reads the licence of every module that is linked into a program of ours.
func TestHouseLicences(t *testing.T) {
	cmd := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}}\t{{.Dir}}{{end}}", "./cmd/...")
	cmd.Dir = root
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, errs.String())
	}
	seen := map[string]bool{module: true}
	var bad []string
	for line := range strings.Lines(string(out)) {
		name, dir, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if ok && !seen[name] {
			seen[name] = true
			bad = append(bad, licence(name, os.DirFS(dir))...)
		}
	}
	if len(seen) < 10 {
		t.Fatalf("only %d modules found", len(seen))
	}
	report(t, bad)
}

// licence finds what a module's licence forbids us.
func licence(name string, dir fs.FS) []string {
	files, err := fs.Glob(dir, "[LClc][IOio][CPcp]*") // LICENSE, LICENCE, COPYING, with any ending
	if err != nil {
		return []string{err.Error()}
	}
	if len(files) == 0 {
		return []string{name + " has no licence"}
	}
	var bad []string
	for _, f := range files {
		text, err := fs.ReadFile(dir, f)
		if err != nil {
			continue // a folder of licences
		}
		head := strings.ToUpper(strings.Join(strings.Fields(string(text[:min(len(text), 1500)])), " "))
		for _, forbidden := range []string{"GNU AFFERO GENERAL PUBLIC LICENSE", "GNU GENERAL PUBLIC LICENSE", "SERVER SIDE PUBLIC LICENSE", "BUSINESS SOURCE LICENSE"} {
			if strings.HasPrefix(head, forbidden) {
				bad = append(bad, fmt.Sprintf("%s: %s is the %s", name, f, forbidden))
			}
		}
	}
	return bad
}

func TestHouseReadme(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	report(t, readmeMap(string(text), houseOf(t)))
}

// readmeMap holds the table under README's heading "Rooms" against the rooms there are.
func readmeMap(text string, h house) []string {
	_, section, ok := strings.Cut(text, "\n## Rooms")
	if !ok {
		return []string{`README.md has no heading "## Rooms"`}
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var listed, bad []string
	for line := range strings.Lines(section) {
		cells := strings.Split(line, "|")
		if len(cells) < 3 {
			continue
		}
		for _, name := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cells[1], -1) {
			listed = append(listed, strings.TrimSuffix(name[1], "/"))
		}
	}
	for _, r := range h.rooms {
		if !slices.Contains(listed, r.path) {
			bad = append(bad, fmt.Sprintf("README.md: the map of rooms does not list `%s`", r.path))
		}
	}
	for _, name := range listed {
		if _, err := fs.Stat(h.fsys, name); err != nil {
			bad = append(bad, fmt.Sprintf("README.md: the map of rooms lists `%s`, which does not exist", name))
		}
	}
	return bad
}
