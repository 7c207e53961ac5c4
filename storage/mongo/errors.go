package mongo

import (
	"context"
	"errors"
	"strings"

	"go.mongodb.org/mongo-driver/v2/mongo"

	"aulacomune/lms"
)

const indexNotFound = 27

// passing are the codes of a server that can't answer now but will: it lost or looks for its primary, stops, or could not wait for the
// majority. The write may have been made.
var passing = [...]int{
	6, 7, 89, 9001, // host unreachable, not found, network timeout, socket
	91, 11600, 11602, // shutting down, interrupted
	189, 10107, 13435, 13436, 10058, // not primary
	50, 64, 262, // over time
	43, 237, // a cursor that the server lost
	112, // two writes met; neither waits
}

// fault makes an error of ours of a driver's. A call whose context ended answers with the context's error.
func fault(ctx context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case mongo.IsDuplicateKeyError(err):
		return lms.Taken(takenIndex(err))
	case ctx.Err() != nil:
		return ctx.Err()
	case isPassing(err):
		return &lms.Error{Kind: lms.Unavailable, Message: "error.unavailable", Err: err}
	}
	return err
}

func isPassing(err error) bool {
	if mongo.IsNetworkError(err) || mongo.IsTimeout(err) || errors.Is(err, mongo.ErrClientDisconnected) {
		return true
	}
	if e, ok := errors.AsType[mongo.LabeledError](err); ok && (e.HasErrorLabel("RetryableWriteError") || e.HasErrorLabel("RetryableReadError")) {
		return true
	}
	for _, c := range passing {
		if hasCode(err, c) {
			return true
		}
	}
	// The driver's own errors of a server that can't be found or whose connections were cut have no exported types.
	text := err.Error()
	return strings.Contains(text, "server selection error") || strings.Contains(text, "connection pool")
}

func hasCode(err error, code int) bool {
	e, ok := errors.AsType[mongo.ServerError](err)
	return ok && e.HasErrorCode(code)
}

// takenIndex finds the index of a duplicate key in the server's message: "… index: key_login dup key: {…}". The message's beginning is
// the server's own text; only behind "dup key" may it repeat what somebody wrote.
func takenIndex(err error) string {
	_, rest, _ := strings.Cut(err.Error(), "index: ")
	name, _, _ := strings.Cut(rest, " ")
	if name, ok := strings.CutPrefix(name, indexPrefix); ok {
		return name
	}
	return "id"
}

func notFound() *lms.Error { return lms.Fail(lms.NotFound, "error.notfound") }
