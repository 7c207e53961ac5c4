package sqlite

import (
	"context"
	"errors"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"aulacomune/lms"
)

// primary keeps the part of SQLite's code that says what sort of error it is.
const primary = 0xff

func code(err error) int {
	if e, ok := errors.AsType[*driver.Error](err); ok {
		return e.Code() & primary
	}
	return codes.SQLITE_OK
}

func isDouble(err error) bool { return code(err) == codes.SQLITE_CONSTRAINT }

// translate makes an error of ours where the caller may try again; others stay as they are.
func translate(err error) error {
	switch code(err) {
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED:
		return &lms.Error{Kind: lms.Unavailable, Message: "error.unavailable", Err: err}
	}
	return err
}

// fault is translate, except that a call whose context ended answers with the context's error.
func fault(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return translate(err)
}

func notFound() *lms.Error { return lms.Fail(lms.NotFound, "error.notfound") }
