package lms

import "aulacomune/lms/codes"

func newSecret() string { return codes.Secret() }

func secretID(secret string) string { return codes.Digest(secret) }
