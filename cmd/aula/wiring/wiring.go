// Package wiring opens every part and hands each room what it needs: engine, object store, compiler, certificates, the school.
//
// The command and the tests of other rooms open a house through it, so that a test runs on the same parts as an installation.
package wiring

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"aulacomune/lms"
	"aulacomune/lms/audit"
	"aulacomune/lms/certificate"
	"aulacomune/lms/cohort"
	"aulacomune/lms/enti"
	"aulacomune/lms/export"
	"aulacomune/lms/fiscal"
	"aulacomune/lms/ledger"
	"aulacomune/lms/mail"
	"aulacomune/lms/meeting"
	"aulacomune/lms/plan"
	"aulacomune/lms/report"
	"aulacomune/lms/request"
	"aulacomune/lms/roll"
	"aulacomune/lms/signin"
	"aulacomune/lms/studio"
	"aulacomune/lms/web"
	"aulacomune/lms/web/front"
	"aulacomune/lms/webinar"
	"aulacomune/storage/mongo"
	"aulacomune/storage/s3"
	"aulacomune/storage/sqlite"
	"aulacomune/storage/versitygw"
)

// Options say where things are kept.
type Options struct {
	Data     string              // folder of the embedded engines
	Database string              // "" for the embedded engine, or mongodb://…
	Objects  string              // "" for the embedded store, or the address of a bucket
	URL      string              // public address
	Env      func(string) string // for the credentials of a bucket; nil means none
	Log      *slog.Logger        // nil means the default
	Now      func() time.Time    // nil means the clock
	Mail     Mail                // how letters leave
	Sign     []signin.Provider   // identity providers that people may sign in with
	Key      string              // keys for fiscal numbers, one a line; "" for those of KeyFile
	KeyFile  string              // "" for the file key in the data folder, made when it is first needed; with MongoDB for none
	Meeting  meeting.Config      // BigBlueButton, where webinars may be held; without an address only links lead to meetings
	Alone    bool                // run the embedded object store, never join that of another process: a server outlives commands
}

// House is everything, open.
type House struct {
	School    *lms.School
	Engine    lms.Engine
	Objects   lms.Objects
	Studio    *studio.Studio
	Cohorts   *cohort.Cohorts
	Requests  *request.Requests
	Plans     *plan.Plans
	Webinars  *webinar.Webinars
	Enti      *enti.Enti
	Roll      *roll.Roll
	Ledger    *ledger.Ledger
	Reports   *report.Reports
	Audit     *audit.Log
	Mail      *mail.Outbox
	Box       *mail.Box // of a demo; nil elsewhere
	Forgotten *mail.Forgotten
	Fiscal    *fiscal.Office
	SignIn    *signin.Service
	Assets    *front.AssetSet
	Exporter  *export.Exporter
	Backup    func(ctx context.Context, path string) error // a consistent copy of the embedded database; nil with MongoDB
	drawer    *certificate.Drawer
	sender    string // address of letters
	now       func() time.Time
	closers   []func() error
}

// Open opens a house. Close it.
func Open(ctx context.Context, o Options) (h *House, err error) {
	h = &House{now: o.Now}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.Close())
		}
	}()
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if h.Assets, err = web.Assets(); err != nil {
		return h, err
	}
	if err := h.openEngine(ctx, o); err != nil {
		return h, fmt.Errorf("database: %w", err)
	}
	if err := h.openObjects(ctx, o); err != nil {
		return h, fmt.Errorf("object store: %w", err)
	}
	if err := h.mustBeFinished(ctx); err != nil {
		return h, err
	}
	if err := h.openAudit(ctx, o); err != nil {
		return h, err
	}
	if err := h.openSchool(ctx, o); err != nil {
		return h, err
	}
	if err := errors.Join(h.openStudio(ctx, o), h.openMail(ctx, o)); err != nil {
		return h, err
	}
	return h, errors.Join(h.openLedger(ctx, o), h.openCohorts(ctx, o), h.openEnti(ctx, o), h.openWebinars(ctx, o), h.openSignIn(ctx, o), h.openRoll(ctx, o), h.openReports(ctx, o))
}

