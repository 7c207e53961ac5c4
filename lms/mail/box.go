package mail

import (
	"context"
	"time"

	"aulacomune/lms"
)

// Box is where the letters of a demo arrive: a page of the demo instead of the network. It is a Carrier.
type Box struct {
	records *lms.Records[Arrived]
}

// Arrived is a letter in a demo's box.
type Arrived struct {
	ID       string    `json:"id"` // of the letter in the outbox
	At       time.Time `json:"at"`
	Name     string    `json:"name,omitempty"`
	To       string    `json:"to"`
	Lang     string    `json:"lang,omitempty"` // that it is written in
	Subject  string    `json:"subject"`
	Text     string    `json:"text"`
	HTML     string    `json:"html"`
	Calendar []byte    `json:"calendar,omitempty"`
}

// arrivals says how a demo's letters are kept.
var arrivals = lms.Noun[Arrived]{
	Name: "demo_letters",
	ID:   func(a Arrived) string { return a.ID },
	Indexes: []lms.Index[Arrived]{
		{Name: "at", Keys: func(a Arrived) []string { return []string{dueKey(a.At)} }},
		{Name: "to", Keys: func(a Arrived) []string { return []string{boxKey(a.To) + dueKey(a.At)} }},
	},
}

// boxKey begins the keys of the letters to an address. No address has a space in it.
func boxKey(to string) string { return lms.FoldLogin(to) + " " }

// OpenBox prepares a demo's box.
func OpenBox(ctx context.Context, e lms.Engine) (*Box, error) {
	r, err := lms.OpenRecords(ctx, e, arrivals)
	return &Box{records: r}, err
}

// Dial gives a line that is always there.
func (b *Box) Dial(context.Context) (Line, error) { return b, nil }

// Close closes nothing: the box stays.
func (b *Box) Close() error { return nil }

// Send puts a letter into the box. The same letter again is the one that is there, as in a mailbox that knows its Message-ID.
func (b *Box) Send(ctx context.Context, m Message) error {
	a := Arrived{ID: m.ID, At: m.At, Name: m.To.Name, To: m.To.Address, Lang: m.Lang, Subject: m.Subject, Text: m.Text, HTML: m.HTML, Calendar: m.Calendar}
	if err := b.records.Add(ctx, a); !lms.IsTaken(err, "id") {
		return err
	}
	return nil
}

// List lists what arrived, the latest first.
func (b *Box) List(ctx context.Context, at lms.PageAt) ([]Arrived, string, error) {
	return b.records.Page(ctx, lms.Query{Index: "at", Reverse: true, After: at.After, Limit: at.Limit})
}

// To lists what arrived for an address, the latest first.
func (b *Box) To(ctx context.Context, address string, at lms.PageAt) ([]Arrived, string, error) {
	return b.records.Page(ctx, lms.Query{Index: "to", Prefix: boxKey(address), Reverse: true, After: at.After, Limit: at.Limit})
}

// Find finds one letter.
func (b *Box) Find(ctx context.Context, id string) (Arrived, error) { return b.records.Find(ctx, id) }
