// Command aula is Aula Comune: flags and environment, wiring, one file per subcommand.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"syscall"

	"aulacomune/lms"
	"aulacomune/lms/web"

	"github.com/alecthomas/kong"
)

// commands is the command line.
type commands struct {
	Serve    serveCmd    `cmd:"" help:"Start the server. With --demo, a living demonstration with people, courses and certificates."`
	Check    checkCmd    `cmd:"" help:"Compile a course and say what is wrong with it."`
	Diff     diffCmd     `cmd:"" help:"Say what changes from one edition of a course to another."`
	Publish  publishCmd  `cmd:"" help:"Publish a course as the next edition: on this machine's data, or on a server."`
	Editions editionsCmd `cmd:"" help:"The editions of a course: list, restore, withdraw, offer again, render again."`
	Export   exportCmd   `cmd:"" help:"Write an edition as a web folder that needs no server, or as one page to print."`
	Admin    adminCmd    `cmd:"" help:"Organisations and administrators of this installation."`
	Enti     entiCmd     `cmd:"" help:"The tree of organisations: fill it from open data (ISTAT, IndicePA), and list it."`
	Ledger   ledgerCmd   `cmd:"" help:"Hours of training: count the sums again and say whether they are what they should be."`
	Seed     seedCmd     `cmd:"" help:"Fill an empty installation with a made-up region, to measure it."`
	Mail     mailCmd     `cmd:"" help:"Letters by e-mail: what waits, what failed; send again, try the mail server, note what came back."`
	Audit    auditCmd    `cmd:"" help:"The log of what staff did: verify its chain, export it."`
	Doctor   doctorCmd   `cmd:"" help:"Say what is wrong with this installation, and how to mend it."`
	Backup   backupCmd   `cmd:"" help:"Write all records and objects to one file, while the server runs."`
	Restore  restoreCmd  `cmd:"" help:"Bring a backup back into an empty installation."`
	Version  versionCmd  `cmd:"" help:"Print the version."`
}

// place is where an installation keeps its things; most commands need it.
type place struct {
	Data     string `help:"Folder of the embedded database and object store." default:"data" env:"AULA_DATA" type:"path"`
	Database string `help:"mongodb://… instead of the embedded database." env:"AULA_DATABASE"`
	Objects  string `help:"Address of an S3 bucket (s3://host:9000/bucket) instead of the embedded store. Credentials come from AULA_S3_ACCESS_KEY and AULA_S3_SECRET_KEY, or from the file in AULA_S3_CREDENTIALS_FILE." env:"AULA_OBJECTS"`
	KeyFile  string `help:"File with the keys that hide fiscal numbers, one a line, the first for new ones; or the keys themselves in AULA_KEY. Without it, the file key in the data folder, made when it is first needed; with MongoDB there is none without it." env:"AULA_KEY_FILE" type:"path"`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:]))
}

// run runs one command and gives the exit code: 0 fine, 1 it failed, 2 the command line was wrong.
func run(ctx context.Context, args []string) int {
	var c commands
	parser, err := kong.New(&c, kong.Name("aula"), kong.UsageOnError(),
		kong.Description("Aula Comune: courses, evidence and certificates for municipalities.\n\nTry it:  aula serve --demo\nThen open http://127.0.0.1:8080"))
	if err != nil {
		fmt.Fprintln(os.Stderr, "aula:", err)
		return 2
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	k, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintln(os.Stderr, "aula:", err)
		return 2
	}
	k.BindTo(ctx, (*context.Context)(nil))
	if err := k.Run(); err != nil {
		if !errors.Is(err, errSaid) {
			fmt.Fprintln(os.Stderr, "aula:", inWords(err))
		}
		return 1
	}
	return 0
}

// inWords is an error with the school's reasons, which are keys of messages, as the pages say them in English.
func inWords(err error) string {
	messages, broken := web.LoadMessages()
	if broken != nil {
		return err.Error()
	}
	if e, ok := errors.AsType[*lms.Error](err); ok && e.Kind == lms.Invalid {
		for field, key := range e.Fields {
			if option(field) != field {
				return option(field) + ": " + messages.Text("en", key)
			}
		}
	}
	return regexp.MustCompile(`error\.[a-z.]*[a-z]`).ReplaceAllStringFunc(err.Error(), func(key string) string { return messages.Text("en", key) })
}

// errSaid is a failure that was explained already.
var errSaid = errors.New("said already")
