# Two commands are all a newcomer needs: make run, make test.
# Go, Node and make are the only prerequisites.

page := static/assets/dist/index.html
page_sources := $(shell find static/web -path static/web/node_modules -prune -o -type f -print)
version := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

.PHONY: run build page test bench shots clean

run: build ## serve the embedded Gaza dataset and its page
	./bin/demarc serve

build: page
	go build -trimpath -ldflags '-X main.stamped=$(version)' -o bin/demarc ./cmd/demarc

page: $(page)

$(page): static/web/node_modules/.package-lock.json $(page_sources)
	cd static/web && npm run build
	@touch $@

static/web/node_modules/.package-lock.json: static/web/package-lock.json
	cd static/web && npm ci --no-audit --no-fund
	@touch $@

test: page ## all tests, with the race detector; DEMARC_REQUIRE names what may not be skipped
	go vet ./...
	go run ./internal/suite go test -race ./...

clean:
	rm -rf bin static/assets/dist
