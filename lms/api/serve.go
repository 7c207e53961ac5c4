package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"

	"aulacomune/lms"

	"github.com/gofiber/fiber/v2"
)

// none is the answer that has no body.
type none struct{}

// document is a JSON document that is written as it is.
type document []byte

// file is an answer that is downloaded.
type file struct {
	Name, Type string
	Hash       string // hex SHA-256
	Bytes      []byte
}

// statuser is an answer with another status than 200.
type statuser interface{ status() int }

// serve is the way of every request: headers, gate, handler, answer.
func (a *API) serve(r Route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		guard(c)
		b := bodyOf(c)
		out, err := a.run(c, r, b)
		if err == nil {
			err = write(c, out)
		}
		if err != nil {
			err = a.fail(c, err)
		}
		b.finish(c)
		return err
	}
}

// refuse answers every request with the same error.
func (a *API) refuse(err error) fiber.Handler {
	return func(c *fiber.Ctx) error {
		guard(c)
		b := bodyOf(c)
		defer b.finish(c)
		return a.fail(c, err)
	}
}

// run finds out who calls, lets them through the gate, and calls the handler. A panic becomes an error.
func (a *API) run(c *fiber.Ctx, r Route, b *body) (out any, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	k := call{lang: langOf(c), from: strings.Clone(a.ClientIP(c))}
	if r.Who != Anyone {
		if k.secret, k.actor, err = a.gate(c.UserContext(), c, r.Who); err != nil {
			return nil, err
		}
	}
	return r.handle(a, c, k, b)
}

// gate refuses who does not sign in, or does not have the role anywhere.
func (a *API) gate(ctx context.Context, c *fiber.Ctx, who Who) (secret string, actor lms.Actor, err error) {
	scheme, secret, _ := strings.Cut(strings.Clone(c.Get(fiber.HeaderAuthorization)), " ")
	if !strings.EqualFold(scheme, "bearer") {
		return "", actor, lms.Fail(lms.SignIn, "error.signin")
	}
	secret = strings.TrimSpace(secret)
	if actor, err = a.School.Accounts.Bearer(ctx, secret); err != nil {
		return "", actor, err
	}
	if actor.Nobody() {
		return "", actor, lms.Fail(lms.SignIn, "error.bearer")
	}
	if !who.lets(actor) {
		return "", actor, lms.Fail(lms.Forbidden, "error.role")
	}
	return secret, actor, nil
}

// guard sets what every answer says to browsers: don't run it, don't guess what it is, don't keep it.
func guard(c *fiber.Ctx) {
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'")
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Vary(fiber.HeaderAcceptLanguage, fiber.HeaderAuthorization)
}

// langOf is the language that the caller would rather read.
func langOf(c *fiber.Ctx) string {
	if lang := c.AcceptsLanguages("it", "en"); lang == "en" {
		return "en"
	}
	return "it"
}

func write(c *fiber.Ctx, out any) error {
	if s, ok := out.(statuser); ok {
		c.Status(s.status())
	}
	switch out := out.(type) {
	case none:
		return c.SendStatus(http.StatusNoContent)
	case document:
		c.Set(fiber.HeaderCacheControl, "public, max-age=300")
		c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
		return c.Send(out)
	case stream:
		return out.send(c)
	case file:
		return out.send(c)
	case archive:
		return out.send(c)
	case compiled:
		return out.send(c)
	case parcel:
		return out.send(c)
	}
	return sendJSON(c, fiber.MIMEApplicationJSON, out)
}

// send offers the file as a download.
func (f file) send(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'; sandbox")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+f.Name+`"`)
	c.Set(fiber.HeaderETag, `"`+f.Hash+`"`)
	c.Set(fiber.HeaderContentType, f.Type)
	return c.Send(f.Bytes)
}

func sendJSON(c *fiber.Ctx, mediaType string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	c.Set(fiber.HeaderContentType, mediaType)
	return c.Send(b)
}
