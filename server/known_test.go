package server_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

// editions publishes five editions of the strip, a day apart from 1 January on,
// in which the line moves, and returns a server of the last with their names.
func editions(t *testing.T, o server.Options) (url string, names []string) {
	t.Helper()
	ctx := context.Background()
	kept, err := store.CreateDirectory(t.TempDir() + "/store")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kept.Close() })
	o.Store, o.Now = kept, func() time.Time { return served.Noon }
	s, err := server.New(o)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 5 {
		snapshot, _, err := data.Read(ctx, edited(t, "zones.geojson", "34.4736,31.57119", fmt.Sprintf("34.47%d,31.57019", 40+n)))
		if err != nil {
			t.Fatal(err)
		}
		_, err = store.Publish(ctx, kept, snapshot, store.Proposal{Author: "ann", Note: fmt.Sprint("edition ", n), At: time.Date(2026, 1, 1+n, 9, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, snapshot.Name())
		if n == 4 {
			if err := s.Publish(ctx, snapshot); err != nil {
				t.Fatal(err)
			}
		}
	}
	web := httptest.NewServer(s)
	t.Cleanup(web.Close)
	return web.URL, names
}

func TestEveryPastFigureIsAnsweredAsItWasPublished(t *testing.T) {
	url, names := editions(t, server.Options{Memory: server.Memory{Past: 16 << 20}}) // too little for all of them
	for _, path := range []string{"/v1/gaza", "/v1/gaza/share?as_of=2026-01-20", "/v1/gaza/shares?as_of=2026-01-20", "/v1/gaza/series", "/v1/gaza/series.csv", "/v1/gaza/changes?to=2026-01-20",
		"/v1/gaza/claims", "/v1/gaza/at?lon=34.52&lat=31.53&as_of=2026-01-20", "/v1/gaza/quality", "/v1/gaza/snapshot", "/tiles/gaza/12/2440/1669.mvt?as_of=2026-01-20",
		"/tiles/gaza.json?as_of=2026-01-20", "/export/gaza.geojson?as_of=2026-01-20", "/map.svg?as_of=2026-01-20", "/map.png?as_of=2026-01-20", "/styles/gaza.json?as_of=2026-01-20", "/export/gaza.csv?as_of=2026-01-20"} {
		join := map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")]
		bodies := map[string]bool{}
		for n, name := range names {
			r, named := served.Ask(t, "GET", url+path+join+"snapshot="+name)
			if r.StatusCode != 200 || !strings.Contains(r.Header.Get("Cache-Control"), "immutable") {
				t.Errorf("%s of edition %d: %d %s", path, n, r.StatusCode, r.Header.Get("Cache-Control"))
			}
			if of := r.Header.Get("Demarc-Snapshot"); of != name && of != "" {
				t.Errorf("%s of edition %d is of %s", path, n, of)
			}
			for _, moment := range []string{fmt.Sprintf("2026-01-0%d", 1+n), fmt.Sprintf("2026-01-0%dT09:00:00Z", 1+n), fmt.Sprintf("2026-01-0%dT08:59:59.5Z", 2+n)} {
				r, known := served.Ask(t, "GET", url+path+join+"as_known="+moment)
				if r.StatusCode != 200 || string(known) != string(named) || strings.Contains(r.Header.Get("Cache-Control"), "immutable") {
					t.Errorf("%s as known %s is not edition %d: %d %s", path, moment, n, r.StatusCode, r.Header.Get("Cache-Control"))
				}
			}
			bodies[string(named)] = true
		}
		if len(bodies) != len(names) && !strings.Contains(path, "/at?") && !strings.Contains(path, "quality") {
			t.Errorf("%s: %d different answers of %d editions", path, len(bodies), len(names))
		}
	}
}

func TestACitedFigureLeadsBackToItself(t *testing.T) {
	url, names := editions(t, server.Options{})
	for n, name := range names {
		_, body := served.Ask(t, "GET", url+"/v1/gaza/share?as_of=2026-01-20&as_known="+fmt.Sprintf("2026-01-0%d", 1+n))
		var share data.Share
		if err := json.Unmarshal(body, &share); err != nil {
			t.Fatal(err)
		}
		_, again := served.Ask(t, "GET", share.Self)
		if share.Snapshot != name || string(again) != string(body) || !strings.HasSuffix(share.Cite, share.Self) {
			t.Errorf("edition %d: %s leads to %s", n, share.Self, again)
		}
	}
	_, live := served.Ask(t, "GET", url+"/v1/gaza/share?as_of=2026-01-20")
	if strings.Contains(string(live), "snapshot=") {
		t.Errorf("a live figure is pinned: %s", live)
	}
}

func TestTheHistoryIsTheAuditChain(t *testing.T) {
	url, names := editions(t, server.Options{})
	_, body := served.Ask(t, "GET", url+"/v1/gaza/history")
	var told struct {
		Entries  []store.Entry
		Snapshot string
	}
	if err := json.Unmarshal(body, &told); err != nil {
		t.Fatal(err)
	}
	parent := ""
	for n, e := range told.Entries {
		if e.Snapshot != names[n] || e.Parent != parent || e.Number != n+1 || e.Note != fmt.Sprint("edition ", n) {
			t.Errorf("%+v", e)
		}
		parent = e.ID
	}
	if len(told.Entries) != 5 || told.Snapshot != names[4] {
		t.Errorf("%s", body)
	}
}

func TestWhatWasNotKnownIsNotGuessed(t *testing.T) {
	url, names := editions(t, server.Options{})
	without := served.Gaza(t, server.Options{})
	for path, want := range map[string]struct {
		status int
		says   string
	}{
		url + "/v1/gaza/share?as_known=2025-12-31":                         {404, `"first_known":"2026-01-01T09:00:00Z"`},
		url + "/v1/gaza/share?as_known=2026-01-01T08:59:59Z":               {404, "nothing was published by then"},
		url + "/v1/gaza/share?as_known=yesterday":                          {400, "as_known"},
		url + "/v1/gaza/share?as_known=2026-02-30":                         {400, "as_known"},
		url + "/v1/gaza/share?as_known=2026-01-01&snapshot=" + names[0]:    {400, "one of them"},
		url + "/v1/gaza/share?snapshot=sha256:00":                          {404, "not served"},
		url + "/v1/gaza/share?snapshot=../../etc/passwd":                   {404, "not served"},
		url + "/tiles/gaza/10/609/417.mvt?as_known=2025-12-31":             {404, "first_known"},
		without + "/v1/gaza/share?as_known=2026-01-01":                     {404, "keeps no history"},
		without + "/v1/gaza/share?as_of=2026-01-20&snapshot=" + names[0]:   {404, "not served"},
		without + "/v1/gaza/history":                                       {200, `"entries":[]`},
		url + "/v1/gaza/share?as_of=2026-01-20&as_known=2099-01-01":        {200, names[4]},
		url + "/v1/gaza/share?as_of=2025-01-20&as_known=2026-01-02":        {404, "first_date"},
		url + "/v1/gaza/share?as_of=2026-01-20&as_known=2026-01-03&of=abc": {404, "territory"},
	} {
		r, body := served.Ask(t, "GET", path)
		if r.StatusCode != want.status || !strings.Contains(string(body), want.says) {
			t.Errorf("%s: %d %s", path, r.StatusCode, body)
		}
	}
}

func TestManyWhoAskForAnOldSnapshotShareOneReading(t *testing.T) {
	url, names := editions(t, server.Options{Heavy: 2, Queue: 1})
	var all sync.WaitGroup
	for range 40 {
		all.Go(func() {
			if r, body := served.Ask(t, "GET", url+"/v1/gaza/share?as_of=2026-01-20&snapshot="+names[0]); r.StatusCode != 200 {
				t.Errorf("%d %s", r.StatusCode, body)
			}
		})
	}
	all.Wait()
}
