package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"aulacomune/cmd/aula/wiring"
	"aulacomune/lms"
)

// there is a server whose API is asked in place of this machine's data.
type there struct {
	Server string `help:"Ask this server (https://corsi.example.it) instead of this machine's data." env:"AULA_SERVER"`
	Token  string `help:"Token for --server, made on its profile page with scope publish." env:"AULA_TOKEN"`
}

func (t there) remote() remote { return remote{server: t.Server, token: t.Token} }

// signed refuses a server without a token, and says where to make one.
func (t there) signed() error {
	if t.Server != "" && t.Token == "" {
		return fmt.Errorf("--token is missing: sign in at %s/profilo, make a token with scope publish, and give it with --token or in AULA_TOKEN", strings.TrimSuffix(t.Server, "/"))
	}
	return nil
}

// by says where an author does something, and who that is: on a server with a token, or on this machine's data by their e-mail address.
type by struct {
	place
	there
	As string `help:"Without --server: the e-mail address of the author." env:"AULA_AUTHOR"`
}

// known refuses a command that does not say who gives it, and shows how it is said.
func (b by) known(call string) error {
	if b.Server == "" && b.As == "" {
		return errors.New("say where, and who you are: --as on this machine's data, or --server and --token\n" +
			"    on a server:      aula " + call + " --server https://corsi.example.it --token aula_…  (made on its page /profilo, with scope publish)\n" +
			"    on this machine:  aula " + call + " --as autore@example.it")
	}
	return b.signed()
}

// here opens this machine's data for the author.
func (b by) here(ctx context.Context) (*wiring.House, lms.Actor, error) {
	house, err := wiring.Open(ctx, b.options("http://localhost"))
	if err != nil {
		return nil, lms.Actor{}, err
	}
	actor, err := house.School.Accounts.ActorByLogin(ctx, b.As)
	if err != nil {
		return nil, actor, errors.Join(fmt.Errorf("%s: %w", b.As, err), house.Close())
	}
	return house, actor, nil
}

// option is how a field of the school is given on the command line.
func option(field string) string {
	if field == "note" || field == "reason" {
		return "-m"
	}
	return field
}
