package server_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

func TestEveryPathAnswersAsTheContractSays(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	const tile, problem = "application/vnd.mapbox-vector-tile", "application/problem+json"
	for _, c := range []struct {
		method, path string
		status       int
		contentType  string
		contains     string
	}{
		{"GET", "/v1", 200, "application/json", `"gaza"`},
		{"GET", "/v1/gaza", 200, "application/json", `"first_date":"2025-10-10"`},
		{"GET", "/v1/gaza/snapshot", 200, "application/json", `"demarc/1"`},
		{"GET", "/v1/gaza/share", 200, "application/json", `"as_of":"2026-01-20"`},
		{"GET", "/v1/gaza/share?as_of=2025-10-10&of=rafah&party=israel&basis=line-cut", 200, "application/json", `"basis":"line-cut"`},
		{"GET", "/v1/gaza/shares", 200, "application/json", `"shares":[`},
		{"GET", "/tiles/gaza/10/609/417.mvt", 200, tile, "control_lines"},
		{"GET", "/tiles/gaza/10/609/417.pbf", 200, tile, "control_lines"},
		{"GET", "/tiles/gaza/10/609/417", 200, tile, "control_lines"},
		{"GET", "/tiles/gaza/10/0/0.mvt", 204, "", ""},
		{"GET", "/tiles/gaza.json", 200, "application/json", `"tilejson":"3.0.0"`},
		{"GET", "/tiles/gaza/metadata.json", 200, "application/json", `"tilejson":"3.0.0"`},
		{"GET", "/export/gaza.geojson", 200, "application/geo+json", `"held-october-2025"`},
		{"GET", "/export/gaza.kml", 200, "application/vnd.google-earth.kml+xml", "<TimeSpan>"},
		{"GET", "/healthz", 200, "application/json", `"ok"`},
		{"GET", "/readyz", 200, "application/json", `"ready"`},
		{"GET", "/version", 200, "application/json", `"sha256:`},
		{"OPTIONS", "/v1/gaza/share", 204, "", ""},

		{"GET", "/v1/atlantis/share", 404, problem, "atlantis"},
		{"GET", "/v1/gaza/share?of=atlantis", 404, problem, "gaza-strip"},
		{"GET", "/v1/gaza/share?basis=guess", 404, problem, "line-cut"},
		{"GET", "/v1/gaza/share?as_of=2025-10-09", 404, problem, `"first_date":"2025-10-10"`},
		{"GET", "/v1/gaza/share?as_of=2026-13-01", 400, problem, "as_of"},
		{"GET", "/v1/gaza/share?as_of=tomorrow", 400, problem, "YYYY-MM-DD"},
		{"GET", "/v1/gaza/share?as_of=", 400, problem, "as_of"},
		{"GET", "/v1/gaza/share?basis=..%2F..", 400, problem, "basis"},
		{"GET", "/v1/gaza/share?asof=2026-01-20", 400, problem, "asof"},
		{"GET", "/v1/gaza/share?of=rafah&of=gaza", 400, problem, "2 times"},
		{"GET", "/v1/gaza/share?of=%zz", 400, problem, "malformed"},
		{"POST", "/v1/gaza/shares", 405, problem, "GET"},
		{"DELETE", "/v1/gaza", 405, problem, "GET"},
		{"GET", "/tiles/atlantis/0/0/0.mvt", 404, problem, "atlantis"},
		{"GET", "/tiles/gaza/10/x/417.mvt", 400, problem, "z/x/y"},
		{"GET", "/tiles/gaza/10/0610/417.mvt", 400, problem, "0610"},
		{"GET", "/tiles/gaza/10/+610/417.mvt", 400, problem, "610"},
		{"GET", "/tiles/gaza/10/-1/417.mvt", 400, problem, "-1"},
		{"GET", "/tiles/gaza/10/1e1/417.mvt", 400, problem, "1e1"},
		{"GET", "/tiles/gaza/10/٦١٠/417.mvt", 400, problem, "z/x/y"},
		{"GET", "/tiles/gaza/10/610/99999999999.mvt", 400, problem, "z/x/y"},
		{"GET", "/tiles/gaza/10/1024/417.mvt", 404, problem, "10/1024/417"},
		{"GET", "/tiles/gaza/17/0/0.mvt", 404, problem, "17/0/0"},
		{"GET", "/tiles/gaza/4294967295/0/0.mvt", 404, problem, "4294967295"},
		{"GET", "/tiles/gaza/10/610/417.png", 404, problem, ".mvt"},
		{"GET", "/tiles/gaza/10/609/417.mvt?as_of=2020-01-01", 404, problem, "2025-10-10"},
		{"GET", "/tiles/gaza/10/609/417.mvt?snapshot=sha256:00", 404, problem, "snapshot"},
		{"GET", "/export/gaza.exe", 404, problem, "geojson"},
		{"GET", "/export/..%2Fgaza.kml", 404, problem, ""},
		{"GET", "/nothing/here", 404, problem, ""},
		{"GET", "//v1//gaza", 404, problem, ""},
		{"GET", "/v1/gaza/", 404, problem, ""},
	} {
		t.Run(c.method+" "+c.path, func(t *testing.T) {
			response, body := served.Ask(t, c.method, url+c.path)
			if response.StatusCode != c.status {
				t.Fatalf("status %d, not %d: %s", response.StatusCode, c.status, body)
			}
			if got := response.Header.Get("Content-Type"); got != c.contentType {
				t.Errorf("content type %q, not %q", got, c.contentType)
			}
			if !bytes.Contains(body, []byte(c.contains)) {
				t.Errorf("the body lacks %q: %.300s", c.contains, body)
			}
			if response.Header.Get("Access-Control-Allow-Origin") != "*" {
				t.Error("reads are open to every origin")
			}
			if c.status >= 400 {
				var p struct {
					Status    int
					Detail    string
					RequestID string `json:"request_id"`
				}
				if err := json.Unmarshal(body, &p); err != nil || p.Status != c.status || p.Detail == "" || p.RequestID != response.Header.Get("X-Request-Id") {
					t.Errorf("not a complete problem: %s", body)
				}
				if response.Header.Get("Cache-Control") != "no-store" {
					t.Error("an error may not be stored")
				}
			}
			if c.method == "GET" {
				head, nothing := served.Ask(t, "HEAD", url+c.path)
				if head.StatusCode != c.status || len(nothing) > 0 || head.Header.Get("ETag") != response.Header.Get("ETag") ||
					head.Header.Get("Content-Type") != c.contentType {
					t.Errorf("HEAD answers %d %v with %d bytes", head.StatusCode, head.Header, len(nothing))
				}
			}
		})
	}
}

