package web

import (
	"aulacomune/lms"
)

// showRegister shows an issuer's register: of the address, chosen in the form, or the actor's own.
func showRegister(r *request) error {
	issuer := lms.OrganisationID(r.param("issuer"))
	if issuer == "" {
		issuer = r.chosenOrganisation()
	}
	rows, next, err := r.school().Register.Rows(r.ctx(), r.actor, issuer, r.query("cursore"), pageSize)
	if err != nil {
		return unknown(err, "error.organisation.unknown")
	}
	o, err := r.school().Organisations.Find(r.ctx(), issuer)
	if err != nil {
		return err
	}
	p := &RegisterPage{Issuer: o.Name, IssuerID: string(issuer), Chain: "ok", More: more("/amministrazione/registro/"+string(issuer)+"?", next)}
	if p.Issuers, err = r.organisationOptions(); err != nil {
		return err
	}
	total, broken := r.school().Register.Check(r.ctx(), issuer)
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
	p.Crumbs = r.adminCrumbs(Crumb{r.t("register.title"), ""})
	return r.show("register", r.t("register.title")+" – "+o.Name, p)
}

func (r *request) registerRow(row lms.Row) (RegisterRow, error) {
	v := RegisterRow{Seq: row.Seq, Kind: string(row.Kind), Number: row.Number, Code: string(row.Code), At: row.At, Reason: row.Reason, Href: "/amministrazione/attestati/" + string(row.Code)}
	if row.Printed != nil {
		v.Course = row.Printed.Course
	}
	name, err := r.school().Register.HolderName(r.ctx(), row.Code)
	v.Person = name
	return v, err
}

func adminCertificate(r *request) error { return r.adminCertificate("", "", nil) }

func (r *request) adminCertificate(reason, problem string, errors map[string]string) error {
	v, err := r.school().Register.Administered(r.ctx(), r.actor, r.code())
	if err != nil {
		return unknown(err, "error.certificate.unknown")
	}
	c, err := r.certificate(v)
	if err != nil {
		return err
	}
	p := &AdminCertificatePage{Certificate: *c, Reason: reason, Problem: problem, Errors: errors}
	if v.State == lms.Valid {
		p.Revoke = "/amministrazione/attestati/" + string(v.Row.Code) + "/revoca"
	}
	p.Crumbs = r.adminCrumbs(Crumb{r.t("register.title"), "/amministrazione/registro/" + string(v.Row.Issuer)}, Crumb{v.Row.Number, ""})
	return r.show("admin_certificate", c.Heading+" "+v.Row.Number, p)
}

func revokeCertificate(r *request) error {
	reason := r.form("reason")
	v, err := r.school().Register.Revoke(r.ctx(), r.actor, r.code(), reason)
	if err != nil {
		text, fields, err := r.problem(err)
		if err != nil {
			return unknown(err, "error.certificate.unknown")
		}
		return r.adminCertificate(reason, text, fields)
	}
	return r.done("/amministrazione/attestati/"+string(v.Row.Code), "revoked")
}
