// Package api is the same for JSON: it reads requests, asks lms, and answers; it decides nothing.
package api
