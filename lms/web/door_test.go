package web_test

import (
	"aulacomune/lms/web/front"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"
)

// raw sends bytes over a connection of its own, piece by piece, and gives everything that comes back until the end or a silence.
func (h *house) raw(t *testing.T, pieces ...string) string {
	t.Helper()
	c, err := net.Dial("tcp", h.addr)
	must(t, err)
	defer c.Close()
	for i, p := range pieces {
		if i > 0 {
			time.Sleep(60 * time.Millisecond)
		}
		if _, err := io.WriteString(c, p); err != nil {
			break // refused before it was all sent
		}
	}
	must(t, c.SetReadDeadline(time.Now().Add(700*time.Millisecond)))
	b, err := io.ReadAll(c)
	if ne, ok := errors.AsType[net.Error](err); ok && !ne.Timeout() && !strings.Contains(err.Error(), "reset") {
		t.Error(err)
	}
	return string(b)
}

// TestFormsOfOthers: a form counts only with the token of its own session, and only when no other site sent it.
func TestFormsOfOthers(t *testing.T) {
	h := open(t)
	anna, bruno := h.as("anna"), h.as("bruno")
	own := "http://" + h.addr
	for _, x := range []struct {
		name   string
		token  string
		header [2]string
		want   int
	}{
		{"nothing but the token", anna.token(), [2]string{}, 303},
		{"no token", "", [2]string{}, 403},
		{"a wrong token", strings.Repeat("0", 32), [2]string{}, 403},
		{"another's token", bruno.token(), [2]string{}, 403},
		{"an old browser, here", anna.token(), [2]string{"Origin", own}, 303},
		{"an old browser, elsewhere", anna.token(), [2]string{"Origin", "https://altrove.example"}, 403},
		{"an opaque origin", anna.token(), [2]string{"Origin", "null"}, 403},
		{"an origin that begins like ours", anna.token(), [2]string{"Origin", own + ".altrove.example"}, 403},
		{"our host with another scheme", anna.token(), [2]string{"Origin", "https://" + h.addr}, 403},
		{"a browser's word: elsewhere", anna.token(), [2]string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a browser's word: a neighbour", anna.token(), [2]string{"Sec-Fetch-Site", "same-site"}, 403},
		{"a browser's word: nonsense", anna.token(), [2]string{"Sec-Fetch-Site", "Same-Origin"}, 403},
		{"a browser's word: here", anna.token(), [2]string{"Sec-Fetch-Site", "same-origin"}, 303},
		{"a browser's word: typed", anna.token(), [2]string{"Sec-Fetch-Site", "none"}, 303},
	} {
		v := anna
		if x.header[0] != "" {
			v = anna.with(x.header[0], x.header[1])
		}
		if a := v.send("/lingua", url.Values{"lingua": {"it"}, "csrf": {x.token}}); a.Status != x.want {
			t.Errorf("%s: %d, want %d", x.name, a.Status, x.want)
		}
	}
	// Nobody may be signed in, or out, by another site either.
	for _, address := range []string{"/accedi", "/esci", "/lingua"} {
		for name, value := range map[string]string{"Origin": "https://altrove.example", "Sec-Fetch-Site": "cross-site"} {
			if a := h.as("").with(name, value).send(address, url.Values{"email": {"anna@prova.it"}, "password": {password}}); a.Status != 403 || a.Header.Get("Set-Cookie") != "" {
				t.Errorf("%s with a foreign %s: %d %q", address, name, a.Status, a.Header.Get("Set-Cookie"))
			}
		}
	}
	if a := anna.send("/esci?csrf="+anna.token(), nil); a.Status != 403 {
		t.Errorf("a token in the address, which is logged and sent on, was taken: %d", a.Status)
	}
}

// TestHostIsNotBelieved: addresses that leave are made of the public address.
func TestHostIsNotBelieved(t *testing.T) {
	h := open(t, func(o *options) { o.URL = "https://corsi.valle.example" })
	const foreign = "altrove.example"
	for _, name := range []string{"Host", "X-Forwarded-Host", "X-Host", "Forwarded"} {
		v := h.as("dario").with(name, foreign)
		for _, address := range []string{"/", "/corsi/" + breve, "/accedi?da=/corsi", "/profilo", "/amministrazione/persone/nuova"} {
			if a := v.get(address); a.Status >= 400 || strings.Contains(a.Body+a.Header.Get("Location"), foreign) {
				t.Errorf("%s: %d; believed %s", address, a.Status, name)
			}
		}
		a := v.post("/amministrazione/persone/"+string(h.people["anna"].ID)+"/link", nil)
		if a.Status != 200 || strings.Contains(a.Body, foreign) || !strings.Contains(a.Body, "https://corsi.valle.example/attiva/") {
			t.Errorf("an activation link with %s: %d", name, a.Status)
		}
	}
	if a := h.as("").with("Host", foreign).get("/corsi"); !strings.Contains(a.Body, `href="https://corsi.valle.example/corsi"`) {
		t.Error("the canonical address is not the public one")
	}
	if got := h.raw(t, "GET http://"+foreign+"/corsi HTTP/1.1\r\nHost: "+foreign+"\r\nConnection: close\r\n\r\n"); strings.Contains(got, foreign) {
		t.Error("an absolute request line was believed")
	}
}

// TestRedirectsStayHere: nobody is sent to another site.
func TestRedirectsStayHere(t *testing.T) {
	h := open(t)
	v := h.as("bruno")
	for _, da := range []string{
		"https://altrove.example", "//altrove.example", "///altrove.example", `/\altrove.example`, `\\altrove.example`, "/\t/altrove.example", "\t//altrove.example", "/%5caltrove.example", "/%2f/altrove.example",
		"https:altrove.example", "javascript:alert(1)", "data:text/html,x", "/x\r\nSet-Cookie: aula=y", "/\x00/altrove.example", "altrove.example", "@altrove.example", " //altrove.example", "/" + strings.Repeat("a", 10_000), "/ok?a=//altrove.example#x",
	} {
		for name, a := range map[string]answer{
			"signed in already": v.get("/accedi?da=" + url.QueryEscape(da)),
			"language":          v.post("/lingua", url.Values{"lingua": {"it"}, "da": {da}}),
		} {
			to := a.Header.Get("Location")
			u, err := url.Parse(to)
			if a.Status != 303 || err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`) || len(a.Header.Values("Set-Cookie")) > 1 {
				t.Errorf("%s, da=%.40q: %d to %.60q", name, da, a.Status, to)
			}
		}
		form := h.as("").page("/accedi?da="+url.QueryEscape(da)).form(t, "/accedi")
		if next := form.Fields.Get("da"); next != "" && (!strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//")) {
			t.Errorf("the sign-in form would go to %q", next)
		}
	}
}

// tries signs in with a password so many times and gives the last status.
func (v *visitor) tries(n int, login, word string) (a answer) {
	for range n {
		a = v.send("/accedi", url.Values{"email": {login}, "password": {word}})
	}
	return a
}

// TestFailuresSlowDown: who fails often waits, by login and address, and is never locked out.
func TestFailuresSlowDown(t *testing.T) {
	h := open(t)
	v := h.as("")
	// Another X-Forwarded-For each time helps nobody: no proxy is trusted here.
	for i := range 6 {
		v.with("X-Forwarded-For", fmt.Sprintf("203.0.113.%d", i)).tries(1, "anna@prova.it", "sbagliata")
	}
	a := v.with("X-Forwarded-For", "203.0.113.99").tries(1, "anna@prova.it", password)
	if a.Status != http.StatusTooManyRequests || a.Header.Get("Retry-After") == "" {
		t.Fatalf("after six failures: %d, Retry-After %q", a.Status, a.Header.Get("Retry-After"))
	}
	if f := a.form(t, "/accedi"); f.Fields.Get("email") != "anna@prova.it" {
		t.Error("who has to wait has to type the address again")
	}
	if a := v.tries(1, "bruno@prova.it", password); a.Status != 303 {
		t.Errorf("somebody else at the same address: %d", a.Status)
	}
	h.ahead.Add(int64(40 * time.Second))
	if a := v.tries(1, "anna@prova.it", password); a.Status != 303 {
		t.Errorf("after the wait: %d", a.Status)
	}
}

// TestProxiesThatAreTrusted: behind a proxy the client is the last address that the proxy added, not what the client wrote before it.
func TestProxiesThatAreTrusted(t *testing.T) {
	h := open(t, func(o *options) { o.TrustProxy = []string{"127.0.0.1"} })
	v := h.as("")
	v.with("X-Forwarded-For", "203.0.113.1").tries(6, "anna@prova.it", "sbagliata")
	if a := v.with("X-Forwarded-For", "203.0.113.1").tries(1, "anna@prova.it", password); a.Status != 429 {
		t.Errorf("the same client behind the proxy: %d", a.Status)
	}
	if a := v.with("X-Forwarded-For", "203.0.113.2").tries(1, "anna@prova.it", password); a.Status != 303 {
		t.Errorf("another client behind the same proxy: %d", a.Status)
	}
	for i := range 6 {
		v.with("X-Forwarded-For", fmt.Sprintf("198.51.100.%d, 203.0.113.7", i)).tries(1, "anna@prova.it", "sbagliata")
	}
	if a := v.with("X-Forwarded-For", "198.51.100.99, 203.0.113.7").tries(1, "anna@prova.it", password); a.Status != 429 {
		t.Errorf("a client that writes an X-Forwarded-For of its own is somebody new each time: %d", a.Status)
	}
}

// TestRangesOfProxies: a proxy may be one of a range, and what is neither address nor range does not start.
func TestRangesOfProxies(t *testing.T) {
	h := open(t, func(o *options) { o.TrustProxy = []string{"127.0.0.0/8", "10.0.0.0/8", "::1"} })
	v := h.as("")
	for i := range 6 {
		v.with("X-Forwarded-For", fmt.Sprintf("198.51.100.%d, 203.0.113.7, 10.1.2.%d", i, i)).tries(1, "anna@prova.it", "sbagliata")
	}
	if a := v.with("X-Forwarded-For", "203.0.113.7, 10.9.9.9").tries(1, "anna@prova.it", password); a.Status != 429 {
		t.Errorf("the same client behind two proxies: %d", a.Status)
	}
	if a := v.with("X-Forwarded-For", "203.0.113.8, 10.9.9.9").tries(1, "anna@prova.it", password); a.Status != 303 {
		t.Errorf("another client: %d", a.Status)
	}
	for _, wrong := range []string{"", "proxy", "10.0.0.0/33", "10.0.0"} {
		if _, err := front.New(front.Options{URL: "https://corsi.test", TrustProxy: []string{wrong}}); err == nil || !strings.Contains(err.Error(), "trusted proxy") {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

// TestNobodyIsFoundOut: whether somebody is known here cannot be told.
func TestNobodyIsFoundOut(t *testing.T) {
	h := open(t)
	v := h.as("")
	known, unknown := v.tries(1, "anna@prova.it", "sbagliata"), v.tries(1, "nome@prova.it", "sbagliata")
	if known.Status != unknown.Status || strings.ReplaceAll(known.Body, "anna@prova.it", "") != strings.ReplaceAll(unknown.Body, "nome@prova.it", "") {
		t.Errorf("a known login is answered %d, an unknown one %d, or in other words", known.Status, unknown.Status)
	}
	admin := h.as("elena") // elsewhere
	theirs, none := admin.get("/amministrazione/persone/"+string(h.people["anna"].ID)), admin.get("/amministrazione/persone/"+strings.Repeat("0", 36))
	strip := func(a answer, id string) string { return strings.ReplaceAll(a.Body, id, "") }
	if theirs.Status != 404 || none.Status != 404 || strip(theirs, string(h.people["anna"].ID)) != strip(none, strings.Repeat("0", 36)) {
		t.Errorf("a person of another organisation: %d, one that does not exist: %d, or in other words", theirs.Status, none.Status)
	}
}

// TestBodiesHaveALimit sends each form one byte more than it takes, announced and in chunks.
func TestBodiesHaveALimit(t *testing.T) {
	w := openTown(t)
	for _, r := range w.site.Rows() {
		if r.Method != http.MethodPost {
			continue
		}
		limit := r.Limit
		if limit == 0 {
			limit = front.DefaultLimit
		}
		v := w.as(rightPerson(r))
		if limit > front.InMemory { // a file: too large to be sent here in full
			head := "POST " + w.address(r.Path) + " HTTP/1.1\r\nHost: x\r\nCookie: " + w.site.SessionCookie() + "=" + v.secret + "\r\nContent-Type: multipart/form-data; boundary=b\r\n"
			announced := w.raw(t, fmt.Sprintf("%sContent-Length: %d\r\n\r\n%s", head, limit+1, strings.Repeat("a", 32<<10)))
			if !strings.HasPrefix(announced, "HTTP/1.1 413 ") || !strings.Contains(announced, "Connection: close") {
				t.Errorf("%s with a file: %.120q", r.Path, announced)
			}
			limit = front.DefaultLimit // of what carries none
		}
		head := "POST " + w.address(r.Path) + " HTTP/1.1\r\nHost: x\r\nCookie: " + w.site.SessionCookie() + "=" + v.secret + "\r\nContent-Type: application/x-www-form-urlencoded\r\n"
		announced := w.raw(t, fmt.Sprintf("%sContent-Length: %d\r\n\r\n%s", head, limit+1, strings.Repeat("a", 32<<10)))
		chunked := w.raw(t, fmt.Sprintf("%sTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n", head, limit+1, strings.Repeat("a", int(limit)+1)))
		for name, got := range map[string]string{"announced": announced, "chunked": chunked} {
			if !strings.HasPrefix(got, "HTTP/1.1 413 ") || !strings.Contains(got, "Connection: close") || strings.Count(got, "HTTP/1.1 ") != 1 {
				t.Errorf("%s, %s: %.120q", r.Path, name, got)
			}
		}
	}
	v := w.as("anna")
	fields := "lingua=it&csrf=" + v.token() + "&x="
	form := v.with("Content-Type", "application/x-www-form-urlencoded")
	if a := form.do("POST", "/lingua", strings.NewReader(fields+strings.Repeat("a", front.DefaultLimit-len(fields)))); a.Status != 303 {
		t.Errorf("a body of exactly the limit: %d", a.Status)
	}
}

// multipartOf is a form with one field.
func multipartOf(name, value string) string {
	return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n--b--\r\n"
}

// TestBombs: a body says how large it is; it cannot grow here.
func TestBombs(t *testing.T) {
	h := open(t)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err := io.WriteString(z, multipartOf("email", strings.Repeat("a", 30<<20)))
	must(t, err)
	must(t, z.Close())
	v := h.as("").with("Content-Type", "multipart/form-data; boundary=b")
	for _, encoding := range []string{"gzip", "br", "deflate", "zstd", "gzip, gzip"} {
		a := v.with("Content-Encoding", encoding).do("POST", "/accedi", bytes.NewReader(packed.Bytes()))
		if a.Status < 400 || a.Status >= 500 || len(a.Body) > 100_000 {
			t.Errorf("a form packed with %s: %d, %d bytes came back", encoding, a.Status, len(a.Body))
		}
	}
	many := strings.Repeat("--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n", 15_000) + "--b--\r\n"
	nested := "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\n--c--\r\n--b--\r\n"
	for name, body := range map[string]string{"many parts": many, "nested": nested, "cut short": "--b\r\nContent-Dispo", "empty": "", "a long header": "--b\r\nX: " + strings.Repeat("a", 500_000) + "\r\n\r\n--b--"} {
		if a := v.do("POST", "/accedi", strings.NewReader(body)); a.Status < 400 || a.Status >= 500 {
			t.Errorf("a multipart form, %s: %d", name, a.Status)
		}
	}
	before, err := os.ReadDir(os.TempDir())
	must(t, err)
	v.do("POST", "/verifica/AAAA", strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"pdf\"; filename=\"a.pdf\"\r\n\r\n"+strings.Repeat("a", 3<<20)+"\r\n--b--\r\n"))
	time.Sleep(50 * time.Millisecond)
	after, err := os.ReadDir(os.TempDir())
	must(t, err)
	for _, f := range after[min(len(before), len(after)):] {
		if strings.HasPrefix(f.Name(), "multipart-") {
			t.Errorf("%s was left behind", f.Name())
		}
	}
}

// TestUnreadBodies: what a request carries in its body is never taken for the next request on the connection, whoever reads the body or nobody.
func TestUnreadBodies(t *testing.T) {
	w := openTown(t)
	smuggled := "GET /contrabbando HTTP/1.1\r\nHost: x\r\n\r\n"
	cookie := "Cookie: " + w.site.SessionCookie() + "=" + w.as("dario").secret + "\r\n"
	for _, line := range []string{
		"GET /", "HEAD /", "GET /healthz", "POST /healthz", "GET /readyz", "GET /risorse/niente.css", "POST /risorse/niente.css", "GET /niente", "POST /niente", "PUT /niente", "DELETE /accedi", "OPTIONS /", "PATCH /profilo",
		"POST /accedi", "POST /esci", "POST /verifica/AAAA", "POST /amministrazione", "GET /verifica/" + w.code + ".pdf", "GET /corsi/" + breve + "/media/" + w.hash + "/x",
		"GET /api/v1/courses", "GET /api/v1/niente", "POST /api/v1/niente", "DELETE /api/v1/session", "POST /api/v1/session", "POST /api/v1/courses", "GET /api/niente", "POST /api", "GET /api", "GET /api/v1/openapi.json",
	} {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			for name, body := range map[string]string{"short": smuggled, "long": strings.Repeat(" ", 40_000) + smuggled, "huge": strings.Repeat("a", 1_200_000) + smuggled} {
				head := line + " HTTP/1.1\r\nHost: x\r\n" + cookie
				plain := head + fmt.Sprintf("Content-Length: %d\r\n\r\n", len(body))
				chunked := head + "Transfer-Encoding: chunked\r\n\r\n"
				for kind, got := range map[string]string{
					"announced": w.raw(t, plain+body), "announced, late": w.raw(t, plain, body), "chunked": w.raw(t, chunked, fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(body), body)),
					"expected": w.raw(t, strings.Replace(plain, "\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n", 1), body),
				} {
					if n := strings.Count(strings.ReplaceAll(got, "HTTP/1.1 100 Continue", ""), "HTTP/1.1 "); n > 1 {
						t.Errorf("%s, %s: %d answers to one request", name, kind, n)
					}
				}
			}
		})
	}
}

// TestTwoLengths: a request that says its length in two ways is not two requests.
func TestTwoLengths(t *testing.T) {
	h := open(t)
	for name, req := range map[string]string{
		"length and chunks":   "POST /accedi HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /contrabbando HTTP/1.1\r\nHost: x\r\n\r\n",
		"two lengths":         "POST /accedi HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 43\r\n\r\nGET /contrabbando HTTP/1.1\r\nHost: x\r\n\r\n",
		"a negative length":   "POST /accedi HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\nGET /contrabbando HTTP/1.1\r\nHost: x\r\n\r\n",
		"an unknown encoding": "POST /accedi HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\nGET /contrabbando HTTP/1.1\r\nHost: x\r\n\r\n",
		"a broken chunk":      "POST /accedi HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nGET /contrabbando HTTP/1.1\r\nHost: x\r\n\r\n",
	} {
		if got := h.raw(t, req); strings.Count(got, "HTTP/1.1 ") > 1 {
			t.Errorf("%s: more than one answer: %.300q", name, got)
		}
	}
}

// TestBrokenRequests: whatever comes, the answer is an error of the client's, and the door stays open.
func TestBrokenRequests(t *testing.T) {
	h := open(t)
	for name, req := range map[string]string{
		"a long header":    "GET / HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("a", 40_000) + "\r\n\r\n",
		"many headers":     "GET / HTTP/1.1\r\nHost: x\r\n" + strings.Repeat("X: a\r\n", 5_000) + "\r\n",
		"a long address":   "GET /" + strings.Repeat("a", 40_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
		"not HTTP":         "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
		"no host":          "GET / HTTP/1.1\r\n\r\n",
		"a NUL":            "GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
		"a strange escape": "GET /corsi/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
	} {
		got := h.raw(t, req)
		if strings.HasPrefix(got, "HTTP/1.1 5") || leak.MatchString(got) {
			t.Errorf("%s: %.200q", name, got)
		}
	}
	if a := h.as("").get("/healthz"); a.Status != 200 {
		t.Errorf("after that: %d", a.Status)
	}
	if s := h.site.App().Server(); s.ReadTimeout <= 0 || s.ReadTimeout > time.Minute || s.WriteTimeout <= 0 || s.IdleTimeout <= 0 {
		t.Errorf("who sends or reads slowly may do so for ever: %v %v %v", s.ReadTimeout, s.WriteTimeout, s.IdleTimeout)
	}
}

// TestCookies: a cookie that makes no sense is nobody's, and ours are as closed as they can be.
func TestCookies(t *testing.T) {
	h := open(t)
	for _, c := range []string{"aula", "aula=", "=", ";;;", "aula=\xff\xfe", "aula=" + strings.Repeat("a", 8_000), "aula=a; aula=b", `aula="a`, "aula=../../x", "lingua=xx", "lingua=<script>", "aula=%00"} {
		for address, want := range map[string]int{"/": 200, "/profilo": 401} {
			got := h.raw(t, "GET "+address+" HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: "+c+"\r\n\r\n")
			if !strings.HasPrefix(got, fmt.Sprintf("HTTP/1.1 %d ", want)) {
				t.Errorf("%.30q: %.60q", c, got)
			}
		}
	}
	sent := func(h *house) string {
		a := h.as("").tries(1, "anna@prova.it", password)
		if a.Status != 303 {
			t.Fatalf("sign-in: %d", a.Status)
		}
		return strings.ToLower(a.Header.Get("Set-Cookie"))
	}
	closed := func(got, name string, secure bool) {
		if !strings.HasPrefix(got, name) || !strings.Contains(got, "httponly") || !strings.Contains(got, "samesite=lax") || !strings.Contains(got, "path=/;") || strings.Contains(got, "domain") || strings.Contains(got, "secure") != secure {
			t.Errorf("the session's cookie: %s", got)
		}
	}
	closed(sent(h), "aula=", false)
	must(t, h.close())
	h = open(t, func(o *options) { o.URL = "https://corsi.valle.example" })
	closed(sent(h), "__host-aula=", true)
	if a := h.as("").get("/"); a.Header.Get("Strict-Transport-Security") == "" {
		t.Error("with TLS, browsers are not told to keep to it")
	}
}

// TestStrangeAddresses puts into every blank of every address what no address holds.
func TestStrangeAddresses(t *testing.T) {
	w := openTown(t)
	strange := []string{"..", "%2e%2e", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%5c..", "%00", "long", "%ff%fe", "a%0d%0aX-Injected%3a%201", "%F0%9F%98%80", "%27%22", "%3Cscript%3Ealert(1)%3C/script%3E", "%7B%7B.%7D%7D", "%2525", "*", "~"}
	strange[5] = strings.Repeat("a", 10_000)
	visitors := map[string]*visitor{"": w.as(""), "anna": w.as("anna"), "carla": w.as("carla"), "dario": w.as("dario")}
	for _, r := range w.site.Rows() {
		blanks := strings.Split(r.Path, "/")
		for i, blank := range blanks {
			if !strings.HasPrefix(blank, ":") {
				continue
			}
			for _, s := range strange {
				parts := strings.Split(r.Path, "/")
				parts[i] = s
				address := w.address(strings.Join(parts, "/"))
				who := rightPerson(r)
				a := visitors[who].with("X-CSRF", visitors[who].token()).do(r.Method, address, nil)
				if a.Status < 300 && blank != ":name" || a.Header.Get("X-Injected") != "" || strings.Contains(a.Body, "<script>alert") {
					t.Errorf("%s %.80s: %d", r.Method, address, a.Status)
				}
				sound(t, fmt.Sprintf("%s %.80s", r.Method, address), a)
			}
		}
		if r.Method != http.MethodGet {
			continue
		}
		for _, s := range strange[4:9] {
			query := "?q=" + s
			if len(s) < 100 {
				query += "&cursore=" + s + "&ente=" + s + "&codice=" + s + "&esito=" + s + "&da=" + s
			}
			a := visitors["dario"].get(w.address(r.Path) + query)
			if a.Header.Get("X-Injected") != "" || strings.Contains(a.Body, "<script>alert") {
				t.Errorf("%s%.60s: what the address says is in the page as it is", r.Path, query)
			}
			sound(t, fmt.Sprintf("%s%.60s", r.Path, query), a)
		}
	}
}
