package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"strconv"
	"time"

	"aulacomune/lms"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are the numbers for the machines that watch a server. They name no person and no address: a route is its pattern.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "aula_http_requests_total", Help: "Requests for pages and the API, by route and class of status.",
		}, []string{"method", "route", "status"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "aula_http_request_duration_seconds", Help: "Time until the answer was ready to be sent, by route.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1, 5},
		}, []string{"route"}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "aula_build_info", Help: "What runs; always 1.", ConstLabels: prometheus.Labels{"version": version, "go": runtime.Version()},
	})
	build.Set(1)
	m.registry.MustRegister(m.requests, m.took, build, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// observe counts a request that was answered.
func (m *metrics) observe(method, route string, status int, took time.Duration) {
	m.requests.WithLabelValues(method, route, strconv.Itoa(status/100)+"xx").Inc()
	m.took.WithLabelValues(route).Observe(took.Seconds())
}

// watch adds what is asked of the server and the school when somebody looks.
func (m *metrics) watch(app *fiber.App, school *lms.School, log *slog.Logger) {
	m.registry.MustRegister(
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "aula_open_connections", Help: "Connections of browsers and programs that are open now."},
			func() float64 { return float64(app.Server().GetOpenConnectionsCount()) }),
		&certificateCounts{
			school: school, log: log,
			issued:  prometheus.NewDesc("aula_certificates_issued_total", "Certificates that stand in the registers, revoked ones too.", nil, nil),
			pending: prometheus.NewDesc("aula_certificates_pending", "Courses completed whose certificate is still to be issued.", nil, nil),
		})
}

// certificateCounts counts certificates when somebody looks: all nodes of an installation say the same.
type certificateCounts struct {
	school          *lms.School
	log             *slog.Logger
	issued, pending *prometheus.Desc
}

// Describe names the two numbers.
func (c *certificateCounts) Describe(out chan<- *prometheus.Desc) {
	out <- c.issued
	out <- c.pending
}

// Collect counts. Where the database does not answer the two are left out, and the others are still said.
func (c *certificateCounts) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), countWithin)
	defer cancel()
	issued, pending, err := c.school.CountCertificates(ctx)
	if err != nil {
		c.log.Error("metrics", "err", err)
		return
	}
	out <- prometheus.MustNewConstMetric(c.issued, prometheus.CounterValue, float64(issued))
	out <- prometheus.MustNewConstMetric(c.pending, prometheus.GaugeValue, float64(pending))
}

const (
	countWithin   = 3 * time.Second
	metricsWithin = 10 * time.Second // for a request's header, and for its answer
)

// measure begins to count where somebody wants to watch, and only there: counting costs every request a little.
func (s *serveCmd) measure() {
	if s.Metrics != "" {
		s.numbers = newMetrics()
	}
}

// serveMetrics serves the numbers on a listener of their own until stop is called.
func (s *serveCmd) serveMetrics(log *slog.Logger) (stop func(), err error) {
	if s.numbers == nil {
		return func() {}, nil
	}
	l, err := net.Listen("tcp", s.Metrics)
	if err != nil {
		return nil, fmt.Errorf("listen for metrics: %w (choose another address with --metrics)", err)
	}
	s.Metrics = l.Addr().String() // a demo that begins again stays there
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.numbers.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4, ErrorHandling: promhttp.ContinueOnError}))
	server := &http.Server{Handler: mux, ReadHeaderTimeout: metricsWithin, WriteTimeout: metricsWithin}
	go func() {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			log.Error("metrics", "err", err)
		}
	}()
	log.Info("metrics", "address", "http://"+s.Metrics+"/metrics")
	return func() { _ = server.Close() }, nil
}
