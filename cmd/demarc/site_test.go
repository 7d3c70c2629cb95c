package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/referee"

	"github.com/chromedp/chromedp"
)

// exportSite exports the site of the embedded dataset and returns its folder.
func exportSite(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	status, said := command(t, "export", "--format", "site", "--out", dir+"/", "--as-of", "2026-01-20", "--max-zoom", "10", "--base-url", "https://example.org/maps")
	if status != 0 {
		t.Fatal(said)
	}
	return dir
}

func TestASiteHoldsTheServersAnswers(t *testing.T) {
	dir := exportSite(t)
	s := serve(t, "--timeout", "1m", "--base-url", "https://example.org/maps")
	for file, path := range map[string]string{
		"v1/share-2025-10-10-traced.json":   "/v1/gaza/share?as_of=2026-01-20&basis=traced",
		"v1/share-2025-10-10-line-cut.json": "/v1/gaza/share?as_of=2026-01-20&basis=line-cut",
		"v1/shares-2025-10-10.json":         "/v1/gaza/shares?as_of=2026-01-20",
		"v1/series-traced.json":             "/v1/gaza/series?basis=traced",
		"v1/claims.json":                    "/v1/gaza/claims", "v1/dataset.json": "/v1/gaza", "v1/snapshot.json": "/v1/gaza/snapshot",
		"export/2025-10-10-traced.geojson": "/export/gaza.geojson?as_of=2026-01-20", "map-2025-10-10-traced.svg": "/map.svg?as_of=2026-01-20",
	} {
		text, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		if _, want := get(t, s.urls["clients"]+path); string(text) != want {
			t.Errorf("%s is not %s: %.200s", file, path, text)
		}
	}
	for _, name := range []string{"traced", "line-cut"} {
		head := make([]byte, 8)
		file, err := os.Open(filepath.Join(dir, "tiles", "2025-10-10-"+name+".pmtiles"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.Read(head); err != nil || string(head) != "PMTiles\x03" {
			t.Errorf("%q %v", head, err)
		}
		file.Close()
	}
	if status, said := command(t, "export", "--format", "site", "--out", dir, "--base-url", "https://x.example"); status != 1 || !strings.Contains(said, "is there already") {
		t.Errorf("%d %s", status, said)
	}
	if status, said := command(t, "export", "--format", "site", "--out", dir+"2"); status != 1 || !strings.Contains(said, "--base-url") {
		t.Errorf("%d %s", status, said)
	}
	if all := entries(t, filepath.Dir(dir)); len(all) != 1 {
		t.Errorf("%v", all)
	}
}

func TestASiteNeedsNothingButAFileServer(t *testing.T) {
	if testing.Short() {
		t.Skip("without a browser: run without -short")
	}
	referee.Need(t, "chromium")
	var asked sync.Map // path → status
	files := http.FileServer(http.Dir(exportSite(t)))
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		out := &statusOf{w, http.StatusOK}
		files.ServeHTTP(out, r)
		asked.Store(r.URL.RequestURI(), out.status)
	}))
	t.Cleanup(web.Close)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox)...)
	t.Cleanup(stop)
	ctx, quit := chromedp.NewContext(allocator)
	t.Cleanup(quit)
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	t.Cleanup(cancel)
	look := func(page, figure string) {
		t.Helper()
		type sight struct {
			Figure string
			Map    int
			Links  []string
		}
		if err := chromedp.Do(ctx, chromedp.Navigate(web.URL+page)); err != nil {
			t.Fatal(err)
		}
		seen, err := chromedp.Run(ctx, chromedp.Evaluate[sight](`({Figure: document.querySelector('#figure').textContent, Map: document.querySelector('#map').complete ? document.querySelector('#map').naturalWidth : 0,
				Links: [...document.querySelectorAll('a')].map(a => a.href)})`))
		if err != nil {
			t.Fatal(err)
		}
		if seen.Figure != figure || seen.Map != 900 || len(seen.Links) < 7 {
			t.Errorf("%s: %+v", page, seen)
		}
		for _, link := range seen.Links {
			if status, body := get(t, link); status != 200 || strings.HasSuffix(link, "json") && !json.Valid([]byte(body)) {
				t.Errorf("%s leads to %s: %d", page, link, status)
			}
		}
	}
	look("/", "53.1%")
	look("/2025-10-10-line-cut.html", "54.5%")
	asked.Range(func(path, status any) bool {
		if status != http.StatusOK && path != "/favicon.ico" {
			t.Errorf("%s: %d", path, status)
		}
		return true
	})
}

type statusOf struct {
	http.ResponseWriter
	status int
}

func (s *statusOf) WriteHeader(status int) { s.status = status; s.ResponseWriter.WriteHeader(status) }
