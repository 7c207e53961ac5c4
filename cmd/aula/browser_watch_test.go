package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// watch notes what goes wrong in a browser without anybody asking: broken content security policy, errors on the console, parts of a page that
// are missing, requests to another host.
type watch struct {
	mu       sync.Mutex
	host     string
	problems []string
	requests map[network.RequestID]*request
	order    []network.RequestID
	offline  bool   // lost requests are meant
	asked    func() // answers when the browser asks before it leaves a page; nil while nothing may be asked
}

// request is one request of a browser and what came of it.
type request struct {
	url, method string
	kind        network.ResourceType
	status      int64
	bytes       float64 // on the wire
	encoding    string
	cached      bool
}

func newWatch(host string) *watch {
	return &watch{host: host, requests: map[network.RequestID]*request{}}
}

func (w *watch) problem(format string, args ...any) {
	p := fmt.Sprintf(format, args...)
	if !slices.Contains(w.problems, p) {
		w.problems = append(w.problems, p)
	}
}

// event takes every event of a tab.
func (w *watch) event(ev any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := ev.(type) {
	case *audits.EventIssueAdded:
		w.issue(e.Issue)
	case *page.EventJavascriptDialogOpening:
		if w.asked == nil {
			w.problem("a page asks %q", e.Type)
			return
		}
		go w.asked()
	case *log.EventEntryAdded:
		// A page may well answer 404; what is missing in a page is noted by its request.
		if e.Entry.Level == log.EntryLevelError && e.Entry.Source != log.EntrySourceNetwork {
			w.problem("console: %s %s", e.Entry.Text, e.Entry.URL)
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "assert" {
			var words []string
			for _, a := range e.Args {
				words = append(words, string(a.Value)+a.Description)
			}
			w.problem("console.%s: %s", e.Type, strings.Join(words, " "))
		}
	case *runtime.EventExceptionThrown:
		w.problem("exception: %s", e.ExceptionDetails.Text+" "+describe(e.ExceptionDetails.Exception))
	case *network.EventRequestWillBeSent:
		w.sent(e)
	case *network.EventResponseReceived:
		w.answered(e)
	case *network.EventRequestServedFromCache:
		if r := w.requests[e.RequestID]; r != nil {
			r.cached = true
		}
	case *network.EventLoadingFinished:
		if r := w.requests[e.RequestID]; r != nil {
			r.bytes = e.EncodedDataLength
		}
	case *network.EventLoadingFailed:
		if r := w.requests[e.RequestID]; r != nil && !e.Canceled && !w.offline && e.ErrorText != "net::ERR_ABORTED" {
			w.problem("request failed: %s %s", e.ErrorText, r.url)
		}
	}
}

func describe(o *runtime.RemoteObject) string {
	if o == nil {
		return ""
	}
	return o.Description
}

// issue is what Chromium's developer tools would list under Issues. Two of their opinions are not ours: that pictures below the fold be loaded at
// once, and that an administrator's browser fill in another person's fields.
func (w *watch) issue(i *audits.InspectorIssue) {
	if i.Code == "LazyLoadImageIssue" || i.Details.GenericIssueDetails != nil && i.Details.GenericIssueDetails.ErrorType == "FormInputAssignedAutocompleteValueToIdOrNameAttributeError" {
		return
	}
	details, err := json.Marshal(i.Details)
	if err != nil {
		details = []byte(err.Error())
	}
	w.problem("issue: %s %s", i.Code, details)
}

func (w *watch) sent(e *network.EventRequestWillBeSent) {
	u, err := url.Parse(e.Request.URL)
	if err != nil || (u.Host != w.host && u.Scheme != "data" && u.Scheme != "blob" && u.Scheme != "about" && u.Scheme != "chrome-extension") {
		w.problem("request to elsewhere: %s", e.Request.URL)
	}
	if w.requests[e.RequestID] == nil {
		w.order = append(w.order, e.RequestID)
	}
	w.requests[e.RequestID] = &request{url: e.Request.URL, method: e.Request.Method, kind: e.Type}
}

func (w *watch) answered(e *network.EventResponseReceived) {
	r := w.requests[e.RequestID]
	if r == nil {
		return
	}
	r.status, r.kind, r.cached = e.Response.Status, e.Type, r.cached || e.Response.FromDiskCache // or else it says so by an event of its own
	for name, value := range e.Response.Headers {
		if strings.EqualFold(name, "Content-Encoding") {
			r.encoding = fmt.Sprint(value)
		}
	}
	if r.status >= 400 && e.Type != network.ResourceTypeDocument && !w.offline {
		w.problem("%s %s answered %d", r.method, r.url, r.status)
	}
}

// forgive says that requests may be lost from here on, or no longer.
func (w *watch) forgive(lost bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.offline = lost
}

// all lists the requests since the last call, and begins anew.
func (w *watch) all() []request {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []request
	for _, id := range w.order {
		out = append(out, *w.requests[id])
	}
	w.requests, w.order = map[network.RequestID]*request{}, nil
	return out
}

// take gives the problems so far, and begins anew.
func (w *watch) take() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := w.problems
	w.problems = nil
	return out
}

// watchSeesWhatIsWrong proves that a page with a fault would be caught.
func watchSeesWhatIsWrong(t *testing.T, h *hall) {
	b := h.house(t).browser(t, h)
	b.open("/accedi")
	for _, bad := range []struct{ script, want string }{
		{`document.body.insertAdjacentHTML('beforeend', '<p style="color:red">rosso</p>')`, "ContentSecurityPolicyIssue"},
		{`document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))`, "ContentSecurityPolicyIssue"},
		{`document.body.append(Object.assign(document.createElement('img'), {src: '/assets/manca.png', alt: ''}))`, "answered 404"},
		{`document.body.append(Object.assign(document.createElement('img'), {src: 'http://127.0.0.2:9/x.png', alt: ''}))`, "to elsewhere"},
		{`setTimeout(() => { throw new Error('rotto') })`, "exception"},
		{`console.error('rotto')`, "console.error"},
	} {
		b.do(bad.script)
		var got []string
		b.until("the watch notes "+bad.want, func() bool {
			got = append(got, b.watch.take()...)
			return strings.Contains(strings.Join(got, "\n"), bad.want)
		})
		b.open("/accedi")
		b.watch.take()
	}
}
