package web

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/netip"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"aulacomune/course"
	"aulacomune/lms"
	"aulacomune/lms/export"
	"aulacomune/lms/studio"
	"aulacomune/lms/web/press"

	"github.com/gofiber/fiber/v2"
)

// Options are what the pages need.
type Options struct {
	School     *lms.School
	Studio     *studio.Studio
	Assets     *AssetSet
	Messages   *Messages
	URL        string   // public address, without a slash at the end
	Owner      string   // name of the body that runs this installation
	Contact    string   // whom to ask: an address or a sentence
	TrustProxy []string // addresses, or ranges (10.0.0.0/8), of proxies whose X-Forwarded-For is believed
	Texts      fs.FS    // the installation's own privacy.it.md and the like; nil means ours
	Markdown   func(name, lang string, source []byte) (template.HTML, error)
	Guide      Guide
	Exporter   *export.Exporter
	Say        func(lang string, f course.Finding) course.Finding // a finding in another language; nil means that it stays as it is
	Mount      func(fiber.Router)                                 // adds the API
	Demo       *Demo                                              // nil outside a demo
	Log        *slog.Logger
	Observe    func(method, route string, status int, took time.Duration) // hears of every page and API call that was answered; nil means nobody
}

// Demo is what a demo adds to the pages.
type Demo struct {
	Accounts []DemoAccount
	Restart  func() // begins again, after this request was answered
}

// Site is the pages and their front door.
type Site struct {
	o         Options
	origin    string // scheme and host of the public address
	secure    bool
	templates map[string]map[string]*template.Template // by language and page
	texts     map[string]template.HTML
	proxies   []netip.Prefix
	rome      *time.Location
	fragments press.Fragments
	buffers   sync.Pool // of *bytes.Buffer, to render in
}

//go:embed templates
var templateFiles embed.FS

// New parses every template in every language.
func New(o Options) (*Site, error) {
	u, err := url.Parse(o.URL)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("public address %q: want http(s)://host", o.URL)
	}
	s := &Site{o: o, origin: u.Scheme + "://" + u.Host, secure: u.Scheme == "https", templates: map[string]map[string]*template.Template{}}
	if s.proxies, err = prefixes(o.TrustProxy); err != nil {
		return nil, err
	}
	s.buffers.New = func() any { return new(bytes.Buffer) }
	for _, lang := range Langs() {
		if s.templates[lang], err = parseTemplates(o, lang); err != nil {
			return nil, err
		}
	}
	if s.rome, err = time.LoadLocation("Europe/Rome"); err != nil {
		return nil, fmt.Errorf("time zone of Italy: %w", err)
	}
	s.texts, err = loadTexts(o)
	return s, err
}

// prefixes reads addresses and ranges of addresses.
func prefixes(list []string) (out []netip.Prefix, err error) {
	for _, text := range list {
		p, err := netip.ParsePrefix(text)
		if a, e := netip.ParseAddr(text); e == nil {
			p, err = netip.PrefixFrom(a, a.BitLen()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("trusted proxy %q: want an address (10.0.0.1) or a range (10.0.0.0/8)", text)
		}
		out = append(out, p.Masked())
	}
	return out, nil
}

// trusted says whether an address is a proxy's that is believed.
func (s *Site) trusted(address string) bool {
	a, err := netip.ParseAddr(address)
	return err == nil && slices.ContainsFunc(s.proxies, func(p netip.Prefix) bool { return p.Contains(a.Unmap()) })
}

// now is the moment by which the pages say what is over.
func (s *Site) now() time.Time { return time.Now() }

// parseTemplates gives each page a tree of its own: its own templates, and of layout and parts what it calls.
func parseTemplates(o Options, lang string) (map[string]*template.Template, error) {
	funcs, err := Funcs(o.Assets, o.Messages, lang)
	if err != nil {
		return nil, err
	}
	base, err := template.New("").Funcs(funcs).ParseFS(templateFiles, "templates/layout*.html", "templates/parts/*.html")
	if err != nil {
		return nil, fmt.Errorf("parse templates: %w", err)
	}
	press.FoldConstants(base, funcs)
	files, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return nil, err
	}
	pages := map[string]*template.Template{}
	for _, f := range files {
		name := strings.TrimSuffix(path.Base(f), ".html")
		if strings.HasPrefix(name, "layout") {
			continue
		}
		t, err := template.New("").Funcs(funcs).ParseFS(templateFiles, f)
		if err != nil {
			return nil, fmt.Errorf("parse %s: %w", f, err)
		}
		press.FoldConstants(t, funcs)
		entrances := []string{"layout"}
		if name == anyPage {
			entrances = press.Names(base)
		}
		if err := press.Complete(t, base, entrances...); err != nil {
			return nil, fmt.Errorf("parse %s: %w", f, err)
		}
		pages[name] = t
	}
	return pages, nil
}

