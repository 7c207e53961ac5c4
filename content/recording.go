package content

import (
	"path"
	"strings"

	"aulacomune/content/lint"
	"aulacomune/course"
)

// Recording implements markup.Targets. What goes with a recording lies beside it under the same name: accordo.mp4 has its
// captions in accordo.vtt, those in English in accordo.en.vtt, and its poster in accordo.jpg, .png, .webp or .svg.
func (r resolver) Recording(dest string, at lint.Place, report *lint.Report) (course.Video, bool) {
	file, ok := r.Media(dest, "", at, report)
	if !ok {
		return course.Video{}, false
	}
	isVideo := strings.HasPrefix(file.Type, "video/")
	if !isVideo && !strings.HasPrefix(file.Type, "audio/") {
		report.Add(lint.WrongMedia, at, file.Path, file.Type, lint.WordRecording)
		return course.Video{}, false
	}
	v := course.Video{File: file, Lang: r.c.course.Lang}
	beside := strings.TrimSuffix(file.Path, path.Ext(file.Path))
	r.c.tracks(r.p, &v, r.besides(v, at))
	if v.Captions.Path == "" && r.c.has(beside+".vtt") { // it is there, and what is wrong with it has been said
		v.Captions.Path = beside + ".vtt"
	}
	for _, end := range []string{".jpg", ".jpeg", ".png", ".webp", ".svg"} {
		if isVideo && v.Poster.Hash == "" && r.c.has(beside+end) {
			v.Poster, _ = r.c.use(r.p, beside+end, "image/", at)
		}
	}
	return v, true
}
