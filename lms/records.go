package lms

import (
	"context"

	"aulacomune/lms/records"
)

// What the school is kept in, and how it says that something went wrong, is the room lms/records; here are its names.
type (
	Records[T any] = records.Records[T] // the records of one noun
	Noun[T any]    = records.Noun[T]    // how records of one type are kept
	Index[T any]   = records.Index[T]   // the keys by which a record is found
	Upgrade        = records.Upgrade    // turns a document of one shape into the next
	Query          = records.Query      // a question to one index
	PageAt         = records.PageAt     // which page of a list
	Engine         = records.Engine     // keeps documents
	Collection     = records.Collection // what an engine must prepare
	IndexSpec      = records.IndexSpec  // an index as an engine sees it
	Document       = records.Document   // a record as an engine sees it
	Key            = records.Key        // an index key of a document
	Range          = records.Range      // a stretch of an index
	Position       = records.Position   // a place in an index
	Entry          = records.Entry      // a document found through one of its keys
	Error          = records.Error      // the one error type
	ErrorKind      = records.ErrorKind  // what sort of trouble it is
)

// The kinds of error.
const (
	Unknown     = records.Unknown     // a fault of ours
	NotFound    = records.NotFound    // no such thing, or not one of yours
	Conflict    = records.Conflict    // it exists already, or it changed meanwhile
	Forbidden   = records.Forbidden   // yours to see, but your role does not allow this
	SignIn      = records.SignIn      // nobody is signed in
	Invalid     = records.Invalid     // what was sent is wrong; Fields says where
	TooMany     = records.TooMany     // too often or too much
	Unavailable = records.Unavailable // a part that is needed does not answer; try again
)

// OpenRecords prepares a noun's collection (see records.Open).
func OpenRecords[T any](ctx context.Context, e Engine, n Noun[T]) (*Records[T], error) {
	return records.Open(ctx, e, n)
}

// KindOf is the kind of an error, Unknown where it is not one of ours.
func KindOf(err error) ErrorKind { return records.KindOf(err) }

// Is says whether an error is of a kind.
func Is(err error, k ErrorKind) bool { return records.Is(err, k) }

// Fail makes an error of a kind with a message id.
func Fail(k ErrorKind, message string) *Error { return records.Fail(k, message) }

// Wrong makes an Invalid error about one field.
func Wrong(field, message string) *Error { return records.Wrong(field, message) }

// Taken is what an engine answers when an id ("id") or a key of a unique index is already there.
func Taken(index string) *Error { return records.Taken(index) }

// IsTaken says whether an error is a conflict on that index.
func IsTaken(err error, index string) bool { return records.IsTaken(err, index) }

// Stale is what an engine answers when a document changed since it was read.
func Stale() *Error { return records.Stale() }

// IsStale says whether an error is Stale.
func IsStale(err error) bool { return records.IsStale(err) }

// asUnknown says of what is not there the same as of what is another's.
func asUnknown(err error, message string) error {
	if Is(err, NotFound) {
		return Fail(NotFound, message)
	}
	return err
}
