package front

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/web/press"

	"github.com/gofiber/fiber/v2"
)

// Options are what the front needs.
type Options struct {
	School     *lms.School
	Assets     *AssetSet
	Messages   *Messages
	Rooms      []Room
	URL        string             // public address, without a slash at the end
	Owner      string             // name of the body that runs this installation
	TrustProxy []string           // addresses, or ranges (10.0.0.0/8), of proxies whose X-Forwarded-For is believed
	Mount      func(fiber.Router) // adds the API; nil means none
	Demo       []DemoAccount      // who can be tried out; nil outside a demo
	Log        *slog.Logger
	Observe    func(method, route string, status int, took time.Duration) // hears of every page and API call that was answered; nil means nobody
}

// Site is the rooms behind their front door.
type Site struct {
	o         Options
	origin    string // scheme and host of the public address
	secure    bool
	routes    []Route
	menu      []Section
	desks     []Section
	waits     []Wait
	own       []Section
	footer    []Section
	banner    []Section
	ways      []Way
	outcomes  map[string]string                        // kinds of notice
	templates map[string]map[string]*template.Template // by language and page
	proxies   []netip.Prefix
	rome      *time.Location
	fragments press.Fragments
	buffers   sync.Pool // of *bytes.Buffer, to render in
}

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
	if err := s.furnish(o.Rooms); err != nil {
		return nil, err
	}
	s.buffers.New = func() any { return new(bytes.Buffer) }
	for _, lang := range Langs() {
		if s.templates[lang], err = Parse(o.Assets, o.Messages, lang, o.Rooms...); err != nil {
			return nil, err
		}
	}
	if s.rome, err = time.LoadLocation("Europe/Rome"); err != nil {
		return nil, fmt.Errorf("time zone of Italy: %w", err)
	}
	return s, nil
}

// Rooms are the rooms behind the door.
func (s *Site) Rooms() []Room { return s.o.Rooms }

// Rows is the table of every page of every room.
func (s *Site) Rows() []Route { return s.routes }

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

const (
	readTimeout = 30 * time.Second
	// WriteTimeout is how long an answer may take, or a piece of one that is long: a video on a slow line.
	WriteTimeout = 5 * time.Minute
	idleTimeout  = 2 * time.Minute
)

// App is the whole front door: pages, media, API, assets.
func (s *Site) App() *fiber.App {
	app := fiber.New(fiber.Config{
		AppName: "Aula Comune", DisableStartupMessage: true, StreamRequestBody: true, BodyLimit: DefaultLimit,
		ReadTimeout: readTimeout, WriteTimeout: WriteTimeout, IdleTimeout: idleTimeout, ReadBufferSize: 16 << 10,
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
	for _, r := range s.routes {
		app.Add(r.Method, r.Path, s.serve(r))
		if r.Method == fiber.MethodGet {
			app.Add(fiber.MethodHead, r.Path, s.serve(r))
		}
	}
	app.Use(s.serve(Route{Who: Anyone, Handle: func(*Request) error { return lms.Fail(lms.NotFound, "error.page") }}))
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
	c.Set(fiber.HeaderContentSecurityPolicy, Policy)
	return c.Status(status).SendString(fmt.Sprintf("%d\n", status))
}

// faultStatus is fiber's own for what it refuses.
func faultStatus(err error) int {
	if e, ok := errors.AsType[*fiber.Error](err); ok {
		return e.Code
	}
	return fiber.StatusInternalServerError
}
