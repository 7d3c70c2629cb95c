package server_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

// handler is a server of the embedded dataset without a listener.
func handler(t testing.TB) http.Handler {
	t.Helper()
	s, err := server.New(server.Options{Now: func() time.Time { return served.Noon }, Timeout: time.Minute, Vertices: 2000})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Publish(context.Background(), served.Snapshot()); err != nil {
		t.Fatal(err)
	}
	return s
}

// answers sends a request straight to the handler and checks what holds for
// every answer there is.
func answers(t *testing.T, s http.Handler, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, target, strings.NewReader(body))
	if err != nil {
		t.Skip("no client can send it")
	}
	r.RequestURI, r.RemoteAddr = r.URL.RequestURI(), "192.0.2.1:1"
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	h := w.Header()
	switch {
	case w.Code >= 500:
		t.Errorf("%s %s: %d %s", method, target, w.Code, w.Body)
	case w.Code >= 300 && w.Code < 400 && w.Code != 304:
		t.Errorf("%s %s leads elsewhere: %d %s", method, target, w.Code, h.Get("Location"))
	case w.Code >= 400 && (h.Get("Content-Type") != "application/problem+json" || h.Get("Cache-Control") != "no-store"):
		t.Errorf("%s %s: %d is no problem: %v", method, target, w.Code, h)
	case (w.Code == 200 && method == "GET" || w.Code == 304) && h.Get("Cache-Control") == "":
		t.Errorf("%s %s: %d may be kept for how long? %v", method, target, w.Code, h)
	}
	tile := w.Code < 400 && (strings.HasPrefix(r.URL.Path, "/tiles/") || strings.Contains(r.URL.Path, "/tiles/WebMercatorQuad/")) // which no browser shows
	if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Content-Security-Policy") == "" && !tile {
		t.Errorf("%s %s: unsafe: %v", method, target, h)
	}
	return w
}

func FuzzAddress(f *testing.F) {
	s := handler(f)
	for _, seed := range []string{"/", "/v1/gaza/share?as_of=2026-01-20", "/tiles/gaza/10/609/417.mvt", "/tiles/gaza/99999999999/-1/+1.pbf", "/export/gaza.kml?basis=line-cut",
		"/v1/gaza/at?lon=34.5&lat=NaN", "//..//%2e%2e/%00", "/v1/gaza/series?from=9999-12-31&to=0001-01-01", "/tiles/{dataset}.json", "/map.svg?lang=ar", "/v1/gaza/changes?against=traced",
		"/?as_of=2026-01-20&area=gaza", "/v1/gaza/share?as_of=%F0%9F%98%80;of=x", "/ogc/?f=html", "/ogc/collections/gaza-zones/items/yellow-line?crs=x",
		"/ogc/collections/gaza-control-lines/items?bbox=1,2,3,4&datetime=2026-01-01T/..", "/ogc/collections/gaza-zones/tiles/WebMercatorQuad/10/417/610"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, target string) {
		if !strings.HasPrefix(target, "/") {
			target = "/" + target
		}
		get := answers(t, s, "GET", "http://demarc.example"+target, "")
		head := answers(t, s, "HEAD", "http://demarc.example"+target, "")
		if head.Code != get.Code || head.Header().Get("ETag") != get.Header().Get("ETag") || head.Body.Len() > 0 {
			t.Errorf("%s: HEAD answers %d, GET %d", target, head.Code, get.Code)
		}
	})
}

func FuzzHeaders(f *testing.F) {
	s := handler(f)
	for _, seed := range [][4]string{{"br;q=0.5, *;q=0", `W/"x", *`, "bytes=0-9,-5", `"x"`}, {"gzip;q=;q=2,,;", `"`, "bytes=9-0", "W/"},
		{strings.Repeat("*,", 999), strings.Repeat(`"a",`, 999), "bytes=" + strings.Repeat("0-0,", 999), "Tue, 01 Jan 2030 00:00:00 GMT"}} {
		f.Add(seed[0], seed[1], seed[2], seed[3])
	}
	f.Fuzz(func(t *testing.T, encoding, known, part, condition string) {
		for _, path := range []string{"/export/gaza.geojson", "/tiles/gaza/10/609/417.mvt", "/v1/gaza"} {
			w := answers(t, s, "GET", "http://demarc.example"+path, "", "Accept-Encoding", encoding, "If-None-Match", known, "Range", part, "If-Range", condition,
				"Forwarded", condition, "X-Forwarded-Host", known, "X-Forwarded-For", part)
			if w.Code != 200 && w.Code != 206 && w.Code != 304 && w.Code != 416 {
				t.Errorf("%s: %d", path, w.Code)
			}
			if w.Code == 304 && w.Body.Len() > 0 || w.Header().Get("Vary") != "Accept-Encoding" {
				t.Errorf("%s: %d %v", path, w.Code, w.Header())
			}
		}
	})
}

func FuzzBody(f *testing.F) {
	s := handler(f)
	for _, seed := range []string{`{"type":"Polygon","coordinates":[[[34.3,31.3],[34.4,31.3],[34.4,31.4],[34.3,31.3]]]}`,
		`{"type":"LineString","coordinates":[[34.2,31.4],[34.6,31.4]]}`, `{"type":"MultiPoint","coordinates":[[34.5,31.53],[180,-90]]}`,
		`{"type":"FeatureCollection","features":[null]}`, `{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[]}]}`,
		`{"type":"Polygon","coordinates":[[[-180,-90],[180,-90],[180,90],[-180,90],[-180,-90]]]}`, `{"type":"Polygon","coordinates":[[[1e308,1e308]]]}`, "\x1f\x8b", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		for _, path := range []string{"share", "split", "at"} {
			w := answers(t, s, "POST", "http://demarc.example/v1/gaza/"+path, body)
			switch w.Code {
			case 200, 400, 413, 422:
			default:
				t.Errorf("%s: %d %s", path, w.Code, w.Body)
			}
		}
	})
}