const (
	readTimeout  = 30 * time.Second
	writeTimeout = 5 * time.Minute // a video on a slow line
	idleTimeout  = 2 * time.Minute
)

// App is the whole front door: pages, media, API, assets.
func (s *Site) App() *fiber.App {
	app := fiber.New(fiber.Config{
		AppName: "Aula Comune", DisableStartupMessage: true, StreamRequestBody: true, BodyLimit: defaultLimit,
		ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, ReadBufferSize: 16 << 10,
		ErrorHandler: s.fault, EnableTrustedProxyCheck: true, TrustedProxies: s.o.TrustProxy, ProxyHeader: proxyHeader(s.o.TrustProxy),
		EnableIPValidation: true, CaseSensitive: true, UnescapePath: true, DisablePreParseMultipartForm: true,
	})
	app.Use(unread, s.forwarded)
	app.Get("/healthz", func(c *fiber.Ctx) error { return c.SendString("ok\n") })
	app.Get("/readyz", s.ready)
	app.Get(AssetsPrefix+"*", s.asset)
	app.Get("/favicon.ico", func(c *fiber.Ctx) error { return c.Redirect(s.o.Assets.Path("logo.svg"), fiber.StatusMovedPermanently) })
	app.Use(s.door)
	if s.o.Mount != nil {
		s.o.Mount(app)
	}
	for _, r := range s.routes() {
		app.Add(r.Method, r.Path, s.serve(r))
		if r.Method == fiber.MethodGet {
			app.Add(fiber.MethodHead, r.Path, s.serve(r))
		}
	}
	app.Use(s.serve(route{Handle: func(*request) error { return lms.Fail(lms.NotFound, "error.page") }}))
	return app
}

// forwarded leaves of X-Forwarded-For only the last address that is not a trusted proxy's own: what stands before it, the client wrote itself.
func (s *Site) forwarded(c *fiber.Ctx) error {
	header := &c.Request().Header
	hops := strings.Split(string(bytes.Join(header.PeekAll(fiber.HeaderXForwardedFor), []byte(","))), ",")
	for i := len(hops) - 1; i >= 0 && len(hops) > 1; i-- {
		if hop := strings.TrimSpace(hops[i]); i == 0 || !s.trusted(hop) {
			header.Del(fiber.HeaderXForwardedFor)
			header.Set(fiber.HeaderXForwardedFor, hop)
			break
		}
	}
	return c.Next()
}

func proxyHeader(trusted []string) string {
	if len(trusted) == 0 {
		return ""
	}
	return fiber.HeaderXForwardedFor
}

// ready says whether the parts behind the pages answer.
func (s *Site) ready(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), 3*time.Second)
	defer cancel()
	if err := s.o.School.Ready(ctx); err != nil {
		s.o.Log.Error("not ready", "err", err)
		return c.Status(fiber.StatusServiceUnavailable).SendString("unavailable\n")
	}
	return c.SendString("ready\n")
}

// asset serves styles, scripts and fonts; their names carry a hash, so they are kept for ever.
func (s *Site) asset(c *fiber.Ctx) error {
	a, ok := s.o.Assets.Serve(c.Path())
	if !ok {
		return c.SendStatus(fiber.StatusNotFound)
	}
	body, encoding := a.Encoded(c.Get(fiber.HeaderAcceptEncoding))
	c.Set(fiber.HeaderContentType, a.Type)
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	if encoding != "" {
		c.Set(fiber.HeaderContentEncoding, encoding)
	}
	return c.Send(body)
}

// fault answers for what fiber itself refuses (a header too long, a broken body).
func (s *Site) fault(c *fiber.Ctx, err error) error {
	status := faultStatus(err)
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderContentSecurityPolicy, policy)
	return c.Status(status).SendString(fmt.Sprintf("%d\n", status))
}

// faultStatus is fiber's own for what it refuses.
func faultStatus(err error) int {
	if e, ok := errors.AsType[*fiber.Error](err); ok {
		return e.Code
	}
	return fiber.StatusInternalServerError
}
