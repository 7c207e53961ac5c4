package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms"
	"aulacomune/lms/enti"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

type entiCmd struct {
	Import entiImportCmd `cmd:"" help:"Fill the tree with the comuni, unions and provinces of a region, from open data; the same again changes nothing."`
	List   entiListCmd   `cmd:"" help:"Show the tree."`
}

type entiImportCmd struct {
	place
	ISTAT   string `name:"istat" help:"The comuni, as ISTAT offers them (Elenco-comuni-italiani.csv)." required:"" type:"existingfile" placeholder:"FILE"`
	IPA     string `name:"ipa" help:"The enti, as IndicePA offers them (data set \"enti\", CSV or XLSX): unions, codes and mail domains. Without it those stay as they are." type:"existingfile" placeholder:"FILE"`
	Ceased  string `help:"Comuni that ceased, and into which (ISTAT, \"Elenco comuni soppressi\"): their people go on in the other comune." type:"existingfile" placeholder:"FILE"`
	Members string `help:"Which comuni belong to which union: a CSV with the columns unione and comune, by codes or names. Open data do not say it; who moves comuni by hand does without." type:"existingfile" placeholder:"FILE"`
	Region  string `help:"Name of the region, as ISTAT writes it (Piemonte)." required:""`
	Under   string `help:"Id of the association that the enti lie below; without it, the one organisation that has none above." placeholder:"ORG"`
	Cease   bool   `help:"Let enti cease that are not in the files any more and that nobody took over. Without it they stay as they are, and are listed."`
	DryRun  bool   `help:"Say what would change, and change nothing."`
	All     bool   `help:"List every line, where a group has many."`
}

// Help says how one begins.
func (c *entiImportCmd) Help() string {
	return `Look first, then do it:

  aula enti import --istat Elenco-comuni-italiani.csv --ipa enti.csv --region Piemonte --dry-run
  aula enti import --istat Elenco-comuni-italiani.csv --ipa enti.csv --region Piemonte

Enti that are not in the files any more stay as they are and are listed, unless --ceased says who took them over, or --cease lets them cease; that is
refused where the files hold less than half of the comuni there are, as those of another region do, or lack more than a tenth of the enti.

Files may be in UTF-8 or Windows-1252, with semicolons, commas or tabs; lost leading zeros are put back. Enti keep their id for ever, also when they
are renamed; what was moved or renamed by hand stays so. It may be stopped at any moment and begun again.

Exit code: 0 done, or nothing to do; 1 refused or failed, and nothing was changed when it was refused; 2 the command line was wrong.`
}

// Run reads, compares, says, and does it unless that was all that was asked.
func (c *entiImportCmd) Run(ctx context.Context) error {
	region, err := c.read()
	if err != nil {
		return err
	}
	house, err := wiring.Open(ctx, c.options("http://localhost"))
	if err != nil {
		return err
	}
	defer house.Close()
	under, err := c.root(ctx, house.School)
	if err != nil {
		return err
	}
	plan, err := house.Enti.Prepare(ctx, region, enti.Order{Under: under, Cease: c.Cease})
	if err != nil {
		return err
	}
	most := 10
	if c.All {
		most = 0
	}
	if err := plan.Text(os.Stdout, most); err != nil {
		return err
	}
	fmt.Println()
	switch {
	case plan.Refused():
		return errors.New("refused: see the error above; nothing was changed")
	case c.DryRun:
		fmt.Println("A dry run: nothing was changed.")
		return nil
	}
	tell, done := stepBar(len(plan.Steps))
	if err := house.Enti.Install(ctx, plan, tell); err != nil {
		return err
	}
	done()
	if plan.Empty() {
		fmt.Println("Nothing to do.")
	} else {
		fmt.Printf("Done: %d organisations.\n", len(plan.Steps))
	}
	if n := len(plan.Absent); n > 0 {
		fmt.Printf("Left as they are, though not in the files: %d (see above).\n", n)
	}
	return nil
}

