package server_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

// What was withdrawn is answered nowhere, under no address that names it, also
// when the server held it a moment ago; the words say when and why.
func TestAWithdrawnSnapshotIsGoneFromEveryAddressThatNamesIt(t *testing.T) {
	ctx := context.Background()
	kept, err := store.CreateDirectory(t.TempDir() + "/store")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kept.Close() })
	s, err := server.New(server.Options{Store: kept, Now: func() time.Time { return served.Noon }, Timeout: time.Minute}) // a busy machine is no fault of what is asked
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s)
	t.Cleanup(web.Close)
	var names []string
	var last *data.Snapshot
	for n, line := range []string{"34.4740,31.57019", "34.4741,31.57019", "34.4742,31.57019"} {
		if last, _, err = data.Read(ctx, edited(t, "zones.geojson", "34.4736,31.57119", line)); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Publish(ctx, kept, last, store.Proposal{At: time.Date(2026, 1, 1+n, 9, 0, 0, 0, time.UTC)}); err != nil {
			t.Fatal(err)
		}
		if err := s.Publish(ctx, last); err != nil {
			t.Fatal(err)
		}
		names = append(names, last.Name())
	}
	paths := []string{"/v1/gaza?", "/v1/gaza/share?as_of=2026-01-20&", "/v1/gaza/series?", "/v1/gaza/claims?", "/v1/gaza/snapshot?", "/tiles/gaza/12/2440/1669.mvt?as_of=2026-01-20&",
		"/tiles/gaza.json?", "/export/gaza.geojson?as_of=2026-01-20&", "/map.svg?as_of=2026-01-20&", "/styles/gaza.json?"}
	for _, path := range paths { // held now, by caches too
		if r, _ := served.Ask(t, "GET", web.URL+path+"snapshot="+names[0]); r.StatusCode != 200 {
			t.Fatalf("%s: %d", path, r.StatusCode)
		}
	}
	if _, err := store.Withdraw(ctx, kept, "gaza", "1", store.Proposal{Note: "names a shelter", At: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)}); err != nil {
		t.Fatal(err)
	}
	if err := s.Publish(ctx, last); err != nil { // as the server does when the history goes on
		t.Fatal(err)
	}
	for _, path := range paths {
		for _, by := range []string{"snapshot=" + names[0], "as_known=2026-01-01"} {
			r, body := served.Ask(t, "GET", web.URL+path+by)
			if r.StatusCode != 410 || !strings.Contains(string(body), "names a shelter") || !strings.Contains(r.Header.Get("Cache-Control"), "no-store") {
				t.Errorf("%s%s: %d %s %.200s", path, by, r.StatusCode, r.Header.Get("Cache-Control"), body)
			}
		}
		for n, by := range []string{"snapshot=" + names[1], "as_known=2026-01-02", "snapshot=" + names[2], "as_known=2026-01-06"} {
			if r, body := served.Ask(t, "GET", web.URL+path+by); r.StatusCode != 200 {
				t.Errorf("%s%s (%d): %d %.200s", path, by, n, r.StatusCode, body)
			}
		}
	}
	if r, body := served.Ask(t, "GET", web.URL+"/v1/gaza/history"); r.StatusCode != 200 || !strings.Contains(string(body), `"withdraws":"`+names[0]+`"`) {
		t.Errorf("%d %s", r.StatusCode, body)
	}
}
