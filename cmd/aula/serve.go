package main

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/content"
	"aulacomune/lms/api"
	"aulacomune/lms/signin"
	"aulacomune/lms/web"
	"aulacomune/lms/web/front"

	"github.com/gofiber/fiber/v2"
)

type serveCmd struct {
	place
	Listen     string   `help:"Address to listen on." default:"127.0.0.1:8080" env:"AULA_LISTEN"`
	URL        string   `help:"Public address, https://corsi.example.it: certificates carry it." env:"AULA_URL"`
	TrustProxy []string `help:"Addresses, or ranges of addresses, of proxies in front whose X-Forwarded-For is believed." env:"AULA_TRUST_PROXY"`
	Owner      string   `help:"Name of the body that runs this installation, for header and footer." default:"Aula Comune" env:"AULA_OWNER"`
	Contact    string   `help:"Whom people ask for help, in words: an office, a telephone number, an address." env:"AULA_CONTACT"`
	Texts      string   `help:"Folder with your own privacy.it.md, accessibilita.it.md, aiuto.it.md, note-legali.it.md." env:"AULA_TEXTS" type:"path"`
	Demo       bool     `help:"Serve a demonstration: invented people in seven enti, on this machine only." env:"AULA_DEMO"`
	posting
	meetings
	OIDC    string `name:"oidc" help:"File that names the identity providers people may sign in with, in YAML or JSON (README)." env:"AULA_OIDC" type:"path"`
	Metrics string `help:"Address to serve /metrics on, for Prometheus: 127.0.0.1:9090. Whoever reaches it reads the numbers." env:"AULA_METRICS"`
	Verbose bool   `help:"Log every request." short:"v" env:"AULA_VERBOSE"`

	numbers *metrics // nil where nobody watches
}

// gcPercent lets the heap grow to four times what is alive before it is collected: the school's own data are small, what requests leave behind is not,
// and a third of a page's time went into collecting it.
const gcPercent = 300

const (
	drainFor   = 10 * time.Second
	sweepEvery = 30 * time.Second
)

// Run serves until it is told to stop. A demo that begins again is closed, emptied, and served anew on the same address.
func (s *serveCmd) Run(ctx context.Context) error {
	log := s.logger()
	if err := s.check(); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", s.Listen)
	if err != nil {
		return fmt.Errorf("listen: %w (is another aula running? choose another address with --listen)", err)
	}
	s.Listen = listener.Addr().String()
	if s.URL == "" {
		s.URL = "http://" + s.Listen
	}
	for {
		again, err := s.serve(ctx, listener, log)
		if err != nil || !again {
			return err
		}
		if err := os.RemoveAll(s.Data); err != nil {
			return fmt.Errorf("begin the demo again: %w", err)
		}
		if listener, err = net.Listen("tcp", s.Listen); err != nil {
			return fmt.Errorf("begin the demo again: %w", err)
		}
	}
}

func (s *serveCmd) logger() *slog.Logger {
	level := slog.LevelInfo
	if s.Verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
}

// check refuses what would be regretted: an installation without its public address, a demo that others can reach, one taken for the other.
func (s *serveCmd) check() error {
	if info, err := os.Stat(s.Texts); s.Texts != "" && (err != nil || !info.IsDir()) {
		return fmt.Errorf("--texts %s: there is no such folder, and the pages would say our words in place of yours", s.Texts)
	}
	if s.Demo {
		return s.checkDemo()
	}
	u, err := url.Parse(s.URL)
	switch {
	case s.URL == "" || err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https"):
		return errors.New("--url is missing or is not an address: certificates carry it for ever, so an installation does not start without it (https://corsi.example.it). For a try: aula serve --demo")
	case loopback(u.Hostname()):
		return fmt.Errorf("--url %s is only this machine: the certificates could be verified by nobody else. For a try: aula serve --demo", s.URL)
	case isDemo(s.Data):
		return fmt.Errorf("%s holds a demo: serve it with --demo, or choose another folder with --data", s.Data)
	}
	s.URL = strings.TrimSuffix(s.URL, "/")
	m, err := s.mail(s.Owner, s.Contact)
	if err == nil {
		_, _, err = m.Server(s.URL)
	}
	return err
}

// loopback says whether a host of an address leads to this machine alone.
func loopback(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && (a.IsLoopback() || a.IsUnspecified())
}

// everywhere says whether a host is every address of this machine: nowhere to go to, and reachable for all when one listens on it.
func everywhere(host string) bool {
	a, err := netip.ParseAddr(host)
	return err == nil && a.IsUnspecified()
}

