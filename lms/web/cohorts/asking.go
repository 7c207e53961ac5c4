package cohorts

import (
	"strconv"
	"strings"

	"aulacomune/lms"
	"aulacomune/lms/request"
	"aulacomune/lms/web/front"
)

func requestRow(r *front.Request, v request.Seen) (RequestRow, error) {
	row := RequestRow{Href: "/richieste/" + string(v.ID), Person: v.Names[v.Person], Title: v.Title, State: string(v.State), For: v.Names[v.For], At: v.At, Waits: waits(r, v)}
	if v.Webinar != "" {
		row.Course = r.T("request.webinar")
		return row, nil
	}
	_, c, err := r.School().Library.Shown(r.Ctx(), v.Course)
	if err != nil {
		return RequestRow{}, err
	}
	row.Course = c.Title
	return row, nil
}

// namedInRow is how many people a row of a list names of those for whom a request waits.
const namedInRow = 2

// waits says in a line for whom a request waits, and since when; "" where it waits for nobody.
func waits(r *front.Request, v request.Seen) string {
	if v.State != request.Waiting {
		return ""
	}
	st := v.Stages[v.Step]
	var names []string
	for _, ap := range st.Approvers {
		names = append(names, v.Names[ap.Person])
	}
	since := r.Words().Date(st.Since)
	switch more := len(names) - namedInRow; {
	case len(names) == 0:
		return r.T("request.row.nobody", "Date", since)
	case more > 0:
		return r.T("request.row.more", "Names", strings.Join(names[:namedInRow], ", "), "Count", more, "Date", since)
	}
	return r.T("request.row", "Names", strings.Join(names, ", "), "Date", since)
}

// waitView says for whom a request waits: at which step, since when, and each by name and role; nil where it waits for nobody.
func waitView(r *front.Request, v request.Seen) *WaitView {
	if v.State != request.Waiting {
		return nil
	}
	st := v.Stages[v.Step]
	out := &WaitView{Step: r.T("request.step." + string(st.Kind)), Since: st.Since}
	if len(v.Stages) > 1 {
		out.Step = r.T("request.step.of", "Step", v.Step+1, "Of", len(v.Stages), "Kind", out.Step)
	}
	for _, ap := range st.Approvers {
		role := r.T("role." + string(ap.As))
		if ap.Named {
			role = r.T("request.named")
		}
		out.People = append(out.People, v.Names[ap.Person]+" ("+role+")")
	}
	return out
}

