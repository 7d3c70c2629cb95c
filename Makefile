# Two commands are all a newcomer needs: make run, make test.
# Go, Node and make are the only prerequisites.

page := static/assets/dist/index.html
page_sources := $(shell find static/web data/words -path static/web/node_modules -prune -o -type f -print)
version := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

.PHONY: run build page release-binary release-files reproduce licences test soak soak-short lint vet-all module-path bench bench-quick shots weight vuln clean

run: build ## serve the embedded Gaza dataset and its page
	./bin/demarc serve

build: page
	go build -buildvcs=auto -trimpath -ldflags '-X main.stamped=$(version)' -o bin/demarc ./cmd/demarc

page: $(page)

$(page): static/web/node_modules/.package-lock.json $(page_sources)
	cd static/web && npm run build
	@touch $@

static/web/node_modules/.package-lock.json: static/web/package-lock.json
	cd static/web && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

# Decoders and readers of other people, which the tests check against.
readers := $(patsubst %,%/node_modules/.package-lock.json,tiles/testdata/decoders tiles/archive/testdata/reader server/testdata/clients)

$(readers): %/node_modules/.package-lock.json: %/package-lock.json
	npm ci --prefix $* --ignore-scripts --no-audit --no-fund
	@touch $@

release-binary: page ## bin/demarc without any library of the machine, equal bytes from equal sources and Go
	CGO_ENABLED=0 go build -trimpath -buildvcs=true -ldflags '-s -w -X main.stamped=$(version)' -o bin/demarc ./cmd/demarc

release-files: page ## what goes beside the binary, into bin/share: manual pages, completions, licences of others
	go test ./cmd/demarc -count=1 -run Manual -man $(CURDIR)/bin/share/man
	mkdir -p bin/share/completions
	for shell in bash zsh fish powershell; do go run ./cmd/demarc completion $$shell > bin/share/completions/demarc.$$shell || exit 1; done
	go run ./internal/licences -texts > bin/share/THIRD_PARTY.txt

reproduce: ## build the last commit twice, in two folders, and compare; takes a minute
	go test ./internal -count=1 -v -run TestTwoFoldersMakeTheSameBinary -reproduce

licences: ## docs/licences.md: what is linked and bundled, and under which licence
	@mkdir -p bin
	go run ./internal/licences > bin/licences.md && mv bin/licences.md docs/licences.md

# The race detector makes a test five to ten times as slow, so what it watches is a short run:
# laws are drawn a fifth as often there, figures are not compared with those of others, and no
# browser is started. It is of the packages that have something to watch, and no process
# lingers at its end for what others of its goroutines might still do (tests of leaks see
# that there are none). Pointers that are turned into others are not checked (checkptr): only
# libraries do that, and a test sees that it stays so. What takes longest begins first: the
# command and the server, most of whose short run was to read the embedded dataset, which
# is built for them with few of its things (internal/lighter).
test: page $(readers) ## all tests, then again for races; DEMARC_REQUIRE names what may not be skipped
	go vet ./...
	go run ./internal/suite go test -timeout 20m ./server/browsers ./cmd/demarc ./...
	lighter=$$(go run ./internal/lighter) && \
		$(races) -overlay "$$lighter" ./cmd/demarc ./server
	watched=$$(go run ./internal/races -but cmd/demarc,server) && \
		$(races) $$watched

races := GORACE=atexit_sleep_ms=0 go run ./internal/suite go test -race -gcflags=all=-d=checkptr=0 -short -vet=off -timeout 20m

soak: page $(readers) ## all soaks, two minutes of every fuzz target, all mutants; under 40 minutes on two processors
	go run ./internal/suite go run ./internal/soak

soak-short: page $(readers) ## seconds of each of these, and the mutant of each table whose turn it is
	go run ./internal/suite go run ./internal/soak -short

# The linter that is installed, or else this version of it.
golangci := $(or $(shell command -v golangci-lint),bin/golangci-lint)

bin/golangci-lint:
	GOBIN=$(CURDIR)/bin go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

vet-all: ## everything compiles, tests too, on every system that somebody may work on; CI runs it, it takes minutes
	@for system in linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64; do echo "go vet for $$system"; \
		GOOS=$${system%/*} GOARCH=$${system#*/} CGO_ENABLED=0 go vet ./... || exit 1; done

lint: $(golangci) static/web/node_modules/.package-lock.json ## what compilers let pass, by .golangci.yml and static/web/biome.jsonc
	$(golangci) run
	cd static/web && npm run lint

module-path: ## give the module another path, in every file that names it: make module-path TO=host/path
	go run ./internal/modulepath "$(TO)"

shots: page ## pictures of the page in every size, theme and language, into screenshots/
	mkdir -p screenshots
	DEMARC_REQUIRE=chromium DEMARC_SHOTS=$(CURDIR)/screenshots go test ./server/browsers -count=1 -run 'TestShots|TestThePage'

weight: page ## what a reader downloads, compressed
	go test ./static -count=1 -v -run Weighs

bench: bench/node_modules/.package-lock.json ## measure beside the peers that are installed; writes BENCHMARKS.md
	go run ./bench

bench-quick: bench/node_modules/.package-lock.json ## small sizes, to see that it works; writes bench/out/quick.md
	go run ./bench -quick -runs 2 -o bench/out/quick.md

bench/node_modules/.package-lock.json: bench/package-lock.json
	cd bench && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

vuln: ## known vulnerabilities in what we depend on; fails where govulncheck or its database is absent
	@command -v govulncheck >/dev/null || { echo "nothing was checked: go install golang.org/x/vuln/cmd/govulncheck@latest" >&2; exit 1; }
	govulncheck ./...

clean:
	rm -rf bin static/assets/dist