// read reads the files.
func (c *entiImportCmd) read() (enti.Region, error) {
	f := enti.Files{Region: c.Region}
	for _, file := range []struct {
		name string
		to   *[]byte
	}{{c.ISTAT, &f.ISTAT}, {c.IPA, &f.IPA}, {c.Ceased, &f.Ceased}, {c.Members, &f.Members}} {
		if file.name == "" {
			continue
		}
		b, err := os.ReadFile(file.name)
		if err != nil {
			return enti.Region{}, err
		}
		*file.to = b
	}
	r, err := enti.Read(f)
	if e, ok := errors.AsType[*lms.Error](err); ok {
		for field := range e.Fields {
			return r, fmt.Errorf("--%s: %s: %w", field, cmp.Or(map[string]string{"istat": c.ISTAT, "ipa": c.IPA, "ceased": c.Ceased, "members": c.Members}[field], c.Region), cmp.Or(e.Err, err))
		}
	}
	return r, err
}

// root is the organisation below which the enti go.
func (c *entiImportCmd) root(ctx context.Context, s *lms.School) (lms.OrganisationID, error) {
	if c.Under != "" {
		return lms.OrganisationID(c.Under), nil
	}
	all, err := s.Organisations.Select(ctx, lms.Query{})
	if err != nil {
		return "", err
	}
	roots := slices.DeleteFunc(all, func(o lms.Organisation) bool { return o.Parent() != "" })
	switch len(roots) {
	case 0:
		return "", errors.New(`there is no organisation yet: add the association first, with aula admin organisation associazione "Associazione dei Comuni"`)
	case 1:
		return roots[0].ID, nil
	}
	return "", errors.New("there are several organisations with none above: say with --under which is the association")
}

// stepBar shows a bar where somebody looks.
func stepBar(steps int) (tell enti.Progress, done func()) {
	if steps == 0 || !term.IsTerminal(int(os.Stderr.Fd())) {
		return nil, func() {}
	}
	bar := progressbar.NewOptions(steps, progressbar.OptionSetWriter(os.Stderr), progressbar.OptionClearOnFinish())
	return func(n, _ int) { _ = bar.Set(n) }, func() { _ = bar.Finish() }
}

type entiListCmd struct {
	place
	Under  string `help:"Only what lies below this organisation." placeholder:"ORG"`
	Kind   string `help:"Only of this kind: association, region, province, metropolitan-city, union, mountain-community, comune or office."`
	Ceased bool   `help:"Show those that ceased, too."`
}

// Run prints the tree.
func (c *entiListCmd) Run(ctx context.Context) error {
	house, err := wiring.Open(ctx, c.options("http://localhost"))
	if err != nil {
		return err
	}
	defer house.Close()
	all, err := house.School.Organisations.Select(ctx, lms.Query{})
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(o lms.Organisation) bool {
		return c.Under != "" && !slices.Contains(o.Within, lms.OrganisationID(c.Under)) || c.Kind != "" && string(o.Kind) != c.Kind || !c.Ceased && !o.Ceased.IsZero()
	})
	if c.Under != "" && len(all) == 0 {
		return fmt.Errorf("nothing lies below %q", c.Under)
	}
	printTree(os.Stdout, all)
	return nil
}

// printTree prints organisations, each indented below its parent, by name.
func printTree(w io.Writer, all []lms.Organisation) {
	byID, keys := map[lms.OrganisationID]lms.Organisation{}, map[lms.OrganisationID]string{}
	for _, o := range all {
		byID[o.ID] = o
	}
	for _, o := range all {
		for _, above := range o.Within {
			keys[o.ID] += lms.Fold(byID[above].Name) + "\x01" + string(above) + "\x00"
		}
	}
	slices.SortFunc(all, func(a, b lms.Organisation) int { return cmp.Compare(keys[a.ID], keys[b.ID]) })
	for _, o := range all {
		depth := 0
		for _, above := range o.Within[:len(o.Within)-1] {
			if _, shown := byID[above]; shown {
				depth++
			}
		}
		line := strings.Repeat("  ", depth) + o.Name + "  " + string(o.ID)
		for _, s := range []string{string(o.Kind), o.Codes.ISTAT, o.Codes.IPA} {
			if s != "" {
				line += "  " + s
			}
		}
		if !o.Ceased.IsZero() {
			line += "  ceased " + o.Ceased.Format("2006-01-02")
		}
		if o.Into != "" {
			line += " into " + string(o.Into)
		}
		fmt.Fprintln(w, line)
	}
}
