package web

import (
	"errors"

	"aulacomune/lms"
)

func asError(err error) (*lms.Error, bool) { return errors.AsType[*lms.Error](err) }