func (h *House) openEngine(ctx context.Context, o Options) error {
	if strings.HasPrefix(o.Database, "mongodb") {
		e, err := mongo.Open(ctx, o.Database)
		if err != nil {
			return err
		}
		h.Engine, h.closers = e, append(h.closers, e.Close)
		return nil
	}
	if o.Database != "" {
		return fmt.Errorf("%q is not an address of MongoDB (mongodb://…)", o.Database)
	}
	if err := os.MkdirAll(o.Data, 0o700); err != nil {
		return err
	}
	e, err := sqlite.Open(ctx, filepath.Join(o.Data, "aula.db"))
	if err != nil {
		return err
	}
	h.Engine, h.Backup, h.closers = e, e.Backup, append(h.closers, e.Close)
	return nil
}

func (h *House) openObjects(ctx context.Context, o Options) error {
	if o.Objects != "" {
		env := o.Env
		if env == nil {
			env = func(string) string { return "" }
		}
		so, err := s3.Parse(o.Objects, env)
		if err != nil {
			return err
		}
		return h.openStore(ctx, so)
	}
	server, err := embedded(ctx, filepath.Join(o.Data, "objects"), o.Alone)
	if err != nil {
		return err
	}
	h.closers = append(h.closers, server.Stop)
	return h.openStore(ctx, s3.Options{
		Endpoint: server.Endpoint, Bucket: versitygw.Bucket, AccessKey: server.AccessKey, Secret: server.Secret, Region: versitygw.Region,
		Dial: server.Dial, Sync: server.Sync,
	})
}

// aloneWithin is how long a server waits for a command, such as a backup begun while nothing ran, to leave the folder.
const aloneWithin = 5 * time.Second

// embedded runs the embedded object store, or joins the process that does.
func embedded(ctx context.Context, dir string, alone bool) (*versitygw.Server, error) {
	if !alone {
		return versitygw.Use(ctx, versitygw.Options{Dir: dir})
	}
	for end := time.Now().Add(aloneWithin); ; {
		server, err := versitygw.Start(ctx, versitygw.Options{Dir: dir})
		if !errors.Is(err, versitygw.ErrLocked) {
			return server, err
		}
		if time.Now().After(end) {
			return nil, fmt.Errorf("%w: is another aula running on this data folder?", err)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func (h *House) openStore(ctx context.Context, o s3.Options) error {
	store, err := s3.Open(ctx, o)
	if err != nil {
		return err
	}
	h.Objects, h.closers = store, append(h.closers, func() error { store.Close(); return nil })
	return nil
}

func (h *House) openSchool(ctx context.Context, o Options) error {
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		return fmt.Errorf("time zone of Italy: %w", err)
	}
	regular, err := h.Assets.Font("titillium-regular.ttf")
	if err != nil {
		return err
	}
	bold, err := h.Assets.Font("titillium-bold.ttf")
	if err != nil {
		return err
	}
	h.drawer = certificate.New(certificate.Fonts{Regular: regular, Bold: bold})
	h.School, err = lms.OpenSchool(ctx, lms.Ports{
		Engine: h.Engine, Objects: h.Objects, Compile: compile, Probe: probe,
		Draw:   h.drawer.Draw,
		Fiscal: func(ctx context.Context, id lms.PersonID) (string, error) { return h.Fiscal.Printable(ctx, id) }, // the office is opened below
		Invite: h.invite, Admit: h.admit, Attended: h.attendedWebinar, Note: h.Audit.Note, Completed: h.completed, URL: o.URL, Rome: rome, Log: o.Log, Now: o.Now,
	})
	if err != nil {
		return err
	}
	h.Fiscal = fiscal.New(h.School.People, o.ring())
	h.Exporter, err = export.New(export.Options{School: h.School, URL: o.URL, Asset: h.Assets.Body})
	return err
}

// Sweep does what is left to do now and then.
func (h *House) Sweep(ctx context.Context) error {
	return errors.Join(
		h.School.Sweep(ctx),
		h.Studio.Sweep(ctx),
		h.Cohorts.Sweep(ctx),
		h.Requests.Sweep(ctx),
		h.Plans.Sweep(ctx),
		h.Webinars.Sweep(ctx),
		h.Mail.Sweep(ctx),
		h.Enti.Sweep(ctx),
		h.Ledger.Sweep(ctx),
		h.Fiscal.Sweep(ctx),
		h.Roll.Sweep(ctx),
		h.SignIn.Sweep(ctx),
		h.Reports.Sweep(ctx),
		h.Audit.Sweep(ctx),
	)
}

// Close closes everything, in the opposite order.
func (h *House) Close() error {
	var errs []error
	for i := len(h.closers) - 1; i >= 0; i-- {
		errs = append(errs, h.closers[i]())
	}
	h.closers = nil
	return errors.Join(errs...)
}
