package records

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// ErrorKind says what sort of trouble an Error is; the front door maps it to a status.
type ErrorKind int

// The kinds of error.
const (
	Unknown     ErrorKind = iota // a fault of ours
	NotFound                     // no such thing, or not one of yours
	Conflict                     // it exists already, or it changed meanwhile
	Forbidden                    // yours to see, but your role does not allow this
	SignIn                       // nobody is signed in
	Invalid                      // what was sent is wrong; Fields says where
	TooMany                      // too often or too much
	Unavailable                  // a part that is needed does not answer; try again
)

var kindNames = [...]string{"unknown", "not found", "conflict", "forbidden", "sign in", "invalid", "too many", "unavailable"}

// String is the kind in plain words, for logs.
func (k ErrorKind) String() string { return kindNames[k] }

// Error is the one error type of the school. Message and Fields are message ids or plain words that a person may read;
// Err is the cause, which never reaches a browser.
type Error struct {
	Kind    ErrorKind
	Message string            // a message id ("error.course.unknown")
	Fields  map[string]string // field path → message id, for Invalid; index → "taken", for Conflict
	Err     error
}

// Error gives kind, message, fields and cause on one line, for logs.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Kind.String())
	if e.Message != "" {
		b.WriteString(": " + e.Message)
	}
	for _, k := range slices.Sorted(maps.Keys(e.Fields)) {
		fmt.Fprintf(&b, " [%s: %s]", k, e.Fields[k])
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf is the kind of an error, Unknown where it is not one of ours.
func KindOf(err error) ErrorKind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Unknown
}

// Is says whether an error is of a kind.
func Is(err error, k ErrorKind) bool { return err != nil && KindOf(err) == k }

// Fail makes an error of a kind with a message id.
func Fail(k ErrorKind, message string) *Error { return &Error{Kind: k, Message: message} }

// Wrong makes an Invalid error about one field.
func Wrong(field, message string) *Error {
	return &Error{Kind: Invalid, Message: "error.invalid", Fields: map[string]string{field: message}}
}

// Taken is what an engine answers when an id ("id") or a key of a unique index is already there.
func Taken(index string) *Error {
	return &Error{Kind: Conflict, Message: "error.taken", Fields: map[string]string{index: "taken"}}
}

// IsTaken says whether an error is a conflict on that index.
func IsTaken(err error, index string) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Kind == Conflict && e.Fields[index] == "taken"
}
