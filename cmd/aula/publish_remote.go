package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/course"

	"github.com/schollz/progressbar/v3"
)

// remote is an author at the API of a server.
type remote struct {
	server, token string
}

func (r remote) publish(ctx context.Context, from wiring.Source, c course.Course, n wiring.Note) error {
	uploads := wiring.Uploads(from.Folder, c)
	if err := r.media(ctx, from.Files, uploads); err != nil {
		return err
	}
	archive, err := wiring.Pack(from.Folder, c)
	if err != nil {
		return err
	}
	q := url.Values{"note": {n.Text}, "organisation": {string(n.Organisation)}}
	var out struct {
		Edition struct {
			Number int
			Hash   course.Hash
		}
		New bool
	}
	if err := r.do(ctx, apiCall{http.MethodPost, "/courses?" + q.Encode(), "application/zip", bytes.NewReader(archive)}, &out); err != nil {
		return err
	}
	say(c.Slug, out.Edition.Number, out.Edition.Hash, out.New)
	fmt.Printf("%s/versioni/%s\n", strings.TrimSuffix(r.server, "/"), c.Slug)
	return nil
}

// media sends the files that the server does not have, one after the other.
func (r remote) media(ctx context.Context, fsys fs.FS, uploads []course.Media) error {
	byHash := map[course.Hash]course.Media{}
	ask := struct {
		Hashes []course.Hash `json:"hashes"`
	}{[]course.Hash{}}
	for _, m := range uploads {
		byHash[m.Hash] = m
		ask.Hashes = append(ask.Hashes, m.Hash)
	}
	body, err := json.Marshal(ask)
	if err != nil {
		return err
	}
	var answer struct{ Missing []course.Hash }
	if err := r.do(ctx, apiCall{http.MethodPost, "/media/missing", "application/json", bytes.NewReader(body)}, &answer); err != nil {
		return err
	}
	for _, h := range answer.Missing {
		if err := r.file(ctx, fsys, byHash[h]); err != nil {
			return err
		}
	}
	return nil
}

func (r remote) file(ctx context.Context, fsys fs.FS, m course.Media) error {
	f, err := fsys.Open(m.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	bar := progressbar.DefaultBytes(m.Size, path.Base(m.Path))
	body := progressbar.NewReader(f, bar)
	return r.do(ctx, apiCall{http.MethodPut, "/media/" + string(m.Hash) + "?name=" + url.QueryEscape(path.Base(m.Path)), m.Type, sized{&body, m.Size}}, nil)
}

// sized is a body whose length is known.
type sized struct {
	io.Reader
	size int64
}

// apiCall is a request to the API.
type apiCall struct {
	method, address, mediaType string
	body                       io.Reader
}

// do asks the API and reads its answer, or what it says is wrong.
func (r remote) do(ctx context.Context, c apiCall, out any) error {
	req, err := http.NewRequestWithContext(ctx, c.method, strings.TrimSuffix(r.server, "/")+"/api/v1"+c.address, c.body)
	if err != nil {
		return err
	}
	if s, ok := c.body.(sized); ok {
		req.ContentLength = s.size
	}
	req.Header.Set("Authorization", "Bearer "+r.token)
	if c.mediaType != "" {
		req.Header.Set("Content-Type", c.mediaType)
	}
	lang, _, _ := strings.Cut(os.Getenv("LANG"), "_") // it_IT.UTF-8
	req.Header.Set("Accept-Language", lang)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode >= 300 {
		return r.problem(res)
	}
	if out == nil {
		return nil
	}
	return json.NewDecoder(res.Body).Decode(out)
}

// problem puts the server's refusal in words, with its findings.
func (r remote) problem(res *http.Response) error {
	var problem struct {
		Title, Detail string
		Fields        map[string]string
		Findings      []course.Finding
	}
	if err := json.NewDecoder(io.LimitReader(res.Body, 1<<20)).Decode(&problem); err != nil {
		return fmt.Errorf("%s: %s", r.server, res.Status)
	}
	printFindings(os.Stdout, problem.Findings)
	words := []string{r.server, problem.Title, problem.Detail}
	for field, text := range problem.Fields {
		words = append(words, option(field)+": "+text)
	}
	return fmt.Errorf("%s", strings.Join(words, ": "))
}
