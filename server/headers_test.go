package server_test

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

func TestADownloadIsAnsweredInParts(t *testing.T) {
	url := served.Gaza(t, server.Options{}) + "/export/gaza.geojson"
	whole, body := served.Ask(t, "GET", url)
	etag, compressed := whole.Header.Get("ETag"), ""
	if r, _ := served.Ask(t, "GET", url, "Accept-Encoding", "gzip"); r.Header.Get("Accept-Ranges") == "bytes" {
		compressed = r.Header.Get("ETag")
	}
	n := len(body)
	for _, c := range []struct {
		name    string
		headers []string
		status  int
		want    []byte
	}{
		{"the first bytes", []string{"Range", "bytes=0-99"}, 206, body[:100]},
		{"the rest", []string{"Range", "bytes=100-"}, 206, body[100:]},
		{"the last bytes", []string{"Range", "bytes=-10"}, 206, body[n-10:]},
		{"a part is never compressed", []string{"Range", "bytes=0-99", "Accept-Encoding", "gzip, br"}, 206, body[:100]},
		{"beyond the end", []string{"Range", "bytes=99999999-"}, 416, nil},
		{"a last position that fits no number", []string{"Range", "bytes=0-99999999999999999999"}, 206, body},
		{"more of the last bytes than there are numbers", []string{"Range", "bytes=-99999999999999999999"}, 206, body},
		{"a first position that fits no number", []string{"Range", "bytes=99999999999999999999-"}, 416, nil},
		{"more parts than anyone needs", []string{"Range", "bytes=0-0" + strings.Repeat(",2-2", 1500)}, 200, body},
		{"another unit is passed over", []string{"Range", "lines=0-9"}, 200, body},
		{"if it is still the same", []string{"Range", "bytes=0-99", "If-Range", etag}, 206, body[:100]},
		{"if it is another by now", []string{"Range", "bytes=0-99", "If-Range", `"other"`}, 200, body},
		{"if the tag is weak", []string{"Range", "bytes=0-99", "If-Range", "W/" + etag}, 200, body},
		{"if the tag is of a compressed form", []string{"Range", "bytes=0-99", "If-Range", compressed}, 200, body},
		{"if it is known", []string{"Range", "bytes=0-99", "If-None-Match", etag}, 304, nil},
		{"if it must match and does not", []string{"Range", "bytes=0-99", "If-Match", `"other"`}, 412, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, got := served.Ask(t, "GET", url, c.headers...)
			if r.StatusCode != c.status || c.want != nil && !bytes.Equal(got, c.want) {
				t.Fatalf("%d with %d bytes, not %d with %d", r.StatusCode, len(got), c.status, len(c.want))
			}
			if c.status < 400 && r.Header.Get("ETag") != etag || r.Header.Get("Vary") != "Accept-Encoding" {
				t.Errorf("%v", r.Header)
			}
			if c.status == 416 && (r.Header.Get("Content-Type") != "application/problem+json" || r.Header.Get("Content-Disposition") != "") {
				t.Errorf("not a problem: %v %s", r.Header, got)
			}
		})
	}
	r, parts := served.Ask(t, "GET", url, "Range", "bytes=0-9, 20-29")
	_, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || r.StatusCode != 206 {
		t.Fatal(r.StatusCode, err)
	}
	reader := multipart.NewReader(bytes.NewReader(parts), params["boundary"])
	for _, want := range [][]byte{body[:10], body[20:30]} {
		part, err := reader.NextPart()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(part); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%q %v", got, err)
		}
	}
	if r, got := served.Ask(t, "GET", url, "Range", "bytes="+strings.Repeat("0-,", 2000)); r.StatusCode >= 500 || len(got) > 2*n {
		t.Errorf("two thousand times the whole: %d with %d bytes", r.StatusCode, len(got))
	}
}

func TestAllOriginsMayReadAndAskAndNothingElse(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	for path, allowed := range map[string]string{
		"/v1/gaza/share": "GET, HEAD, POST, OPTIONS", "/v1/gaza/split": "POST, OPTIONS", "/v1/gaza/at": "GET, HEAD, POST, OPTIONS",
		"/tiles/gaza/10/609/417.mvt": "GET, HEAD, OPTIONS", "/export/gaza.kml": "GET, HEAD, OPTIONS",
	} {
		r, _ := served.Ask(t, "OPTIONS", url+path, "Origin", "https://maps.example", "Access-Control-Request-Method", "POST")
		h := r.Header
		if r.StatusCode != 204 || h.Get("Access-Control-Allow-Origin") != "*" || h.Get("Access-Control-Allow-Methods") != allowed ||
			h.Get("Access-Control-Max-Age") != "86400" || h.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s: %d %v", path, r.StatusCode, h)
		}
	}
	r, _ := served.Ask(t, "GET", url+"/v1", "Origin", "https://maps.example")
	if !strings.Contains(r.Header.Get("Access-Control-Expose-Headers"), "ETag") {
		t.Errorf("%v", r.Header)
	}
}

func TestEveryAnswerCarriesTheHeadersOfSafety(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	for _, path := range []string{"/v1", "/v1/gaza/share", "/v1/gaza/share?as_of=x", "/tiles/gaza/10/609/417.mvt", "/tiles/gaza/10/0/0.mvt",
		"/export/gaza.kml", "/nothing", "/metrics", "/healthz", "/openapi.json"} {
		r, _ := served.Ask(t, "GET", url+path)
		h := r.Header
		shown := h.Get("Referrer-Policy") == "no-referrer" && strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") &&
			strings.Contains(h.Get("Content-Security-Policy"), "frame-ancestors 'none'")
		tile := strings.HasSuffix(path, ".mvt") // no browser shows one
		if h.Get("X-Content-Type-Options") != "nosniff" || !shown && !tile || (h.Get("X-Request-Id") == "") != (r.StatusCode < 400) || h.Get("Server") != "" {
			t.Errorf("%s: %v", path, h)
		}
	}
}

