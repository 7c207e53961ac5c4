package wiring

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"aulacomune/content"
	"aulacomune/course"
	"aulacomune/lms"
)

// lockName is the entry of a publication's zip that says which media file, by its hash, stands at which path. It is JSON, which YAML reads as well.
const lockName = "media.lock.yaml"

// compile is lms.Compile by package content.
func compile(archive []byte, media func(course.Hash) (course.Media, bool)) (lms.Compiled, error) {
	texts, err := content.ReadTexts(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return lms.Compiled{}, err
	}
	folder := content.Folder{Texts: texts}
	if folder.Media, err = locked(texts[lockName], media); err != nil {
		return lms.Compiled{}, err
	}
	delete(texts, lockName)
	folder = folder.Canonical()
	c, findings := content.Compile(folder)
	out := lms.Compiled{Course: c, Findings: findings, Texts: map[course.Hash]lms.TextMedia{}}
	for _, m := range c.Media {
		if text, ok := folder.Texts[m.Path]; ok {
			out.Texts[m.Hash] = lms.TextMedia{Type: m.Type, Bytes: text}
		}
	}
	return out, nil
}

// locked finds the uploaded media that a publication names.
func locked(lock []byte, media func(course.Hash) (course.Media, bool)) (map[string]course.Media, error) {
	var paths map[string]course.Hash
	if len(lock) > 0 {
		if err := json.Unmarshal(lock, &paths); err != nil {
			return nil, fmt.Errorf("%s: %w", lockName, err)
		}
	}
	out := map[string]course.Media{}
	for path, hash := range paths {
		m, ok := media(hash)
		if !ok {
			return nil, fmt.Errorf("%s: %s: the file with hash %s was not uploaded", lockName, path, hash)
		}
		m.Path = path
		out[path] = m
	}
	return out, nil
}

// Pack makes the zip that is published: the texts of the edition, and the lock of its media.
func Pack(f content.Folder, c course.Course) ([]byte, error) {
	texts, err := content.Zip(f)
	if err != nil {
		return nil, err
	}
	in, err := zip.NewReader(bytes.NewReader(texts), int64(len(texts)))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, entry := range in.File {
		if err := out.Copy(entry); err != nil {
			return nil, err
		}
	}
	lock := map[string]course.Hash{}
	for _, m := range Uploads(f, c) {
		lock[m.Path] = m.Hash
	}
	raw, err := json.Marshal(lock)
	if err != nil {
		return nil, err
	}
	w, err := out.Create(lockName)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(raw); err != nil {
		return nil, err
	}
	if err := out.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Uploads are the media files of an edition that go to the server by themselves; drawings and captions go with the texts.
func Uploads(f content.Folder, c course.Course) []course.Media {
	texts := f.Canonical().Texts
	var out []course.Media
	for _, m := range c.Media {
		if _, isText := texts[m.Path]; !isText {
			out = append(out, m)
		}
	}
	return out
}

// probe is lms.Probe by package content.
func probe(r io.ReadSeeker, name string) (course.Media, error) { return content.Probe(r, name) }
