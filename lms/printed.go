package lms

import "time"

// Printed is every field that an attestato shows, in the words that are printed. The verify page shows the same fields.
type Printed struct {
	Lang         string    `json:"lang"`           // "it" or "en"
	Title        string    `json:"title"`          // "Attestato di partecipazione" | "Attestato di superamento"
	Issuer       string    `json:"issuer"`         // the organisation that issues
	Person       string    `json:"person"`         // given and family name
	Organisation string    `json:"organisation"`   // the person's ente at that time
	Role         string    `json:"role,omitempty"` // category: "funzionario"
	Course       string    `json:"course"`         // title of the course
	Edition      int       `json:"edition"`        // number of the edition ("versione")
	EditionHash  string    `json:"edition_hash"`   // first 12 hex digits of the content hash
	Programme    string    `json:"programme,omitempty"`
	Modules      []string  `json:"modules"`          // titles
	Minutes      int       `json:"minutes"`          // done
	Planned      int       `json:"planned"`          // minutes of the whole course
	Mode         string    `json:"mode"`             // "e-learning asincrono"
	From         time.Time `json:"from"`             // first evidence
	To           time.Time `json:"to"`               // completion
	Result       string    `json:"result,omitempty"` // of the questions: "28 risposte esatte su 30"
	Number       string    `json:"number"`           // of the register: "12/2026"
	Place        string    `json:"place"`            // of issue
	Issued       time.Time `json:"issued"`           // date of issue
	Signatory    string    `json:"signatory"`        // who signs
	SignatoryAs  string    `json:"signatory_as"`     // in what quality
	Code         Code      `json:"code"`             // readable aloud, with a check character
	Verify       string    `json:"verify"`           // full address of the verify page
	Privacy      string    `json:"privacy"`          // one line on personal data

	What   OccasionKind `json:"what,omitempty"`   // what Course is the title of, where that is no course
	Fiscal string       `json:"fiscal,omitempty"` // the person's fiscal number, where they chose that it be printed
}

// Code names a certificate in public: unguessable, readable aloud, with a check character.
type Code string

// DrawCertificate makes the PDF of an attestato. The same fields give the same bytes.
type DrawCertificate func(Printed) ([]byte, error)