func TestThePageAndNoFrameInItMayAskWhereTheReaderIs(t *testing.T) {
	r, _ := served.Ask(t, "GET", served.Gaza(t, server.Options{Page: fstest.MapFS{"index.html": {Data: []byte("page")}}, Built: true})+"/")
	if got := r.Header.Get("Permissions-Policy"); got != "geolocation=(self)" {
		t.Errorf("%q", got)
	}
}

func TestFileNamesAreSafeAndDated(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	safe := regexp.MustCompile(`^attachment; filename="[a-z0-9-]+\.((zones\.)?[a-z]+)"$`)
	for _, path := range []string{"/export/gaza.geojson", "/export/gaza.zones.fgb", "/export/gaza.gpkg", "/export/gaza.csv", "/export/gaza.pmtiles", "/export/gaza.kml?as_of=2026-01-20&basis=line-cut", "/v1/gaza/series.csv?of=rafah"} {
		if r, _ := served.Ask(t, "GET", url+path); !safe.MatchString(r.Header.Get("Content-Disposition")) {
			t.Errorf("%s: %q", path, r.Header.Get("Content-Disposition"))
		}
	}
}

func TestTheSuffixDecidesTheFormatWhateverIsAccepted(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	for path, want := range map[string]string{"/tiles/gaza/10/609/417.mvt": "application/vnd.mapbox-vector-tile", "/v1/gaza": "application/json", "/export/gaza.geojson": "application/geo+json"} {
		for _, accept := range []string{"", "*/*", "text/html", "image/png;q=1, */*;q=0", "nonsense"} {
			r, _ := served.Ask(t, "GET", url+path, "Accept", accept)
			if r.StatusCode != 200 || r.Header.Get("Content-Type") != want {
				t.Errorf("%s for %q: %d %s", path, accept, r.StatusCode, r.Header.Get("Content-Type"))
			}
		}
	}
}

func TestAPathHasOneSpelling(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	for _, path := range []string{"/v1/%67aza", "/v1%2Fgaza", "//v1/gaza", "/v1//gaza", "/v1/./gaza", "/v1/x/../gaza", "/v1/gaza/", "/V1/gaza", "/v1/GAZA",
		"/tiles/gaza/10/6%309/417.mvt", "/tiles/gaza/10/609/417.mvt/", "/tiles/gaza/10/609/417.MVT", "/tiles/gaza/10/609/417.mvt.gz", "/tiles/gaza/10/609/%2e%2e",
		"/export/..%2f..%2fetc%2fpasswd", "/export/gaza", "/export/.geojson", "/v1/gaza;a=b/share", "/v1/gaza/share%00", "/..%5c..%5cwindows"} {
		r, body := served.Ask(t, "GET", url+path)
		if r.StatusCode < 400 || r.StatusCode >= 500 || r.Header.Get("Location") != "" {
			t.Errorf("%s: %d %v %.100s", path, r.StatusCode, r.Header, body)
		}
	}
}

func TestAnUnknownMethodIsRefusedEverywhere(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	for _, method := range []string{"PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "get"} {
		for _, path := range []string{"/v1", "/v1/gaza/share", "/tiles/gaza/10/609/417.mvt", "/metrics", "/", "/nothing"} {
			if r, _ := served.Ask(t, method, url+path); r.StatusCode != http.StatusMethodNotAllowed || !strings.Contains(r.Header.Get("Allow"), "OPTIONS") {
				t.Errorf("%s %s: %d %v", method, path, r.StatusCode, r.Header)
			}
		}
	}
}

func TestMetricsTellByRouteAndNeverByClient(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	served.Ask(t, "GET", url+"/v1/gaza/share")
	served.Ask(t, "GET", url+"/v1/gaza/share?as_of=x")
	served.Ask(t, "GET", url+"/tiles/gaza/10/609/417.mvt")
	served.Ask(t, "GET", url+"/some/secret/path")
	r, body := served.Ask(t, "GET", url+"/metrics")
	for _, want := range []string{
		`demarc_http_requests_total{route="/v1/{dataset}/share",status="200"} 1`,
		`demarc_http_requests_total{route="/v1/{dataset}/share",status="400"} 1`,
		`demarc_http_requests_total{route="page",status="404"} 1`,
		`demarc_http_request_seconds_count{route="/tiles/{dataset}/{z}/{x}/{tile}"} 1`,
		`demarc_http_answer_bytes_total{route="/v1/{dataset}/share"}`,
		"demarc_tile_features_dropped_total 0", "demarc_tile_polygons_merged_total", `demarc_gate_refused_total{gate="heavy"} 0`,
		`demarc_snapshot_info{dataset="gaza",snapshot="` + served.Snapshot().Name() + `"} 1`, "demarc_degraded 0", "go_goroutines", "demarc_build_info",
	} {
		if !bytes.Contains(body, []byte(want)) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	if bytes.Contains(body, []byte("127.0.0.1")) || bytes.Contains(body, []byte("secret")) || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/plain; version=0.0.4") {
		t.Errorf("%v", r.Header)
	}
}
