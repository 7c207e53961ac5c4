package main

import (
	"log/slog"
	"testing"

	"aulacomune/cmd/aula/wiring"

	"github.com/valyala/fasthttp"
)

// BenchmarkPages renders pages in this process, for a profile: go test -bench Pages -cpuprofile cpu.out ./cmd/aula
func BenchmarkPages(b *testing.B) {
	clock := newDemoClock()
	dir := b.TempDir()
	house, err := wiring.Open(b.Context(), wiring.Options{Data: dir, URL: "http://127.0.0.1:1", Now: clock.Now})
	if err != nil {
		b.Fatal(err)
	}
	defer house.Close()
	if err := seedDemo(b.Context(), house, dir, clock); err != nil {
		b.Fatal(err)
	}
	s := serveCmd{URL: "http://127.0.0.1:1", Demo: true}
	app, err := s.app(house, slog.New(slog.DiscardHandler), nil)
	if err != nil {
		b.Fatal(err)
	}
	secret, err := house.School.Accounts.Enter(b.Context(), "collega@demo.aula")
	if err != nil {
		b.Fatal(err)
	}
	for name, path := range map[string]string{"reading": "/corsi/smart-working/il-tuo-prossimo-passo", "course": "/corsi/smart-working", "learning": "/apprendimento"} {
		b.Run(name, func(b *testing.B) {
			handler := app.Handler()
			for b.Loop() {
				var c fasthttp.RequestCtx
				c.Request.SetRequestURI(path)
				c.Request.Header.SetHost("127.0.0.1:1")
				c.Request.Header.SetCookie("aula", secret)
				handler(&c)
				if c.Response.StatusCode() != 200 {
					b.Fatalf("status %d", c.Response.StatusCode())
				}
			}
		})
	}
}
