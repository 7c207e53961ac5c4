package api

import (
	"context"

	"aulacomune/lms"
)

type codeIn struct {
	Code string `path:"code"`
}

// verification is everything that a certificate prints, and what it is worth now.
type verification struct {
	Code         string      `json:"code"`
	State        string      `json:"state" enum:"valid,revoked,superseded"`
	Revoked      *revocation `json:"revoked" doc:"null unless it was revoked"`
	Superseded   *succession `json:"superseded" doc:"null unless another took its place"`
	What         string      `json:"what,omitempty" doc:"what course is the title of, where it is no course" enum:"webinar"`
	Number       string      `json:"number" doc:"of the issuer's register: 12/2026"`
	Lang         string      `json:"lang"`
	Title        string      `json:"title"`
	Issuer       string      `json:"issuer"`
	Person       string      `json:"person"`
	Fiscal       string      `json:"fiscal_number,omitempty" doc:"where the person chose that it be printed"`
	Organisation string      `json:"organisation"`
	Role         string      `json:"role,omitempty"`
	Erased       bool        `json:"erased" doc:"the personal fields were erased by law; the register still holds their hash"`
	Course       string      `json:"course" doc:"title"`
	Edition      int         `json:"edition"`
	EditionHash  string      `json:"edition_hash" doc:"its first 12 digits"`
	Programme    string      `json:"programme,omitempty"`
	Modules      []string    `json:"modules"`
	Minutes      int         `json:"minutes" doc:"done"`
	Planned      int         `json:"planned" doc:"minutes of the whole course"`
	Mode         string      `json:"mode"`
	From         string      `json:"from" format:"date-time"`
	To           string      `json:"to" format:"date-time"`
	Result       string      `json:"result,omitempty"`
	Place        string      `json:"place,omitempty"`
	Issued       string      `json:"issued" format:"date-time"`
	Signatory    string      `json:"signatory,omitempty"`
	SignatoryAs  string      `json:"signatory_as,omitempty"`
	Privacy      string      `json:"privacy,omitempty"`
	Verify       string      `json:"verify" format:"uri" doc:"the page where anyone verifies it"`
	PDF          string      `json:"pdf" format:"uri"`
	PDFHash      string      `json:"pdf_sha256" doc:"of the bytes as they were issued"`
}

// revocation says since when a certificate is worth nothing, and why.
type revocation struct {
	At     string `json:"at" format:"date-time"`
	Reason string `json:"reason"`
}

// succession says since when a certificate is worth nothing, why, and which one counts instead.
type succession struct {
	At     string `json:"at" format:"date-time"`
	Reason string `json:"reason"`
	By     string `json:"by" doc:"code of the certificate in its place"`
}

func (a *API) certificate(ctx context.Context, k call, in codeIn) (verification, error) {
	v, err := a.School.Register.VerifyFrom(ctx, in.Code, k.from)
	if err != nil {
		return verification{}, err
	}
	return a.verificationOf(v), nil
}

func (a *API) pdf(ctx context.Context, k call, in codeIn) (file, error) {
	v, b, err := a.School.Register.OpenPDF(ctx, in.Code, k.from)
	return file{Name: "attestato-" + string(v.Row.Code) + ".pdf", Type: "application/pdf", Hash: string(v.Row.PDF), Bytes: b}, err
}

type revokeIn struct {
	Code string `path:"code"`
	Body struct {
		Reason string `json:"reason"`
	} `body:"application/json"`
}

func (a *API) revoke(ctx context.Context, k call, in revokeIn) (verification, error) {
	v, err := a.School.Register.Revoke(ctx, k.actor, in.Code, in.Body.Reason)
	if err != nil {
		return verification{}, err
	}
	return a.verificationOf(v), nil
}

func (a *API) verificationOf(v lms.Verification) verification {
	p := v.Printed
	out := verification{
		Code: string(p.Code), State: string(v.State), Number: p.Number, Lang: p.Lang, Title: p.Title, Issuer: p.Issuer, Person: p.Person, What: string(p.What), Fiscal: p.Fiscal,
		Organisation: p.Organisation, Role: p.Role, Erased: v.Erased, Course: p.Course, Edition: p.Edition, EditionHash: p.EditionHash,
		Programme: p.Programme, Modules: list(p.Modules), Minutes: p.Minutes, Planned: p.Planned, Mode: p.Mode, From: moment(p.From), To: moment(p.To),
		Result: p.Result, Place: p.Place, Issued: moment(p.Issued), Signatory: p.Signatory, SignatoryAs: p.SignatoryAs, Privacy: p.Privacy,
		Verify: p.Verify, PDF: a.pdfURL(p.Code), PDFHash: string(v.Row.PDF),
	}
	switch v.State {
	case lms.Revoked:
		out.Revoked = &revocation{At: moment(v.Since), Reason: v.Reason}
	case lms.Superseded:
		out.Superseded = &succession{At: moment(v.Since), Reason: v.Reason, By: string(v.Next)}
	}
	return out
}