func TestEachEncodingIsTheSameBodyUnderItsOwnStrongTag(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	decoders := map[string]func([]byte) (io.Reader, error){
		"":     func(b []byte) (io.Reader, error) { return bytes.NewReader(b), nil },
		"gzip": func(b []byte) (io.Reader, error) { return gzip.NewReader(bytes.NewReader(b)) },
		"br":   func(b []byte) (io.Reader, error) { return brotli.NewReader(bytes.NewReader(b)), nil },
		"zstd": func(b []byte) (io.Reader, error) { return zstd.NewReader(bytes.NewReader(b)) },
	}
	for _, path := range []string{"/tiles/gaza/10/609/417.mvt", "/v1/gaza", "/export/gaza.kml"} {
		_, plain := served.Ask(t, "GET", url+path)
		tags := map[string]bool{}
		for name, decode := range decoders {
			response, body := served.Ask(t, "GET", url+path, "Accept-Encoding", name)
			if got := response.Header.Get("Content-Encoding"); got != name {
				t.Errorf("%s: asked for %q, got %q", path, name, got)
			}
			r, err := decode(body)
			if err != nil {
				t.Fatal(err)
			}
			decoded, err := io.ReadAll(r)
			if err != nil || !bytes.Equal(decoded, plain) {
				t.Errorf("%s: %q decodes to another body (%v)", path, name, err)
			}
			etag := response.Header.Get("ETag")
			if strings.HasPrefix(etag, "W/") || tags[etag] {
				t.Errorf("%s: the tag %s of %q is weak or another encoding's", path, etag, name)
			}
			tags[etag] = true
			if response.Header.Get("Vary") != "Accept-Encoding" {
				t.Errorf("%s: Vary is %q", path, response.Header.Get("Vary"))
			}
			again, nothing := served.Ask(t, "GET", url+path, "Accept-Encoding", name, "If-None-Match", `"other", W/`+etag)
			if again.StatusCode != 304 || len(nothing) > 0 || again.Header.Get("ETag") != etag ||
				again.Header.Get("Vary") == "" || again.Header.Get("Cache-Control") == "" {
				t.Errorf("%s: %q again: %d %v", path, name, again.StatusCode, again.Header)
			}
			if other, whole := served.Ask(t, "GET", url+path, "Accept-Encoding", name, "If-None-Match", `"other"`); other.StatusCode != 200 || !bytes.Equal(whole, body) {
				t.Errorf("%s: %q with another tag: %d", path, name, other.StatusCode)
			}
		}
	}
}

