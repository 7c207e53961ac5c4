// The house test: which rooms there are, what each may import, how large things may get, and what may not be in the repository.
// This file is the table and what is held against it; the checks are in house_*_test.go, each proved on a bad sample in house_samples_test.go.
package main_test

import (
	"os"
	"strings"
	"testing"
)

// room is a row of the table. A new room is a new row; a new arrow or library is a new word in one.
type room struct {
	path    string   // folder; a folder below it is a room of its own
	charter string   // how its package comment starts
	ours    []string // our rooms it may import; content and storage stand for those below them too, * for all
	theirs  []string // modules of others it may import, with what lies below
	helper  bool     // only tests use it: it may keep what lives as long as the test binary
}

// rooms is the table.
func rooms() []room {
	return []room{
		{path: "course", charter: "Package course is one published edition of a course"},
		{path: "content", charter: "Package content compiles an author's folder into a course, with findings.", ours: []string{"course", "content"}, theirs: compiling()},
		{path: "content/markup", charter: "Package markup is our Markdown dialect", ours: []string{"course", "content/lint"}, theirs: compiling()},
		{path: "content/lint", charter: "Package lint holds every rule an author's files are judged by", ours: []string{"course"}, theirs: compiling()},
		{path: "content/video", charter: "Package video reads recordings", ours: []string{"course", "content/lint"}, theirs: compiling()},
		{path: "content/picture", charter: "Package picture writes an uploaded picture anew, without what it tells of its author, in the widths that pages ask for.", theirs: []string{"golang.org/x/image"}},
		{path: "lms", charter: "Package lms is the school", ours: []string{"course", "lms/codes", "lms/memory", "lms/password", "lms/records"}, theirs: []string{"golang.org/x/text", "github.com/google/uuid"}},
		{path: "lms/codes", charter: "Package codes makes codes that stand on paper and are read aloud"},
		{path: "lms/records", charter: "Package records keeps the records of one type as documents in an engine", ours: []string{"lms/memory"}},
		{path: "lms/memory", charter: "Package memory is what a service remembers while it runs"},
		{path: "lms/password", charter: "Package password hashes passwords and checks them", theirs: []string{"golang.org/x/crypto"}},
		{path: "lms/enti", charter: "Package enti reads open data about Italian enti into the tree of organisations", ours: []string{"lms", "lms/sheet"}, theirs: []string{"golang.org/x/text"}},
		{path: "lms/roll", charter: "Package roll keeps who belongs where", ours: []string{"lms", "lms/sheet"}, theirs: []string{"github.com/google/uuid"}},
		{path: "lms/report", charter: "Package report says how an ente is doing, in tables", ours: []string{"course", "lms", "lms/sheet"}, theirs: []string{"github.com/google/uuid"}},
		{path: "lms/studio", charter: "Package studio keeps the drafts of courses", ours: []string{"lms", "course"}, theirs: []string{"github.com/google/uuid"}},
		{path: "lms/fiscal", charter: "Package fiscal keeps fiscal numbers", ours: []string{"lms"}},
		{path: "lms/signin", charter: "Package signin is ways to sign in without a password", ours: []string{"lms", "lms/memory", "lms/fiscal"}, theirs: []string{
			"github.com/coreos/go-oidc/v3", "golang.org/x/oauth2", "go.yaml.in/yaml/v3",
		}},
		{path: "lms/cohort", charter: "Package cohort is the dated deliveries of courses", ours: []string{"lms", "lms/memory", "course"}},
		{path: "lms/request", charter: "Package request is the leave that people ask for to get into a cohort", ours: []string{"lms", "lms/cohort", "course"}},
		{path: "lms/webinar", charter: "Package webinar is what happens around the hour of a webinar", ours: []string{"lms", "lms/cohort", "lms/codes", "lms/memory", "course"}},
		{path: "lms/plan", charter: "Package plan is what people are to take and by when", ours: []string{"lms", "lms/cohort", "lms/sheet", "course"}},
		{path: "lms/lmstest", charter: "Package lmstest opens a school on real engines for the tests of other rooms", helper: true, ours: []string{"lms", "lms/mail", "course", "storage/storagetest"}},
		{path: "lms/web", charter: "Package web is the pages", ours: []string{"lms", "lms/codes", "lms/delivery", "lms/export", "lms/studio", "lms/web/front", "lms/web/manuscript", "course"}, theirs: serving()},
		{path: "lms/web/front", charter: "Package front is the front door of the pages: what every page needs and no page in particular.", ours: []string{"lms", "lms/web/press", "lms/web/sent", "course"}, theirs: append(serving(), "rsc.io/qr")},
		{path: "lms/web/access", charter: "Package access is the pages of ways to sign in without a password", ours: []string{"lms", "lms/fiscal", "lms/signin", "lms/web/front"}, theirs: []string{"github.com/gofiber/fiber/v2"}},
		{path: "lms/api", charter: "Package api is the same for JSON", ours: []string{"lms", "lms/delivery", "lms/export", "lms/report", "lms/webinar", "course"}, theirs: serving()},
		{path: "lms/web/cohorts", charter: "Package cohorts is the pages of the dated deliveries of courses", ours: []string{"lms", "lms/cohort", "lms/request", "lms/sheet", "lms/web/audience", "lms/web/front", "course"}, theirs: []string{"github.com/gofiber/fiber/v2"}},
		{path: "lms/web/webinars", charter: "Package webinars is the pages of webinars as everybody and participants see them", ours: []string{"lms", "lms/cohort", "lms/request", "lms/webinar", "lms/web/front"}, theirs: []string{"github.com/gofiber/fiber/v2"}},
		{path: "lms/web/organiser", charter: "Package organiser is the pages of webinars for those who keep them", ours: []string{"lms", "lms/cohort", "lms/ledger", "lms/mail", "lms/sheet", "lms/webinar", "lms/web/audience", "lms/web/front"}, theirs: []string{"github.com/gofiber/fiber/v2"}},
		{path: "lms/web/offices", charter: "Package offices is the pages of those who keep an organisation's people", ours: []string{"lms", "lms/roll", "lms/sheet", "lms/web/front", "course"}, theirs: []string{"github.com/gofiber/fiber/v2"}},
		{path: "lms/web/plans", charter: "Package plans is the pages of what people are to take and by when", ours: []string{"lms", "lms/cohort", "lms/plan", "lms/sheet", "lms/web/audience", "lms/web/front", "course"}, theirs: []string{"github.com/gofiber/fiber/v2"}},
		{path: "lms/web/desk", charter: "Package desk is the first page of the staff's desk", ours: []string{"lms", "lms/web/front"}, theirs: []string{"github.com/gofiber/fiber/v2"}},
		{path: "lms/web/audience", charter: "Package audience is the part of forms that says for whom something is", ours: []string{"lms", "lms/cohort", "lms/web/front"}},
		{path: "lms/web/reports", charter: "Package reports is the pages of how an ente is doing", ours: []string{"lms", "lms/report", "lms/sheet", "lms/web/front", "course"}, theirs: []string{"github.com/gofiber/fiber/v2"}},
		{path: "lms/web/manuscript", charter: "Package manuscript puts a draft into what the pages of the studio show of it", ours: []string{"lms", "lms/studio", "course"}},
		{path: "lms/web/press", charter: "Package press puts pages together of pieces that are rendered, and compressed, once.", theirs: []string{"github.com/klauspost/compress/flate"}},
		{path: "lms/web/sent", charter: "Package sent reads forms with a file as they come", ours: []string{"lms"}},
		{path: "lms/web/tree", charter: "Package tree is the pages of the tree of enti", ours: []string{"lms", "lms/enti", "lms/web/front"}, theirs: []string{"github.com/gofiber/fiber/v2"}},
		{path: "lms/web/acts", charter: "Package acts is the pages of the log of acts", ours: []string{"lms", "lms/audit", "lms/sheet", "lms/web/front"}, theirs: []string{"github.com/gofiber/fiber/v2"}},
		{path: "lms/web/post", charter: "Package post is the pages of letters", ours: []string{"lms", "lms/mail", "lms/web/front"}, theirs: []string{"github.com/gofiber/fiber/v2"}},
		{path: "lms/delivery", charter: "Package delivery says how a media file answers a request", ours: []string{"lms", "course"}},
		{path: "lms/audit", charter: "Package audit keeps the log of what staff did", ours: []string{"lms", "lms/memory", "lms/sheet"}},
		{path: "lms/mail", charter: "Package mail is letters over SMTP", ours: []string{"lms", "lms/memory"}, theirs: []string{"github.com/wneessen/go-mail", "golang.org/x/net"}},
		{path: "lms/calendar", charter: "Package calendar writes iCalendar", theirs: []string{"github.com/arran4/golang-ical"}},
		{path: "lms/meeting", charter: "Package meeting is the rooms where webinars are held", ours: []string{"lms", "lms/memory"}},
		{path: "lms/certificate", charter: "Package certificate draws and signs the attestato", ours: []string{"lms", "course"}, theirs: []string{
			"codeberg.org/go-pdf/fpdf", "rsc.io/qr", "golang.org/x/text", "golang.org/x/image",
		}},
		{path: "lms/ledger", charter: "Package ledger keeps each person's hours of training", ours: []string{"lms", "course"}},
		{path: "lms/web/hours", charter: "Package hours is the pages of the ledger", ours: []string{"lms", "lms/ledger", "lms/sheet", "lms/web/front", "course"}, theirs: []string{"github.com/gofiber/fiber/v2"}},
		{path: "lms/attendance", charter: "Package attendance reads the reports of meetings and says who was there, and for how long.", ours: []string{"lms", "lms/sheet"}, theirs: []string{"golang.org/x/text"}},
		{path: "lms/sheet", charter: "Package sheet reads and writes tables as spreadsheets know them", ours: []string{"lms"}, theirs: []string{"github.com/xuri/excelize/v2"}},
		{path: "lms/export", charter: "Package export writes an edition as a web folder that needs no server, and as one page to print.", ours: []string{"lms", "course"}, theirs: []string{"golang.org/x/net", "golang.org/x/text"}},
		{path: "storage/sqlite", charter: "Package sqlite keeps records in one SQLite file", ours: []string{"lms"}, theirs: []string{"modernc.org/sqlite"}},
		{path: "storage/mongo", charter: "Package mongo keeps records in MongoDB", ours: []string{"lms"}, theirs: []string{"go.mongodb.org/mongo-driver/v2"}},
		{path: "storage/s3", charter: "Package s3 keeps large files in an S3 bucket.", ours: []string{"lms"}, theirs: []string{"github.com/minio/minio-go/v7"}},
		{path: "storage/versitygw", charter: "Package versitygw runs the embedded S3 engine and hands back its address.", theirs: []string{
			"github.com/versity/versitygw", "github.com/aws/aws-sdk-go-v2/service/s3", "golang.org/x/sys", "github.com/pkg/xattr",
		}},
		{path: "storage/storagetest", charter: "Package storagetest is the contract every engine passes, and opens a fresh real store for a test.", helper: true,
			ours: []string{"course", "lms", "storage"}, theirs: []string{"github.com/minio/minio-go/v7", "go.mongodb.org/mongo-driver/v2", "github.com/google/go-cmp", "pgregory.net/rapid"}},
		{path: "cmd/aula", charter: "Command aula", ours: []string{"*"}, theirs: []string{
			"github.com/alecthomas/kong", "github.com/gofiber/fiber/v2", "github.com/valyala/fasthttp", "github.com/prometheus/client_golang",
			"github.com/schollz/progressbar/v3", "golang.org/x/term", "golang.org/x/sync", "golang.org/x/text", "golang.org/x/sys",
		}},
		{path: "cmd/aula/wiring", charter: "Package wiring opens every part and hands each room what it needs", ours: []string{"*"}},
		{path: "cmd/aula/region", charter: "Package region makes up a region to measure an installation with", ours: []string{"*"}},
		{path: "cmd/bench", charter: "Command bench measures Aula Comune on this machine", ours: []string{"*"}, theirs: []string{
			"github.com/minio/minio-go/v7", "github.com/yuin/goldmark", // what ours is measured against
		}},
		{path: "cmd/bundle", charter: "Command bundle makes what the browser receives", theirs: []string{"github.com/evanw/esbuild", "github.com/andybalholm/brotli"}},
		{path: "cmd/testsummary", charter: "Command testsummary reads what `go test -json` writes and says it for people"},
	}
}

