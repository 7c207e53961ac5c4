package main

import (
	"io"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// status asks for an address and gives the status and the body.
func status(t *testing.T, address string) (int, string) {
	t.Helper()
	res, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b)
}

// watched: who asks for metrics gets numbers on an address of their own, and nothing of whom they are about.
func watched(t *testing.T, h *hall) {
	s := h.serve(t, h.copyDemo(t), "--metrics", "127.0.0.1:0")
	defer s.stop(t)
	address := s.metricsAddress(t)
	for range 3 {
		status(t, s.url+"/corsi/smart-working")
	}
	status(t, s.url+"/verifica/2345-6789-ABCD")
	s.caller(s.apiToken(t, "collega@demo.aula")).must(t, 200, "GET /enrolments", nil, new(any))
	code, text := status(t, address)
	if code != http.StatusOK {
		t.Fatalf("%d: %s", code, text)
	}
	for _, c := range []struct {
		series      string
		least, most float64
	}{
		{`aula_http_requests_total{method="GET",route="/corsi/:slug",status="2xx"}`, 3, 3},
		{`aula_http_requests_total{method="GET",route="/verifica/:code",status="4xx"}`, 1, 1},
		{`aula_http_requests_total{method="POST",route="/api/v1/session",status="2xx"}`, 1, 1},
		{`aula_http_requests_total{method="GET",route="/api/v1/enrolments",status="2xx"}`, 1, 1},
		{`aula_http_request_duration_seconds_count{route="/corsi/:slug"}`, 3, 3},
		{`aula_http_request_duration_seconds_bucket{route="/corsi/:slug",le="+Inf"}`, 3, 3},
		{`aula_open_connections`, 1, 20},
		{`aula_certificates_issued_total`, 1, 1000},
		{`aula_certificates_pending`, 0, 0},
		{`aula_build_info{`, 1, 1},
		{`process_resident_memory_bytes`, 1 << 20, 1 << 30},
		{`go_goroutines`, 1, 10_000},
	} {
		if v, ok := series(text, c.series); !ok || v < c.least || v > c.most {
			t.Errorf("%s is %v (%t), want %v to %v", c.series, v, ok, c.least, c.most)
		}
	}
	for _, secret := range []string{"@", "smart-working", "2345-6789", "127.0.0.1", "Mozilla"} {
		if strings.Contains(text, secret) {
			t.Errorf("the metrics name %q", secret)
		}
	}
	if code, _ := status(t, s.url+"/metrics"); code != http.StatusNotFound {
		t.Errorf("/metrics on the public address: %d", code)
	}
	if code, _ := status(t, strings.TrimSuffix(address, "/metrics")+"/corsi"); code != http.StatusNotFound {
		t.Errorf("a page on the metrics' address: %d", code)
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	h.run(t, "serve", "--demo", "--listen", "127.0.0.1:0", "--data", h.copyDemo(t), "--metrics", taken.Addr().String()).want(1, "listen for metrics", "--metrics")
}

// metricsAddress is what the log says of it; the log comes by another pipe than the server's own address.
func (s *server) metricsAddress(t *testing.T) string {
	t.Helper()
	said := regexp.MustCompile(`address=(http://127\.0\.0\.1:\d+/metrics)`)
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if m := said.FindStringSubmatch(s.log.String()); m != nil {
			return m[1]
		}
	}
	t.Fatalf("the log does not say where the metrics are:\n%s", s.log)
	return ""
}

// series is the value of the first line of a text of metrics that begins with a name.
func series(text, name string) (float64, bool) {
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(line, name); ok {
			v, err := strconv.ParseFloat(strings.TrimSpace(rest[strings.LastIndex(rest, " ")+1:]), 64)
			return v, err == nil
		}
	}
	return 0, false
}
