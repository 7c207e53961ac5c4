package api

import (
	"context"

	"aulacomune/lms"
)

type signIn struct {
	Body struct {
		Email    string `json:"email" validate:"required,max=254" doc:"or the login name"`
		Password string `json:"password" validate:"required,max=1000"`
	} `body:"application/json"`
}

// session is the answer to signing in.
type session struct {
	Token  string `json:"token" doc:"for Authorization: Bearer; good for 12 hours after its last use"`
	Person person `json:"person"`
}

func (a *API) signIn(ctx context.Context, k call, in signIn) (session, error) {
	secret, actor, err := a.School.Accounts.SignIn(ctx, in.Body.Email, in.Body.Password, k.from)
	if err != nil {
		return session{}, err
	}
	p, err := a.School.Accounts.Me(ctx, actor)
	return session{Token: secret, Person: personOf(p)}, err
}

func (a *API) signOut(ctx context.Context, k call, _ none) (none, error) {
	if k.actor.Scope != lms.Everything {
		return none{}, lms.Fail(lms.Forbidden, "error.scope.signout")
	}
	return none{}, a.School.Accounts.SignOut(ctx, k.secret)
}

// person is somebody, as they see themselves or as their administrator sees them.
type person struct {
	ID          string       `json:"id"`
	GivenName   string       `json:"given_name"`
	FamilyName  string       `json:"family_name"`
	Email       string       `json:"email,omitempty"`
	Login       string       `json:"login,omitempty" doc:"instead of an e-mail address"`
	Lang        string       `json:"lang"`
	Activated   bool         `json:"activated" doc:"has set a password"`
	Memberships []membership `json:"memberships" doc:"those that the caller may know of"`
}

// membership is a role in an organisation from a day to a day.
type membership struct {
	Organisation string `json:"organisation"`
	Name         string `json:"name" doc:"of the organisation"`
	Office       string `json:"office,omitempty"`
	Category     string `json:"category,omitempty" enum:"amministratore,dirigente,funzionario,impiegato"`
	Role         string `json:"role" enum:"learner,author,administrator"`
	From         string `json:"from" format:"date-time"`
	To           string `json:"to,omitempty" format:"date-time" doc:"missing while it lasts"`
}

// personOf shows what the school told of a person: it knows what the caller may know of.
func personOf(p lms.Person) person {
	out := person{
		ID: string(p.ID), GivenName: p.Given, FamilyName: p.Family, Email: p.Email, Login: p.Login,
		Lang: p.Lang, Activated: !p.Activated.IsZero(), Memberships: []membership{},
	}
	for _, m := range p.Memberships {
		out.Memberships = append(out.Memberships, membership{
			Organisation: string(m.Organisation), Name: m.Name, Office: m.Office, Category: string(m.Category), Role: string(m.Role),
			From: moment(m.From), To: moment(m.To),
		})
	}
	return out
}