// compiling is what reads an author's files.
func compiling() []string {
	return []string{
		"github.com/yuin/goldmark", "github.com/yuin/goldmark-highlighting/v2", "github.com/alecthomas/chroma/v2", "go.abhg.dev/goldmark/frontmatter",
		"go.yaml.in/yaml/v3", "github.com/microcosm-cc/bluemonday", "github.com/asticode/go-astisub", "github.com/go-playground/validator/v10",
		"golang.org/x/text", "golang.org/x/net", "golang.org/x/image",
	}
}

// serving is what reads requests and answers.
func serving() []string {
	return []string{
		"github.com/gofiber/fiber/v2", "github.com/valyala/fasthttp", "github.com/go-playground/validator/v10", "github.com/nicksnyder/go-i18n/v2",
		"github.com/google/uuid", "golang.org/x/text", "golang.org/x/sync",
	}
}

// topLevel is what may lie in the repository's first folder.
func topLevel() []string {
	return []string{
		"cmd", "course", "lms", "content", "storage", "go.mod", "go.sum", "Makefile", "README.md", "LICENSE", "publiccode.yml", "CHANGES", "AUTHORS", "SECURITY.md",
		"package.json", "package-lock.json", "compose.yaml", "Dockerfile", "staticcheck.conf",
	}
}