func TestAcceptEncodingIsNegotiatedByQuality(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	for header, want := range map[string]string{
		"":                                 "",
		"identity":                         "",
		"gzip, deflate, br, zstd":          "br",
		"gzip;q=1, br;q=0.5":               "gzip",
		"br;q=0, *":                        "zstd",
		"*;q=0":                            "",
		"gzip;q=0, identity":               "",
		"gzip;q=nonsense":                  "",
		"GZIP":                             "gzip",
		"identity;q=1, gzip;q=0.5":         "",
		"deflate":                          "",
		"zstd ; q=0.9 , gzip ; q = 0.8":    "zstd",
		strings.Repeat("gzip,", 500) + ";": "gzip",
	} {
		response, _ := served.Ask(t, "GET", url+"/v1/gaza", "Accept-Encoding", header)
		if got := response.Header.Get("Content-Encoding"); got != want {
			t.Errorf("%.40q is answered in %q, not %q", header, got, want)
		}
	}
}

func TestTileAddressesOfTheTileJSONNeverChangeAndAreKeptForEver(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	_, body := served.Ask(t, "GET", url+"/tiles/gaza.json")
	var tilejson struct {
		Tiles  []string
		Bounds []float64
	}
	if err := json.Unmarshal(body, &tilejson); err != nil {
		t.Fatal(err)
	}
	address := strings.NewReplacer("{z}", "10", "{x}", "609", "{y}", "417").Replace(tilejson.Tiles[0])
	if !strings.HasPrefix(address, url) {
		t.Fatalf("%s is not on %s", address, url)
	}
	pinned, tile := served.Ask(t, "GET", address)
	if pinned.StatusCode != 200 || !strings.Contains(pinned.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("%d, Cache-Control %s", pinned.StatusCode, pinned.Header.Get("Cache-Control"))
	}
	live, same := served.Ask(t, "GET", url+"/tiles/gaza/10/609/417.mvt")
	if !bytes.Equal(tile, same) || strings.Contains(live.Header.Get("Cache-Control"), "immutable") {
		t.Error("the live address gives another tile, or may be kept for ever")
	}
	if live.Header.Get("Demarc-Snapshot") != served.Snapshot().Name() || live.Header.Get("Demarc-Basis") != "traced" {
		t.Errorf("the tile does not say what it shows: %v", live.Header)
	}
}

func TestBeforeTheFirstSnapshotNothingIsServed(t *testing.T) {
	s, err := server.New(server.Options{})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s)
	defer web.Close()
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 503, "/v1": 503, "/v1/gaza/share": 503, "/tiles/gaza/0/0/0.mvt": 503} {
		response, _ := served.Ask(t, "GET", web.URL+path)
		if response.StatusCode != want || want == 503 && response.Header.Get("Retry-After") == "" {
			t.Errorf("%s: %d, Retry-After %q", path, response.StatusCode, response.Header.Get("Retry-After"))
		}
	}
}

func TestTheFallbackPageIsServedWhereThePageWasNotBuilt(t *testing.T) {
	page := fstest.MapFS{"fallback.html": {Data: []byte("<p>not built")}}
	response, body := served.Ask(t, "GET", served.Gaza(t, server.Options{Page: page})+"/")
	if response.StatusCode != 503 || !strings.Contains(string(body), "not built") || response.Header.Get("Content-Security-Policy") == "" {
		t.Errorf("%d %s", response.StatusCode, body)
	}
}

func TestThePageIsServedWithAStrictPolicy(t *testing.T) {
	page := fstest.MapFS{"index.html": {Data: []byte("<p>page")}, "assets/a-1.js": {Data: []byte("1")}}
	url := served.Gaza(t, server.Options{Page: page, Built: true})
	response, body := served.Ask(t, "GET", url+"/?as_of=2026-01-20&lang=ar")
	if response.StatusCode != 200 || string(body) != "<p>page" || !strings.Contains(response.Header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Errorf("%d %s %v", response.StatusCode, body, response.Header)
	}
	response, _ = served.Ask(t, "GET", url+"/assets/a-1.js")
	if response.Header.Get("Content-Type") != "text/javascript; charset=utf-8" || !strings.Contains(response.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("%v", response.Header)
	}
	for _, path := range []string{"/assets", "/assets/", "/../go.mod", "/assets/..%2Findex.html", "/.git/config"} {
		if response, _ := served.Ask(t, "GET", url+path); response.StatusCode != 404 {
			t.Errorf("%s: %d", path, response.StatusCode)
		}
	}
}

func TestTheLinksOfADatasetLeadSomewhere(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	_, body := served.Ask(t, "GET", url+"/v1/gaza")
	var dataset struct{ Links map[string]string }
	if err := json.Unmarshal(body, &dataset); err != nil || len(dataset.Links) < 10 {
		t.Fatalf("%v in %s", err, body)
	}
	for what, address := range dataset.Links {
		if r, _ := served.Ask(t, "GET", address); r.StatusCode != http.StatusOK {
			t.Errorf("%s: %s: %s", what, address, r.Status)
		}
	}
}
