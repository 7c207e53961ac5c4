package api

import (
	"context"
	"net/http"

	"aulacomune/lms"
)

type peopleIn struct {
	page
	Query        string `query:"query" validate:"max=200" doc:"how the family or given name begins"`
	Organisation string `query:"organisation" validate:"max=200" doc:"its people and those below it; the caller's where it is missing"`
}

// people is a page of people.
type people struct {
	Items []person `json:"items"`
	Next  string   `json:"next" doc:"cursor of the next page; empty at the end"`
}

func (a *API) people(ctx context.Context, k call, in peopleIn) (people, error) {
	found, next, err := a.School.People.Search(ctx, k.actor, lms.OrganisationID(in.Organisation), in.Query, lms.PageAt{After: in.Cursor, Limit: in.Limit})
	out := people{Items: []person{}, Next: next}
	for _, p := range found {
		out.Items = append(out.Items, personOf(p))
	}
	return out, err
}

type addPerson struct {
	Body newPerson `body:"application/json"`
}

// newPerson is what is asked to add somebody. One of email and login is needed.
type newPerson struct {
	Email        string `json:"email,omitempty"`
	Login        string `json:"login,omitempty" doc:"instead of an e-mail address"`
	GivenName    string `json:"given_name"`
	FamilyName   string `json:"family_name"`
	Organisation string `json:"organisation,omitempty" doc:"the caller's where it is missing"`
	Office       string `json:"office,omitempty"`
	Category     string `json:"category,omitempty" enum:"amministratore,dirigente,funzionario,impiegato"`
	Role         string `json:"role,omitempty" enum:"learner,author,administrator"`
}

// addedPerson is a person with the link that lets them set a password.
type addedPerson struct {
	person
	Activation string `json:"activation,omitempty" format:"uri" doc:"shown this once; missing where it was sent by mail"`
}

func (addedPerson) status() int { return http.StatusCreated }

func (a *API) addPerson(ctx context.Context, k call, in addPerson) (addedPerson, error) {
	n := in.Body
	added, err := a.School.People.Add(ctx, k.actor, lms.NewPerson{
		Email: n.Email, Login: n.Login, Given: n.GivenName, Family: n.FamilyName, Organisation: lms.OrganisationID(n.Organisation),
		Office: n.Office, Category: lms.Category(n.Category), Role: lms.Role(n.Role),
	})
	if err != nil {
		return addedPerson{}, err
	}
	out := addedPerson{person: personOf(added.Person)}
	if !added.Sent {
		out.Activation = a.URL + "/attiva/" + added.Link
	}
	return out, nil
}
