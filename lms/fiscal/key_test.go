package fiscal

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

const mario, maria Number = "RSSMRA80A01H501U", "RSSMRA85T10A562S"

func keysOf(t *testing.T, texts ...string) Keys {
	t.Helper()
	ks, err := ParseKeys(strings.Join(texts, ""))
	if err != nil {
		t.Fatal(err)
	}
	return ks
}

// A number is found by the same hash and read back; the same number encrypted twice looks different, and nothing in either tells the number.
func TestSealing(t *testing.T) {
	ks := keysOf(t, NewKeyText())
	a, b := ks.Seal(mario), ks.Seal(mario)
	hash, again := ks.Hash(mario), ks.Hash(mario)
	if a == b || strings.Contains(a, string(mario)) || hash != again || hash == ks.Hash(maria) {
		t.Errorf("%s %s %s", a, b, hash)
	}
	for _, s := range []string{a, b} {
		if n, err := ks.Open(s); n != mario || err != nil {
			t.Errorf("%q, %v", n, err)
		}
	}
	other := keysOf(t, NewKeyText())
	if _, err := other.Open(a); !errors.Is(err, ErrOtherKey) {
		t.Errorf("another key: %v", err)
	}
	if other.Hash(mario)[9:] == ks.Hash(mario)[9:] {
		t.Error("two keys give one hash")
	}
	for i := range a { // no changed character passes
		changed := []byte(a)
		changed[i] ^= 1
		if n, err := ks.Open(string(changed)); err == nil && n != mario {
			t.Errorf("changed at %d it gives %q", i, n)
		} else if err == nil && i < len(a)-1 {
			t.Errorf("changed at %d it passes", i)
		}
	}
	if n, err := ks.Open(""); err == nil {
		t.Errorf("nothing gives %q", n)
	}
}

// A new key before the old one: both read, the new one writes.
func TestRotation(t *testing.T) {
	old, fresh := NewKeyText(), NewKeyText()
	was, is := keysOf(t, old), keysOf(t, "# since today\n", fresh, "\n", old)
	if n, err := is.Open(was.Seal(mario)); n != mario || err != nil {
		t.Errorf("%q, %v", n, err)
	}
	if got := is.Hashes(mario); len(got) != 2 || got[1] != was.Hash(mario) || got[0] != is.Hash(mario) {
		t.Error(got)
	}
	if _, err := was.Open(is.Seal(mario)); !errors.Is(err, ErrOtherKey) {
		t.Errorf("%v", err)
	}
}

func TestWhatIsNoKey(t *testing.T) {
	for _, text := range []string{"", "# only a remark\n", "x", "c2hvcnQ=\n", NewKeyText() + "rest\n", strings.Repeat("A", 100)} {
		if _, err := ParseKeys(text); !errors.Is(err, ErrKey) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// The file is made when a number is first kept, by one of many at once, for its owner alone; and not by who only reads.
func TestFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "key")
	if _, err := FileRing(file, true).Keys(); !errors.Is(err, ErrNoKey) {
		t.Errorf("reading: %v", err)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("reading made a file")
	}
	if _, err := FileRing(file, false).Needed(); err == nil || errors.Is(err, ErrNoKey) {
		t.Errorf("a file that was named and is not there: %v", err)
	}
	var all sync.WaitGroup
	names := make([]string, 20)
	for i := range names {
		all.Go(func() {
			ks, err := FileRing(file, true).Needed()
			if err != nil {
				t.Error(err)
				return
			}
			names[i] = ks[0].id
		})
	}
	all.Wait()
	for _, n := range names {
		if n != names[0] {
			t.Fatalf("different keys: %v", names)
		}
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(file), ".key-*")); len(left) != 0 || err != nil {
		t.Errorf("left: %v %v", left, err)
	}
	if f, open, missing := FileRing(file, true).File(); open || missing || f != file {
		t.Error("others can read it")
	}
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, missing := FixedRing("").File(); !missing {
		t.Error("that there is no key is not noticed")
	}
	if _, open, _ := FileRing(file, true).File(); !open {
		t.Error("it is not noticed that others can read it")
	}
	if _, err := FixedRing("").Keys(); !errors.Is(err, ErrNoKey) {
		t.Errorf("no key: %v", err)
	}
	if ks, err := FixedRing(NewKeyText()).Needed(); err != nil || len(ks) != 1 {
		t.Errorf("a key given: %v %v", ks, err)
	}
}
