package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms"
)

type adminCmd struct {
	Add          adminAddCmd          `cmd:"" help:"Add an administrator, and print a link with which they set their password."`
	Organisation adminOrganisationCmd `cmd:"" help:"Add an organisation, or change what is printed on its certificates from now on."`
	Link         adminLinkCmd         `cmd:"" help:"Print a new activation link for a person."`
}

type adminAddCmd struct {
	place
	Email        string `arg:"" help:"E-mail address."`
	Organisation string `help:"Id of the organisation; without it, the first there is, or a new one." `
	Given        string `help:"Given name; without it, what stands before the full stop of the e-mail address."`
	Family       string `help:"Family name; without it, what stands behind."`
	Role         string `help:"learner, author or administrator." default:"administrator" enum:"learner,author,administrator"`
	URL          string `help:"Public address, for the link." required:"" env:"AULA_URL"`
}

// Run adds the person; where there is no organisation yet it makes one, so that the first step is one command.
func (c *adminAddCmd) Run(ctx context.Context) error {
	house, err := wiring.Open(ctx, c.options(c.URL))
	if err != nil {
		return err
	}
	defer house.Close()
	org := lms.OrganisationID(c.Organisation)
	if org == "" {
		if org, err = firstOrganisation(ctx, house.School); err != nil {
			return err
		}
	}
	given, family := nameOf(c.Email)
	added, err := house.School.People.Install(ctx, lms.NewPerson{Email: c.Email, Given: cmp.Or(c.Given, given), Family: cmp.Or(c.Family, family), Organisation: org, Role: lms.Role(c.Role)})
	if lms.Is(err, lms.NotFound) {
		return fmt.Errorf("no organisation %q: add it with aula admin organisation", org)
	}
	if err != nil {
		return err
	}
	printLink(c.URL, added.Link)
	return nil
}

// nameOf guesses a name from an address, as enti make them: maria.rossi@ is Maria Rossi.
func nameOf(email string) (given, family string) {
	local, _, _ := strings.Cut(email, "@")
	given, family, _ = strings.Cut(local, ".")
	capital := func(s string) string {
		r := []rune(strings.ReplaceAll(s, ".", " "))
		if len(r) > 0 {
			r[0] = unicode.ToUpper(r[0])
		}
		return string(r)
	}
	return cmp.Or(capital(given), "Amministratore"), cmp.Or(capital(family), "Aula Comune")
}

func firstOrganisation(ctx context.Context, s *lms.School) (lms.OrganisationID, error) {
	all, err := s.Organisations.Select(ctx, lms.Query{Limit: 1})
	if err != nil {
		return "", err
	}
	if len(all) > 0 {
		return all[0].ID, nil
	}
	o, err := s.Organisations.Add(ctx, lms.Organisation{ID: "ente", Name: "Ente"}, "")
	return o.ID, err
}

func printLink(url, secret string) {
	fmt.Printf("Activation link, once and for 7 days:\n\n  %s/attiva/%s\n\n", strings.TrimSuffix(url, "/"), secret)
}

type adminOrganisationCmd struct {
	place
	ID          string `arg:"" help:"Id: lower-case letters, digits and hyphens (comune-di-ala)."`
	Name        string `arg:"" help:"Name, as it is printed on certificates."`
	Parent      string `help:"Id of the organisation above."`
	Place       string `help:"Place where certificates are issued."`
	Signatory   string `help:"Who signs the certificates."`
	SignatoryAs string `help:"In what quality."`
}

// Run adds the organisation, or changes it where it is there.
func (c *adminOrganisationCmd) Run(ctx context.Context) error {
	if strings.Trim(c.ID, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || c.ID == "" {
		return errors.New("the id holds lower-case letters, digits and hyphens only")
	}
	house, err := wiring.Open(ctx, c.options("http://localhost"))
	if err != nil {
		return err
	}
	defer house.Close()
	o := lms.Organisation{ID: lms.OrganisationID(c.ID), Name: c.Name, Place: c.Place, Signatory: c.Signatory, SignatoryAs: c.SignatoryAs}
	_, err = house.School.Organisations.Add(ctx, o, lms.OrganisationID(c.Parent))
	switch {
	case lms.IsTaken(err, "id"):
		if err := house.School.Organisations.Revise(ctx, o); err != nil {
			return err
		}
		fmt.Printf("%s: changed. Certificates issued from now on say so.\n", c.ID)
		return nil
	case lms.Is(err, lms.NotFound):
		return fmt.Errorf("no organisation %q to stand above: add it first", c.Parent)
	case err != nil:
		return err
	}
	fmt.Printf("%s: %s\n", c.ID, c.Name)
	return nil
}

type adminLinkCmd struct {
	place
	Login string `arg:"" help:"E-mail address or login name."`
	URL   string `help:"Public address, for the link." required:"" env:"AULA_URL"`
}

// Run makes a new link; older ones stop working.
func (c *adminLinkCmd) Run(ctx context.Context) error {
	house, err := wiring.Open(ctx, c.options(c.URL))
	if err != nil {
		return err
	}
	defer house.Close()
	secret, err := house.School.Accounts.LinkFor(ctx, c.Login)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Login, err)
	}
	printLink(c.URL, secret)
	return nil
}
