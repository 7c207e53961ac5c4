# Aula Comune: `make run` and `make test` are all that is needed; `make` alone lists the rest.
# Needs Go 1.26, Node 20 and make, nothing else. No C compiler, no database, no container.

# Another address or folder: make run LISTEN=127.0.0.1:9000 DATA=/tmp/demo
LISTEN ?= 127.0.0.1:8080
DATA   ?= data-demo

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
# The zone of Italy is inside the binary: a machine without tzdata still prints the right hour.
TAGS := timetzdata

export CGO_ENABLED := 0

PACKAGES := node_modules/.package-lock.json
ASSETS   := lms/web/dist/manifest.json
SOURCES  := $(shell find lms/web/assets -type f 2>/dev/null) $(wildcard cmd/bundle/*.go)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run build assets test test-services static house race check bench clean tools-go tools-node

help: ## This list
	@echo 'Aula Comune. What you can make:'
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' Makefile

run: build ## Build everything and open the demo at http://127.0.0.1:8080
	bin/aula serve --demo --listen $(LISTEN) --data $(DATA)

build: tools-go $(ASSETS) ## Build bin/aula, one file with everything in it
	go build -tags $(TAGS) -ldflags '-s -w' -o bin/aula ./cmd/aula

assets: tools-go $(ASSETS) ## Bundle styles, scripts and fonts into lms/web/dist

$(PACKAGES): package.json package-lock.json .npmrc | tools-node
	npm ci --ignore-scripts --no-progress
	@touch $@

$(ASSETS): $(SOURCES) $(PACKAGES) | tools-go tools-node
	go run ./cmd/bundle
	@touch $@

test: tools-go $(ASSETS) ## Run every test; what is missing on this machine is skipped and counted
	@.ci/missing
	@go test -tags $(TAGS) -timeout 30m -json ./... | go run ./cmd/testsummary test

test-services: tools-go $(ASSETS) ## Run what keeps records, and the journeys, again on MongoDB's protocol and MinIO
	@{ export AULA_TEST_ENGINE=mongo AULA_TEST_OBJECTS=minio; \
	  go test -tags $(TAGS) -timeout 30m -skip "$$(.ci/unraced)" -json $$(.ci/keeping); \
	  go test -tags $(TAGS) -timeout 30m -json -run EveryRow ./lms/web; \
	  go test -tags $(TAGS) -timeout 30m -json -run Services ./cmd/aula; \
	} | go run ./cmd/testsummary services

static: tools-go $(ASSETS) ## Format, vet and staticcheck
	@unformatted=$$(gofmt -l cmd content course lms storage); \
	  if [ -n "$$unformatted" ]; then echo "Run gofmt -w on:" $$unformatted >&2; exit 1; fi
	go vet -tags $(TAGS) ./...
	@if command -v staticcheck >/dev/null && staticcheck -version | grep -q '(0.8.2)$$'; then run=staticcheck; else run='go run $(STATICCHECK)'; fi; \
	  echo "$$run ./..."; $$run -tags $(TAGS) ./...

house: tools-go ## Check rooms, imports and sizes
	@go test -tags $(TAGS) -json -run '^TestHouse' ./cmd/aula | go run ./cmd/testsummary house

race: tools-go $(ASSETS) ## Run the packages with goroutines under the race detector; needs a C compiler
	@command -v $${CC:-gcc} >/dev/null || { echo 'The race detector needs a C compiler: apt-get install gcc libc6-dev' >&2; exit 1; }
	@CGO_ENABLED=1 go test -race -tags $(TAGS) -timeout 30m -skip "$$(.ci/unraced)" -json $$(.ci/goroutines) | CGO_ENABLED=0 go run ./cmd/testsummary race

check: house static test test-services race ## What CI runs

bench: build ## Measure and print the table of README's "Measured"
	go run -tags $(TAGS) ./cmd/bench

clean: ## Remove what was built (never data)
	rm -rf bin node_modules .bench
	find lms/web/dist -mindepth 1 ! -name .keep -delete

tools-go:
	@command -v go >/dev/null || { echo 'Go is missing. Install Go 1.26 or newer and put it on the PATH: https://go.dev/doc/install' >&2; exit 1; }

tools-node:
	@command -v npm >/dev/null || { echo 'Node.js is missing: it bundles styles and scripts, at build time only. Install Node 20.19 or newer (Debian 12 has 18, too old): https://nodejs.org/en/download' >&2; exit 1; }
	@node -e 'const [a, b] = process.versions.node.split("."); process.exit(a < 20 || a == 20 && b < 19 ? 1 : 0)' || \
	  { echo "Node.js $$(node --version) is too old: 20.19 or newer is needed, at build time only: https://nodejs.org/en/download" >&2; exit 1; }
