package markup

import (
	"net/url"
	"path"

	"aulacomune/course"
)

// Address is where a page finds a media file, relative to the pages of the course's objects.
func Address(m course.Media) string {
	return "media/" + string(m.Hash) + "/" + url.PathEscape(path.Base(m.Path))
}
