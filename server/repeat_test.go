package server_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"

	"pgregory.net/rapid"
)

// answered is what a handler answers to a request, without the network.
func answered(h http.Handler, r *http.Request) (int, http.Header, []byte) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code, w.Result().Header, w.Body.Bytes()
}

func TestAnAnswerIsTheSameHoweverOftenAndInWhateverOrderItIsAskedFor(t *testing.T) {
	long := served.Publishing(t, server.Options{Trusted: served.Loopback}, served.Snapshot())
	each := served.Publishing(t, server.Options{Trusted: served.Loopback, Log: slog.New(slog.NewTextHandler(io.Discard, &slog.HandlerOptions{Level: slog.LevelDebug}))}, served.Snapshot()) // who logs each request answers each anew
	rapid.Check(t, func(t *rapid.T) {
		one := func(label string, from ...string) string { return rapid.SampledFrom(from).Draw(t, label) }
		path := one("path", "/tiles/gaza/10/610/417.mvt", "/tiles/gaza/10/609/417.pbf", "/tiles/gaza/10/0/0.mvt", "/tiles/gaza/3/9/9.mvt", "/tiles/gaza.json", "/v1/gaza/share", "/v1/gaza/shares", "/v1/gaza/claims")
		query := one("query", "", "?", "?as_of=2026-01-20", "?as_of=2025-10-10", "?as_of=2020-01-01", "?basis=line-cut", "?x=1", "?as_of=2026-01-20&basis=line-cut")
		r := httptest.NewRequest(one("method", "GET", "GET", "GET", "HEAD", "OPTIONS", "DELETE"), path+query, nil)
		r.Host = one("host", "localhost", "maps.example", "localhost:8080")
		r.RemoteAddr = one("peer", "127.0.0.1:7", "203.0.113.9:7")
		for _, name := range []string{"Accept-Encoding", "If-None-Match", "Range", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded"} {
			values := map[string][]string{"Accept-Encoding": {"", "gzip", "br", "zstd, gzip;q=0.5", "identity;q=0, *"}, "If-None-Match": {"", "", "*"}, "Range": {"", "", "bytes=0-9"},
				"X-Forwarded-Host": {"", "", "other.example"}, "X-Forwarded-Proto": {"", "", "https"}, "Forwarded": {"", "", "host=third.example"}}
			if v := one(name, values[name]...); v != "" {
				r.Header.Set(name, v)
			}
		}
		wantStatus, wantHeader, want := answered(each, r)
		wantHeader.Del("X-Request-Id")
		for range 2 {
			status, header, body := answered(long, r)
			header.Del("X-Request-Id")
			if wantStatus >= 400 { // the body has the id too
				body, want = nil, nil
			}
			if status != wantStatus || !reflect.DeepEqual(header, wantHeader) || !bytes.Equal(body, want) {
				t.Fatalf("%d %v with %d bytes, and made anew %d %v with %d", status, header, len(body), wantStatus, wantHeader, len(want))
			}
		}
	})
}

func TestAReloadAndMidnightLetNoOldReplyOut(t *testing.T) {
	now := served.Noon
	s := served.Publishing(t, server.Options{Now: func() time.Time { return now }}, served.Snapshot())
	r := httptest.NewRequest("GET", "/v1/gaza/share", nil)
	tile := httptest.NewRequest("GET", "/tiles/gaza/10/610/417.mvt", nil)
	for range 2 {
		if _, _, body := answered(s, r); !bytes.Contains(body, []byte(`"as_of":"2026-01-20"`)) {
			t.Fatalf("%s", body)
		}
		answered(s, tile)
	}
	now = now.Add(24 * time.Hour)
	if _, _, body := answered(s, r); !bytes.Contains(body, []byte(`"as_of":"2026-01-21"`)) {
		t.Fatalf("the day after: %s", body)
	}
	other, _, err := data.Read(context.Background(), edited(t, "dataset.json", "Gaza Strip", "Gaza strip"))
	if err != nil {
		t.Fatal(err)
	}
	answered(s, tile)
	if err := s.Publish(context.Background(), other); err != nil {
		t.Fatal(err)
	}
	for _, asked := range []*http.Request{r, tile} {
		if _, header, _ := answered(s, asked); header.Get("Demarc-Snapshot") != other.Name() {
			t.Errorf("%s after a reload: %s", asked.URL, header.Get("Demarc-Snapshot"))
		}
	}
}

func TestARepeatedAnswerIsCountedAndLimitedLikeAnyOther(t *testing.T) {
	s := served.Publishing(t, server.Options{Rate: 0.001, Burst: 5}, served.Snapshot())
	statuses := map[int]int{}
	for range 8 {
		status, _, _ := answered(s, httptest.NewRequest("GET", "/tiles/gaza/10/610/417.mvt", nil))
		statuses[status]++
	}
	if !maps.Equal(statuses, map[int]int{200: 5, 429: 3}) {
		t.Errorf("%v", statuses)
	}
	_, _, metrics := answered(s, httptest.NewRequest("GET", "/metrics", nil))
	for _, want := range []string{`route="/tiles/{dataset}/{z}/{x}/{tile}",status="200"} 5`, `route="/tiles/{dataset}/{z}/{x}/{tile}",status="429"} 3`, `demarc_http_request_seconds_count{route="/tiles/{dataset}/{z}/{x}/{tile}"} 8`} {
		if !strings.Contains(string(metrics), want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
}