// root is the repository's first folder, seen from this test.
const root = "../.."

// houseOf reads this repository once for a test.
func houseOf(t *testing.T) house {
	t.Helper()
	h, err := readHouse(os.DirFS(root), rooms())
	if err != nil {
		t.Fatal(err)
	}
	if len(h.packages) < 5 {
		t.Fatalf("only %d packages found: is this the repository?", len(h.packages))
	}
	return h
}

func TestHouse(t *testing.T) {
	h := houseOf(t)
	for _, c := range []struct {
		name  string
		check func(house) []string
	}{
		{"every package is a room of the table and says what it is", house.charters},
		{"imports go along the arrows", house.arrows},
		{"libraries stay at home", house.libraries},
		{"course is pure", house.purity},
		{"no drawers", house.drawers},
		{"functions, handlers, parameters", house.functions},
		{"files and packages", house.lengths},
		{"interfaces", house.interfaces},
		{"page templates", house.templates},
		{"what is exported is explained", house.docs},
		{"no init, no mutable package variable", house.state},
	} {
		t.Run(c.name, func(t *testing.T) { report(t, c.check(h)) })
	}
}

// report fails with every violation.
func report(t *testing.T, violations []string) {
	t.Helper()
	if len(violations) > 0 {
		t.Errorf("%d:\n\t%s", len(violations), strings.Join(violations, "\n\t"))
	}
}