func requestRows(r *front.Request, found []request.Seen) ([]RequestRow, error) {
	var out []RequestRow
	for _, v := range found {
		row, err := requestRow(r, v)
		if err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, nil
}

func (p Pages) requests(r *front.Request) error {
	queue, err := p.Requests.Queue(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	mine, err := p.Requests.Mine(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	page := &RequestsPage{Tabs: r.Tabs()}
	if page.Queue, err = requestRows(r, queue); err != nil {
		return err
	}
	if page.Mine, err = requestRows(r, mine); err != nil {
		return err
	}
	page.Crumbs = r.Crumbs(front.Crumb{Label: r.T("requests.menu")})
	return r.Show("requests", r.T("requests.title"), page)
}

// countQueue counts the requests that wait for the reader's decision.
func (p Pages) countQueue(r *front.Request) (int, error) {
	queue, err := p.Requests.Queue(r.Ctx(), r.Actor)
	return len(queue), err
}

func (p Pages) request(r *front.Request) error { return p.requestPage(r, "", nil) }

func (p Pages) requestPage(r *front.Request, problem string, errors map[string]string) error {
	v, err := p.Requests.Find(r.Ctx(), r.Actor, request.ID(r.Param("request")))
	if err != nil {
		return front.Unknown(err, "error.request.unknown")
	}
	r.Path = "/richieste/" + string(v.ID)
	page, err := requestView(r, v)
	if err != nil {
		return err
	}
	page.Problem, page.Errors, page.Values = problem, errors, map[string]string{"reason": r.Form("reason"), "login": r.Form("login")}
	if v.Decides {
		page.Decide = r.Path + "/risposta"
	}
	if v.State == request.Waiting {
		if v.Mine {
			page.Withdraw = r.Path + "/ritiro"
		}
		if v.Keeps {
			page.Appoint = r.Path + "/incarico"
		}
	}
	page.Crumbs = r.Crumbs(front.Crumb{Label: r.T("requests.menu"), Href: "/richieste"}, front.Crumb{Label: v.Title})
	return r.Show("request", r.T("request.title", "Title", v.Title), page)
}

// requestView puts a request and its history into words.
func requestView(r *front.Request, v request.Seen) (*RequestPage, error) {
	row, err := requestRow(r, v)
	page := &RequestPage{Row: row, Ente: v.Member.Name, Why: v.Why, Step: v.Step, Waits: waitView(r, v)}
	if at, rule := v.Deadline(); !at.IsZero() {
		page.Deadline = r.T("request.deadline."+string(rule), "Date", r.Words().Date(at))
	}
	for _, e := range v.History {
		key := "request.event." + string(e.What)
		switch {
		case e.By == "" && r.Has(key+".silence"):
			key += ".silence"
		case e.For != "" && e.What != request.Appointed:
			key = "request.event.deputy." + string(e.What)
		}
		reason := e.Reason
		if e.What == request.Asked {
			reason = ""
		}
		text := r.T(key, "By", v.Names[e.By], "For", v.Names[e.For])
		if e.Linked {
			text += " " + r.T("request.event.linked")
		}
		page.History = append(page.History, HistoryRow{At: e.At, Text: text, Reason: reason})
	}
	return page, err
}

func (p Pages) decision(r *front.Request) request.Decision {
	step, err := strconv.Atoi(r.Form("step"))
	if err != nil {
		step = -1
	}
	return request.Decision{Step: step, Agree: r.Form("answer") == "si", Reason: r.Form("reason")}
}

// requestBack shows a request again with what is wrong with a form on its page.
func (p Pages) requestBack(r *front.Request, err error) error {
	text, errors, rest := r.Problem(err)
	if rest != nil {
		return front.Unknown(rest, "error.request.unknown")
	}
	return p.requestPage(r, text, errors)
}

func (p Pages) decide(r *front.Request) error {
	v, err := p.Requests.Decide(r.Ctx(), r.Actor, request.ID(r.Param("request")), p.decision(r))
	if err != nil {
		return p.requestBack(r, err)
	}
	return r.Done("/richieste/"+string(v.ID), "request-answered")
}

func (p Pages) withdraw(r *front.Request) error {
	q, err := p.Requests.Withdraw(r.Ctx(), r.Actor, request.ID(r.Param("request")))
	if err != nil {
		return p.requestBack(r, err)
	}
	return r.Done("/richieste/"+string(q.ID), "request-withdrawn")
}

func (p Pages) appoint(r *front.Request) error {
	v, err := p.Requests.Appoint(r.Ctx(), r.Actor, request.ID(r.Param("request")), r.Form("login"))
	if err != nil {
		return p.requestBack(r, err)
	}
	return r.Done("/richieste/"+string(v.ID), "request-appointed")
}

func (p Pages) linked(r *front.Request) error { return p.linkedPage(r, "", nil) }

// linkedPage is a request behind the link of a letter: it shows what is to be decided and nothing else.
func (p Pages) linkedPage(r *front.Request, problem string, errors map[string]string) error {
	l, err := p.Requests.OpenLink(r.Ctx(), r.Actor, r.Param("token"))
	if err != nil {
		return front.Unknown(err, "error.link")
	}
	page, err := requestView(r, l.Seen)
	if err != nil {
		return err
	}
	page.NoIndex, page.Row.Href, page.Reader = true, "", l.Actor.Name
	page.Problem, page.Errors, page.Values = problem, errors, map[string]string{"reason": r.Form("reason")}
	if l.Decides {
		page.Decide = r.Path
	}
	return r.Show("request", r.T("request.title", "Title", l.Title), page)
}

func (p Pages) decideLinked(r *front.Request) error {
	token := r.Param("token")
	before, err := p.Requests.OpenLink(r.Ctx(), r.Actor, token)
	if err == nil {
		_, err = p.Requests.DecideByLink(r.Ctx(), r.Actor, token, p.decision(r))
	}
	if err != nil {
		text, errors, rest := r.Problem(err)
		if rest != nil {
			return front.Unknown(rest, "error.link")
		}
		return p.linkedPage(r, text, errors)
	}
	if !before.Decides { // the same answer once more
		return r.Done("/richieste/decidi/"+token, "request-answered-before")
	}
	return r.Done("/richieste/decidi/"+token, "request-answered")
}

func (p Pages) deputies(r *front.Request) error { return p.deputiesPage(r, "", nil) }

func (p Pages) deputiesPage(r *front.Request, problem string, errors map[string]string) error {
	found, err := p.Requests.Deputies(r.Ctx(), r.Actor)
	if err != nil {
		return err
	}
	r.Path = "/sostituti"
	page := &DeputiesPage{Tabs: r.Tabs(), Problem: problem, Errors: errors, Values: map[string]string{"login": r.Form("login"), "from": r.Form("from"), "until": r.Form("until")}}
	var ids []lms.PersonID
	for _, d := range found {
		ids = append(ids, d.Of, d.Acting)
	}
	names, err := r.School().People.Names(r.Ctx(), ids)
	if err != nil {
		return err
	}
	for _, d := range found {
		page.Rows = append(page.Rows, DeputyRow{Of: names[d.Of], Acting: names[d.Acting], From: d.From.Words(r.Lang), Until: d.Until.Words(r.Lang), End: "/sostituti/" + d.ID + "/fine"})
	}
	page.Crumbs = r.Crumbs(front.Crumb{Label: r.T("deputies.menu")})
	return r.Show("deputies", r.T("deputies.title"), page)
}

func (p Pages) deputise(r *front.Request) error {
	_, err := p.Requests.Deputise(r.Ctx(), r.Actor, request.NewDeputy{Login: r.Form("login"), From: day(r.Form("from")), Until: day(r.Form("until"))})
	if err != nil {
		text, errors, rest := r.Problem(err)
		if rest != nil {
			return rest
		}
		return p.deputiesPage(r, text, errors)
	}
	return r.Done("/sostituti", "deputy-named")
}

func (p Pages) endDeputy(r *front.Request) error {
	if err := p.Requests.EndDeputy(r.Ctx(), r.Actor, r.Param("deputy")); err != nil {
		return front.Unknown(err, "error.deputy.missing")
	}
	if !front.Leader.Lets(r.Actor) {
		return r.Done("/richieste", "deputy-ended")
	}
	return r.Done("/sostituti", "deputy-ended")
}

func (p Pages) requestsWithin(r *front.Request) error { return p.withinPage(r, nil, "", nil) }

// withinPage lists the requests of an organisation's people; values are those of a policy that came back.
func (p Pages) withinPage(r *front.Request, values map[string]string, problem string, errors map[string]string) error {
	org, state := r.Organisation(), request.State(r.Query("stato"))
	if values != nil {
		org = lms.OrganisationID(values["ente"])
	}
	if state == "" {
		state = request.Waiting
	}
	found, next, err := p.Requests.Within(r.Ctx(), r.Actor, org, state, r.Page())
	if err != nil {
		return err
	}
	r.Path = "/amministrazione/richieste"
	page := &KeptRequestsPage{Organisation: string(org), State: string(state), Values: values, Problem: problem, Errors: errors, More: front.More(list(r.Path, org, "&stato="+string(state)), next)}
	if page.Rows, err = requestRows(r, found); err != nil {
		return err
	}
	if page.Organisations, err = r.Organisations(); err != nil {
		return err
	}
	for _, s := range []request.State{request.Waiting, request.Approved, request.Refused, request.Expired, request.Withdrawn} {
		page.States = append(page.States, front.Option{Value: string(s), Label: r.T("request.state." + string(s))})
	}
	for _, rule := range request.Rules() {
		page.Rules = append(page.Rules, front.Option{Value: string(rule), Label: r.T("request.rule." + string(rule))})
	}
	if err := p.policyValues(r, page, org); err != nil {
		return err
	}
	page.Crumbs = r.DeskCrumbs(front.Crumb{Label: r.T("requests.menu")})
	return r.Show("kept_requests", r.T("requests.kept"), page)
}

func (p Pages) policyValues(r *front.Request, page *KeptRequestsPage, org lms.OrganisationID) error {
	o, err := r.School().Organisations.Find(r.Ctx(), org)
	if err != nil {
		return err
	}
	policy, err := p.Requests.PolicyOf(r.Ctx(), o.Within)
	page.Inherited = policy.Organisation != org
	if page.Values == nil {
		page.Values = map[string]string{"remind": strconv.Itoa(policy.Remind), "silence": strconv.Itoa(policy.Silence), "rule": string(policy.Rule), "ente": string(org)}
	}
	return err
}

func (p Pages) setPolicy(r *front.Request) error {
	values := map[string]string{}
	for _, f := range []string{"remind", "silence", "rule", "ente"} {
		values[f] = strings.TrimSpace(r.Form(f))
	}
	org := lms.OrganisationID(values["ente"])
	err := p.Requests.SetPolicy(r.Ctx(), r.Actor, request.Policy{Organisation: org, Remind: number(values["remind"]), Silence: number(values["silence"]), Rule: request.Rule(values["rule"])})
	if err != nil {
		text, errors, rest := r.Problem(err)
		if rest != nil {
			return front.Unknown(rest, "error.organisation.unknown")
		}
		return p.withinPage(r, values, text, errors)
	}
	return r.Done(strings.TrimSuffix(list("/amministrazione/richieste", org, ""), "&"), "policy-set")
}

// number reads a number; -1 is none, which every service refuses.
func number(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil {
		return -1
	}
	return n
}