// serve opens the house and serves it; again says that the demo is to begin anew.
func (s *serveCmd) serve(ctx context.Context, listener net.Listener, log *slog.Logger) (again bool, err error) {
	clock := newDemoClock()
	o := wiring.Options{Data: s.Data, Database: s.Database, Objects: s.Objects, URL: s.URL, Env: os.Getenv, Key: os.Getenv("AULA_KEY"), KeyFile: s.KeyFile, Meeting: s.meeting(), Log: log, Alone: true}
	if o.Mail, err = s.mail(s.Owner, s.Contact); err != nil {
		return false, errors.Join(err, listener.Close())
	}
	if o.Sign, err = signin.ReadProviders(s.OIDC, os.Getenv); err != nil {
		return false, errors.Join(fmt.Errorf("--oidc: %w", err), listener.Close())
	}
	open := wiring.Open
	if s.Demo {
		o.Now, open, o.Mail = clock.Now, openDemo, wiring.Mail{Owner: demoOwner, Box: true}
	}
	house, err := open(ctx, o)
	if err != nil {
		return false, errors.Join(err, listener.Close())
	}
	defer func() { err = errors.Join(err, house.Close()) }()
	if s.Demo {
		if err := seedDemo(ctx, house, s.Data, clock); err != nil {
			return false, errors.Join(err, listener.Close())
		}
	}
	restart := make(chan struct{}, 1)
	s.measure()
	app, err := s.app(house, log, restart)
	if err != nil {
		return false, errors.Join(err, listener.Close())
	}
	stop, err := s.serveMetrics(log)
	if err != nil {
		return false, errors.Join(err, listener.Close())
	}
	defer stop()
	s.hello(ctx, house)
	settle()
	sweep := func(ctx context.Context) {
		var both sync.WaitGroup
		both.Go(func() { house.Mail.Run(ctx) })
		sweepOften(ctx, house, log)
		both.Wait()
	}
	return s.listen(ctx, app, listener, sweep, restart)
}

// settle gives back to the machine what opening the house left behind, and only then lets the heap grow for the sake of requests.
func settle() {
	debug.FreeOSMemory()
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
}

// listen serves until the context ends or a demo wants to begin again, then lets the requests under way end.
func (s *serveCmd) listen(ctx context.Context, app *fiber.App, l net.Listener, sweep func(context.Context), restart chan struct{}) (again bool, err error) {
	ended := make(chan error, 1)
	go func() { ended <- app.Listener(l) }()
	sweeping, stop := context.WithCancel(context.WithoutCancel(ctx))
	swept := make(chan struct{})
	go func() { defer close(swept); sweep(sweeping) }()
	defer func() { stop(); <-swept }()
	select {
	case err := <-ended:
		return false, err
	case <-ctx.Done():
	case <-restart:
		again = true
		time.Sleep(300 * time.Millisecond) // the answer that says so is on its way
	}
	if err := app.ShutdownWithTimeout(drainFor); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return again, err
	}
	return again, nil
}

// sweepOften does what is left to do now and then.
func sweepOften(ctx context.Context, house *wiring.House, log *slog.Logger) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		if err := house.Sweep(ctx); err != nil && ctx.Err() == nil {
			log.Error("sweep", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// app is the pages with the API behind them.
func (s *serveCmd) app(house *wiring.House, log *slog.Logger, restart chan struct{}) (*fiber.App, error) {
	messages, err := web.LoadMessages()
	if err != nil {
		return nil, err
	}
	rest := api.New(api.Options{School: house.School, Shows: house.Cohorts.Shows, Exporter: house.Exporter, Reports: house.Reports, Webinars: house.Webinars, URL: s.URL, Say: messages.Text, Log: log})
	o := front.Options{Messages: messages, URL: s.URL, Owner: s.Owner, TrustProxy: s.TrustProxy, Mount: rest.Mount, Log: log}
	pages := web.Options{Contact: s.Contact, Texts: s.texts(), Markdown: markdown, Guide: guide(), Say: sayFinding}
	if s.numbers != nil {
		o.Observe = s.numbers.observe
	}
	if s.Demo {
		o.Owner = demoOwner
		pages.Demo = &web.Demo{Accounts: demoAccounts(), Restart: func() {
			select {
			case restart <- struct{}{}:
			default:
			}
		}}
	}
	site, err := house.Site(o, pages)
	if err != nil {
		return nil, err
	}
	app := site.App()
	if s.numbers != nil {
		s.numbers.watch(app, house.School, log)
	}
	return app, nil
}

func (s *serveCmd) texts() fs.FS {
	if s.Texts == "" {
		return nil
	}
	return os.DirFS(s.Texts)
}

func markdown(name, lang string, source []byte) (template.HTML, error) {
	html, err := content.Text(name, source, lang)
	return template.HTML(html), err //nolint:gosec // content's output is safe
}

// hello says where to go.
func (s *serveCmd) hello(ctx context.Context, house *wiring.House) {
	if s.Demo {
		fmt.Printf("\nAula Comune, demo: %s\n\n", s.URL)
		for _, a := range demoAccounts() {
			fmt.Printf("  %-28s %s\n", a.Email, a.Label)
		}
		fmt.Printf("\n  password: %s\n\nStop with Ctrl-C.\n", demoPassword)
		return
	}
	fmt.Printf("Aula Comune: %s (listening on %s)\n", s.URL, s.Listen)
	if n, err := house.School.CountPeople(ctx); err == nil && n == 0 {
		fmt.Printf("\nNobody can sign in yet. Make the first organisation and administrator:\n\n  aula admin organisation comune-di-esempio \"Comune di Esempio\"\n  aula admin add nome@example.it --organisation comune-di-esempio --url %s\n\n", s.URL)
	}
}
