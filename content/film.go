package content

import (
	"path"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"

	"aulacomune/content/lint"
	"aulacomune/content/video"
	"aulacomune/course"
)

// video reads the video of an object's front matter.
func (c *compiler) video(p *part, f fields) *course.Video {
	v, ok := f.sub("video", "file", "captions", "poster", "poster_alt", "lang", "live")
	if !ok {
		return nil
	}
	out := &course.Video{PosterAlt: v.text("poster_alt"), Lang: v.lang(c.course.Lang), Live: v.yes("live")}
	out.File, _ = c.named(p, v, "file", "video/")
	v.need("file")
	c.captions(p, v, out)
	switch blank := v.blank("poster"); {
	case blank && out.Live:
		p.report.Add(lint.LiveRecording, v.whole, lint.WordPoster)
	case blank:
		p.report.Add(lint.MissingPoster, v.whole)
	default:
		c.poster(p, v, out)
	}
	return out
}

// poster reads the picture that stands for a video.
func (c *compiler) poster(p *part, v fields, out *course.Video) {
	ok := false
	if out.Poster, ok = c.named(p, v, "poster", "image/"); ok && out.PosterAlt == "" {
		p.report.Add(lint.MissingAlt, v.at("poster"), out.Poster.Path)
	}
}

// captions reads the captions of a video: one file, or one for each language, of which the video's own must be one. Those of a
// webinar may come later.
func (c *compiler) captions(p *part, v fields, out *course.Video) {
	files := map[string]course.Media{}
	n := v.values["captions"]
	switch {
	case v.blank("captions"):
	case n.Kind == yaml.MappingNode:
		byLang, _ := v.mapping(n, "captions", nil)
		for _, lang := range sortedKeys(byLang.values) {
			if _, err := language.Parse(lang); err != nil {
				p.report.Add(lint.BadValue, byLang.place(byLang.keys[lang]), "captions", lang, "it, en, de, fr, sl…", lint.Meant(lang, []string{"it", "en", "de", "fr", "sl"}))
				continue
			}
			byLang.need(lang)
			files[lang] = usable(c.named(p, byLang, lang, "text/vtt"))
		}
	default:
		files[out.Lang] = usable(c.named(p, v, "captions", "text/vtt"))
	}
	own := c.tracks(p, out, files)
	switch {
	case own:
	case out.Live:
		p.report.Add(lint.LiveRecording, v.at("captions"), lint.WordOwnCaptions)
	case len(files) > 0:
		p.report.Add(lint.OwnCaptions, v.at("captions"), out.Lang)
	default:
		p.report.Add(lint.MissingCaptions, v.whole)
	}
}

// usable is a file where it can be used, and else a zero one.
func usable(m course.Media, ok bool) course.Media {
	if !ok {
		return course.Media{}
	}
	return m
}

// tracks gives a video its captions, by language; own says that its own language is one of them. A file that is not there is zero.
func (c *compiler) tracks(p *part, v *course.Video, files map[string]course.Media) (own bool) {
	mine := v.Lang
	for _, lang := range sortedKeys(files) {
		if _, exactly := files[v.Lang]; !exactly && base(lang) == base(v.Lang) {
			mine = lang
		}
	}
	for _, lang := range sortedKeys(files) {
		file := files[lang]
		own = own || lang == mine
		switch {
		case file.Hash == "":
		case lang == mine:
			v.Captions, v.Cues = file, c.cues(p, v, lang, file)
		default:
			c.cues(p, v, lang, file)
			v.Tracks = append(v.Tracks, course.Track{Lang: lang, File: file})
		}
	}
	return own
}

// cues reads and judges captions of a video in a language.
func (c *compiler) cues(p *part, v *course.Video, lang string, file course.Media) []course.Cue {
	t, ok := c.readable(p, file.Path)
	if !ok {
		return nil
	}
	captions, ok := video.Captions(t.file, p.report)
	if !ok {
		return nil
	}
	captions.Seconds, captions.Lang = v.File.Seconds, lang
	captions.File = t.file
	lint.CheckCaptions(captions, p.report)
	return captions.Cues
}

// besides are the captions that lie beside a recording: accordo.vtt in its own language, and accordo.en.vtt in another.
func (r resolver) besides(v course.Video, at lint.Place) map[string]course.Media {
	files := map[string]course.Media{}
	name := strings.TrimSuffix(v.File.Path, path.Ext(v.File.Path))
	if r.c.has(name + ".vtt") {
		files[v.Lang] = usable(r.c.use(r.p, name+".vtt", "text/vtt", at))
	}
	for i := sort.SearchStrings(r.c.names, name+"."); i < len(r.c.names) && strings.HasPrefix(r.c.names[i], name+"."); i++ {
		lang := strings.TrimPrefix(strings.TrimSuffix(r.c.names[i], ".vtt"), name+".")
		_, twice := files[lang]
		if _, err := language.Parse(lang); err == nil && path.Ext(r.c.names[i]) == ".vtt" && r.c.names[i] != name+".vtt" && !twice {
			files[lang] = usable(r.c.use(r.p, r.c.names[i], "text/vtt", at))
		}
	}
	return files
}

// named takes the file that a key names, by its path from the course's root.
func (c *compiler) named(p *part, f fields, key, kind string) (course.Media, bool) {
	name := f.text(key)
	if name == "" {
		return course.Media{}, false
	}
	if lint.Local(name) {
		p.report.Add(lint.LocalPath, f.at(key), name)
		return course.Media{}, false
	}
	return c.use(p, path.Clean(strings.TrimPrefix(name, "/")), kind, f.at(key))
}
