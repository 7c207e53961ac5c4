// Command bundle makes what the browser receives: styles, scripts, icons and fonts with hashed names, compressed once.
//
// It reads lms/web/assets and the npm packages of package-lock.json, and writes lms/web/dist with a manifest.json
// that lms/web embeds. Run it from anywhere in the repository, after `npm ci --ignore-scripts`:
//
//	go run ./cmd/bundle
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

// house is where things lie in the repository.
type house struct {
	root   string // the folder of go.mod
	assets string // our sources
	dist   string // what we write
}

func run() error {
	h, err := findHouse()
	if err != nil {
		return err
	}
	if err := checkTools(h); err != nil {
		return err
	}
	icons, err := sprite(filepath.Join(h.assets, "icons"))
	if err != nil {
		return err
	}
	files, err := build(h)
	if err != nil {
		return err
	}
	files = append(files, icons)
	fonts, err := pdfFonts(h)
	if err != nil {
		return err
	}
	files = append(files, fonts...)
	logo, err := read("logo.svg", filepath.Join(h.assets, "logo.svg"))
	if err != nil {
		return err
	}
	files = append(files, logo)
	return write(h.dist, files)
}

// findHouse walks up to the folder of go.mod.
func findHouse() (house, error) {
	dir, err := os.Getwd()
	if err != nil {
		return house{}, err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return house{root: dir, assets: filepath.Join(dir, "lms/web/assets"), dist: filepath.Join(dir, "lms/web/dist")}, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return house{}, errors.New("run me inside the repository: no go.mod in this folder or above it")
		}
		dir = up
	}
}
