// Package records keeps the records of one type as documents in an engine: compare-and-swap, shapes, indexes, cursors.
package records

import (
	"context"
	"errors"
	"iter"
)

// Engine keeps documents. It is the port that storage/sqlite and storage/mongo implement; storage/storagetest is its contract.
//
// An engine knows nothing of what a document means: Records turns nouns into documents and back. Every write is atomic, durable
// when the call returns, and seen by every later read. Errors are *Error: NotFound, Conflict (made by Taken, or by Stale), Unavailable
// when the engine could not be reached or its answer was lost, and whatever else wrapped with the operation's name.
//
// Ids and keys are UTF-8 without U+0000, and no id is empty; keys may be.
type Engine interface {
	// Prepare makes sure that a collection and its indexes exist. It is safe to call again and from two processes.
	Prepare(ctx context.Context, c Collection) error
	// Get reads one document.
	Get(ctx context.Context, collection, id string) (Document, error)
	// Insert adds a document; Taken("id") or Taken(index) when it or one of its unique keys is there, any of them where several are.
	Insert(ctx context.Context, collection string, d Document) error
	// Replace writes next over the document with its id if the stored revision is next.Rev-1; Stale otherwise, NotFound when it is
	// gone, Taken(index) as Insert. The old keys go, the new ones come, in the same atomic write.
	Replace(ctx context.Context, collection string, next Document) error
	// Delete removes a document and its keys if the stored revision is rev; Stale otherwise, NotFound when it is gone.
	Delete(ctx context.Context, collection, id string, rev int64) error
	// Scan yields the entries of a range in order, without loading them all; the first error ends it. Other calls may be made meanwhile.
	// A document that changes while a scan is under way may be seen as it was or as it is, and, if its key moves on, again.
	Scan(ctx context.Context, collection string, r Range) iter.Seq2[Entry, error]
	// Count counts the entries of a range, ignoring After and Limit.
	Count(ctx context.Context, collection string, r Range) (int, error)
}

// Collection is what an engine must prepare for a noun.
type Collection struct {
	Name    string // lower-case letters and underscores
	Indexes []IndexSpec
}

// IndexSpec is an index as an engine sees it.
type IndexSpec struct {
	Name   string // lower-case letters and underscores
	Unique bool   // a key may stand in one document only
	Many   bool   // a document may have several keys; otherwise none or one
}

// Document is a record as an engine sees it.
type Document struct {
	ID      string
	Rev     int64    // 1 when added, one more with each change
	Version int      // of the noun's shape
	Tokens  []string // of the last write of each of the last few writers, newest last: a writer that lost its answer finds its own here
	Keys    []Key    // every index key, sorted by index and key
	Body    []byte   // JSON object
}

// Key is one index key of a document. Keys are compared bytewise.
type Key struct {
	IndexSpec
	Value string
}

// Range is a stretch of one index, in the order of (key, id).
type Range struct {
	Index   IndexSpec // Name "id" means the documents' own ids
	In      []string  // only these keys, when not nil
	From    string    // keys from here, when not empty
	To      string    // keys before this, when not empty
	After   Position  // start behind this entry, in the direction of the scan
	Reverse bool
	Limit   int // 0 means no limit
}

// Position is a place in an index.
type Position struct {
	Key, ID string
}

// Entry is a document found through one of its keys.
type Entry struct {
	Key string
	Document
}

// Stale is what an engine answers when a document changed since it was read.
func Stale() *Error { return &Error{Kind: Conflict, Message: "error.stale"} }

// IsStale says whether an error is Stale.
func IsStale(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Message == "error.stale"
}
