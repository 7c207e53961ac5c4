package webinars

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"strings"
	"time"

	"aulacomune/lms/web/front"
	"aulacomune/lms/webinar"

	"github.com/gofiber/fiber/v2"
)

// rssFile is RSS 2.0 with the link to itself that readers ask for (https://www.rssboard.org/rss-specification, rss-profile).
type rssFile struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string    `xml:"title"`
	Link        string    `xml:"link"`
	Description string    `xml:"description"`
	Language    string    `xml:"language"`
	TTL         int       `xml:"ttl"` // minutes
	Self        rssSelf   `xml:"atom:link"`
	Items       []rssItem `xml:"item"`
}

type rssSelf struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
}

type rssItem struct {
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	GUID        string `xml:"guid"`
	Description string `xml:"description"`
}

// typeCalendar is the media type of iCalendar (RFC 5545, 8.1).
const typeCalendar = "text/calendar; charset=utf-8"

// fresh is how long programs may keep a feed before they ask again whether it has changed.
const fresh = 15 * time.Minute

// rss is what is to come, for programs that follow news.
func (p Pages) rss(r *front.Request) error {
	all, err := p.Webinars.ToCome(r.Ctx())
	if err != nil {
		return err
	}
	out := rssFile{Version: "2.0", Atom: "http://www.w3.org/2005/Atom", Channel: rssChannel{
		Title: r.T("webinars.feed"), Link: r.URL("/webinar"), Description: r.T("webinars.lead"), Language: r.Lang, TTL: int(fresh.Minutes()),
		Self: rssSelf{r.URL("/webinar.rss"), "self", "application/rss+xml"},
	}}
	for _, w := range all {
		about := []string{when(r, w.Terms).Text + "."}
		if s := card(r, w).Speakers; s != "" {
			about = append(about, r.T("webinar.speakers.line", "Names", s))
		}
		page := r.URL(href(w.Slug))
		out.Channel.Items = append(out.Channel.Items, rssItem{w.Terms.Title, page, page, strings.Join(append(about, w.Terms.Abstract), "\n")})
	}
	body, err := xml.MarshalIndent(out, "", " ")
	if err != nil {
		return err
	}
	r.C.Vary(fiber.HeaderAcceptLanguage, fiber.HeaderCookie)
	return answer(r, "application/rss+xml; charset=utf-8", append([]byte(xml.Header), body...))
}

// calendar is what is to come, for calendar programs.
func (p Pages) calendar(r *front.Request) error {
	all, err := p.Webinars.ToCome(r.Ctx())
	if err != nil {
		return err
	}
	c := Calendar{Name: r.T("webinars.feed"), Lang: r.Lang, Page: "/webinar"}
	for _, w := range all {
		c.Of = append(c.Of, invite(r, w.ID, w.Slug, w.Terms, w.Sequence))
	}
	body, err := p.Calendar(c)
	if err != nil {
		return err
	}
	r.C.Vary(fiber.HeaderAcceptLanguage, fiber.HeaderCookie)
	return answer(r, typeCalendar, body)
}

// invite is a webinar for everybody's calendar. It is stamped with the day, so that the same is the same file.
func invite(r *front.Request, id webinar.ID, slug string, t webinar.Terms, sequence int) webinar.Invite {
	return webinar.Invite{
		Webinar: id, Sequence: sequence, Stamp: r.Now().Truncate(24 * time.Hour), Starts: t.Starts, Ends: t.Ends, Title: t.Title, Text: t.Abstract, Page: href(slug), Lang: r.Lang,
	}
}

// feed is somebody's own webinars, for a program that has the secret address.
func (p Pages) feed(r *front.Request) error {
	got, err := p.Webinars.FetchFeed(r.Ctx(), r.Param("secret"))
	if err != nil {
		return err
	}
	lang := got.Lang
	if lang == "" {
		lang = r.Lang
	}
	body, err := p.Calendar(Calendar{Name: r.WordsIn(lang).T("webinars.feed.mine"), Lang: lang, Page: "/webinar/miei", Of: got.Invites})
	if err != nil {
		return err
	}
	r.C.Set("X-Robots-Tag", "noindex")
	return answer(r, typeCalendar, body)
}

// file is one webinar to put into a calendar: that of the reader's letters, where they have a seat.
func (p Pages) file(r *front.Request) error {
	v, err := p.Webinars.Find(r.Ctx(), r.Actor, r.Param("slug"))
	if err != nil {
		return err
	}
	i := invite(r, v.ID, v.Slug, v.Terms, v.Sequence)
	i.Cancelled = v.Now == webinar.Cancelled
	if v.Mine.Has() {
		i.Person = r.Actor.ID
	}
	body, err := p.File(i)
	if err != nil {
		return err
	}
	return r.Download(v.Slug+".ics", typeCalendar, body)
}

// answer sends a file that programs fetch again and again, or says that they have it.
func answer(r *front.Request, kind string, body []byte) error {
	sum := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(sum[:16]) + `"`
	r.C.Set(fiber.HeaderETag, tag)
	r.C.Set(fiber.HeaderCacheControl, "private, no-cache")
	if strings.Contains(r.C.Get(fiber.HeaderIfNoneMatch), tag) {
		r.C.Status(fiber.StatusNotModified)
		return nil
	}
	r.C.Set(fiber.HeaderContentType, kind)
	return r.C.Send(body)
}

// photo is the picture of a speaker. Its address names its content, so that it never changes.
func (p Pages) photo(r *front.Request) error {
	o, err := p.Webinars.OpenPhoto(r.Ctx(), r.Actor, r.Param("slug"), r.Param("hash"))
	if err != nil {
		return err
	}
	r.C.Set(fiber.HeaderContentType, o.Info().Type)
	r.C.Set(fiber.HeaderCacheControl, "private, max-age=31536000, immutable")
	r.C.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	if r.C.Method() == fiber.MethodHead {
		defer o.Close()
		r.C.Response().Header.SetContentLength(int(o.Info().Size))
		r.C.Response().SkipBody = true
		return nil
	}
	r.C.Context().SetBodyStream(o, int(o.Info().Size)) // which closes it
	return nil
}
