package main

import (
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"

	"aulacomune/cmd/aula/wiring"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// benchDemo is a demo, open and ready to answer in this process.
func benchDemo(b *testing.B) (*wiring.House, *fiber.App) {
	clock, dir := newDemoClock(), b.TempDir()
	house, err := wiring.Open(b.Context(), wiring.Options{Data: dir, URL: "http://127.0.0.1:1", Now: clock.Now})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := house.Close(); err != nil {
			b.Error(err)
		}
	})
	if err := seedDemo(b.Context(), house, dir, clock); err != nil {
		b.Fatal(err)
	}
	s := serveCmd{URL: "http://127.0.0.1:1", Demo: true}
	app, err := s.app(house, slog.New(slog.DiscardHandler), nil)
	if err != nil {
		b.Fatal(err)
	}
	return house, app
}

// BenchmarkPages renders pages in this process, for a profile: go test -bench Pages -cpuprofile cpu.out ./cmd/aula
func BenchmarkPages(b *testing.B) {
	house, app := benchDemo(b)
	secret, err := house.School.Accounts.Enter(b.Context(), "collega@demo.aula")
	if err != nil {
		b.Fatal(err)
	}
	for name, path := range map[string]string{"reading": "/corsi/smart-working/il-tuo-prossimo-passo", "course": "/corsi/smart-working", "learning": "/apprendimento"} {
		for _, coding := range []string{"", "gzip"} {
			b.Run(strings.TrimSuffix(name+"-"+coding, "-"), func(b *testing.B) {
				handler := app.Handler()
				for b.Loop() {
					var c fasthttp.RequestCtx
					c.Request.SetRequestURI(path)
					c.Request.Header.SetHost("127.0.0.1:1")
					c.Request.Header.SetCookie("aula", secret)
					c.Request.Header.Set("Accept-Encoding", coding)
					handler(&c)
					if c.Response.StatusCode() != 200 {
						b.Fatalf("status %d", c.Response.StatusCode())
					}
					b.ReportMetric(float64(len(c.Response.Body())), "bytes")
				}
			})
		}
	}
}

// BenchmarkEvents records progress through the API's handler, sixteen people at a time.
func BenchmarkEvents(b *testing.B) {
	house, app := benchDemo(b)
	handler := app.Handler()
	var next atomic.Int64
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		who := demoPeople()[4+int(next.Add(1))]
		secret, err := house.School.Accounts.Enter(b.Context(), loginOrEmail(who))
		if err != nil {
			b.Error(err)
			return
		}
		actor, err := house.School.Accounts.ActorByLogin(b.Context(), loginOrEmail(who))
		if err != nil {
			b.Error(err)
			return
		}
		st, err := house.School.Learning.Enrol(b.Context(), actor, "smart-working")
		if err != nil {
			b.Error(err)
			return
		}
		for n := 0; pb.Next(); n++ {
			var c fasthttp.RequestCtx
			c.Request.SetRequestURI("/api/v1/enrolments/" + string(st.Enrolment.ID) + "/events")
			c.Request.Header.SetMethod("POST")
			c.Request.Header.SetContentType("application/json")
			c.Request.Header.Set("Authorization", "Bearer "+secret)
			c.Request.SetBodyString(fmt.Sprintf(`{"events":[{"id":"a%d","object":"oltre-il-telelavoro","kind":"answered","answers":{"%s":["a"]}}]}`, n%400, st.Objects[0].Object.Questions[0].ID))
			handler(&c)
			if c.Response.StatusCode() != 200 {
				b.Errorf("status %d %s", c.Response.StatusCode(), c.Response.Body())
			}
		}
	})
}
