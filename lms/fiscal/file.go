package fiscal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// Ring hands out the keys of an installation when they are first needed.
type Ring struct {
	text string // of the keys themselves; "" where they lie in a file
	file string // "" for none
	make bool   // the file is made when it is first needed
	mu   sync.Mutex
	keys Keys
}

// FixedRing has the keys of a text: of an environment variable, say.
func FixedRing(text string) *Ring { return &Ring{text: text} }

// FileRing has the keys of a file. With makeIt, it is made when a key is first needed and there is none.
func FileRing(file string, makeIt bool) *Ring { return &Ring{file: file, make: makeIt} }

// ErrNoKey says that an installation has no key.
var ErrNoKey = errors.New("there is no key for fiscal numbers: give --key-file or AULA_KEY")

// Keys are the keys that there are; ErrNoKey where there is none.
func (r *Ring) Keys() (Keys, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.read()
}

// Needed are the keys, to keep a number: where there is none yet, and it may be, one is made.
func (r *Ring) Needed() (Keys, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	keys, err := r.read()
	if !errors.Is(err, ErrNoKey) || !r.make {
		return keys, err
	}
	if err := create(r.file); err != nil {
		return nil, err
	}
	return r.read()
}

func (r *Ring) read() (Keys, error) {
	if r.keys != nil {
		return r.keys, nil
	}
	text := r.text
	if text == "" {
		if r.file == "" {
			return nil, ErrNoKey
		}
		b, err := os.ReadFile(r.file)
		if errors.Is(err, fs.ErrNotExist) && r.make {
			return nil, ErrNoKey
		}
		if err != nil {
			return nil, fmt.Errorf("key file: %w", err)
		}
		text = string(b)
	}
	keys, err := ParseKeys(text)
	if err != nil {
		return nil, err
	}
	r.keys = keys
	return keys, nil
}

// create makes a key file that only its owner reads. It appears whole; where another process was faster, the other's stays.
func create(file string) error {
	f, err := os.CreateTemp(filepath.Dir(file), ".key-") // 0600
	if err != nil {
		return fmt.Errorf("make a key: %w", err)
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(NewKeyText())
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("make a key: %w", err)
	}
	if err := os.Link(f.Name(), file); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("make a key: %w", err)
	}
	return nil
}

// File is where the keys lie, "" for keys that lie in no file; open says that others on this machine can read it, missing that there is no key and none
// will be made.
func (r *Ring) File() (file string, open, missing bool) {
	if r.text != "" || r.file == "" {
		return "", false, r.text == ""
	}
	info, err := os.Stat(r.file)
	return r.file, err == nil && info.Mode().Perm()&0o077 != 0, false
}
