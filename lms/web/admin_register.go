package web

import (
	"aulacomune/lms"
	"aulacomune/lms/web/front"
)

// showRegister shows an issuer's register: of the address, chosen in the form, or the actor's own.
func showRegister(r *request) error {
	issuer := lms.OrganisationID(r.Param("issuer"))
	if issuer == "" {
		issuer = r.Organisation()
	}
	rows, next, err := r.School().Register.Rows(r.Ctx(), r.Actor, issuer, r.Query("cursore"), front.PageSize)
	if err != nil {
		return front.Unknown(err, "error.organisation.unknown")
	}
	o, err := r.School().Organisations.Find(r.Ctx(), issuer)
	if err != nil {
		return err
	}
	p := &RegisterPage{Issuer: o.Name, IssuerID: string(issuer), Chain: "ok", More: front.More("/amministrazione/registro/"+string(issuer)+"?", next)}
	if p.Issuers, err = r.Organisations(); err != nil {
		return err
	}
	total, broken := r.School().Register.Check(r.Ctx(), issuer)
	if p.Total = total; broken != nil {
		p.Chain = broken.Error()
	}
	for _, row := range rows {
		view, err := r.registerRow(row)
		if err != nil {
			return err
		}
		p.Rows = append(p.Rows, view)
	}
	p.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("register.title"), Href: ""})
	return r.Show("register", r.T("register.title")+" – "+o.Name, p)
}

func (r *request) registerRow(row lms.Row) (RegisterRow, error) {
	v := RegisterRow{Seq: row.Seq, Kind: string(row.Kind), Number: row.Number, Code: string(row.Code), At: row.At, Reason: row.Reason, Href: "/amministrazione/attestati/" + string(row.Code)}
	if row.Printed != nil {
		v.Course = row.Printed.Course
	}
	name, err := r.School().Register.HolderName(r.Ctx(), row.Code)
	v.Person = name
	return v, err
}

func adminCertificate(r *request) error { return r.adminCertificate("", "", nil) }

func (r *request) adminCertificate(reason, problem string, errors map[string]string) error {
	v, err := r.School().Register.Administered(r.Ctx(), r.Actor, r.code())
	if err != nil {
		return front.Unknown(err, "error.certificate.unknown")
	}
	c, err := r.certificate(v)
	if err != nil {
		return err
	}
	p := &AdminCertificatePage{Certificate: *c, Reason: reason, Problem: problem, Errors: errors}
	if v.State == lms.Valid {
		p.Revoke = "/amministrazione/attestati/" + string(v.Row.Code) + "/revoca"
	}
	p.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("register.title"), Href: "/amministrazione/registro/" + string(v.Row.Issuer)}, front.Crumb{Label: v.Row.Number, Href: ""})
	return r.Show("admin_certificate", c.Heading+" "+v.Row.Number, p)
}

func revokeCertificate(r *request) error {
	reason := r.Form("reason")
	v, err := r.School().Register.Revoke(r.Ctx(), r.Actor, r.code(), reason)
	if err != nil {
		text, fields, err := r.Problem(err)
		if err != nil {
			return front.Unknown(err, "error.certificate.unknown")
		}
		return r.adminCertificate(reason, text, fields)
	}
	return r.Done("/amministrazione/attestati/"+string(v.Row.Code), "revoked")
}
