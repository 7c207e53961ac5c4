// Package web is the pages: it reads requests, asks lms, and shows; it decides nothing.
package web
