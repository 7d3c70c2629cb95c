package server_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

// spoilt is a store that panics while it is told to.
type spoilt struct {
	store.Store
	now atomic.Bool
}

func (s *spoilt) Canonical(ctx context.Context, name string) ([]byte, error) {
	if s.now.Load() {
		panic("secret of the store")
	}
	return s.Store.Canonical(ctx, name)
}

func TestABugInWhatManyRequestsShareCostsThemAndNotTheServer(t *testing.T) {
	ctx := context.Background()
	kept, err := store.CreateDirectory(t.TempDir() + "/store")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kept.Close() })
	var names []string
	var last *data.Snapshot
	for n := range 2 {
		if last, _, err = data.Read(ctx, edited(t, "zones.geojson", "34.4736,31.57119", fmt.Sprintf("34.47%d,31.57019", 40+n))); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Publish(ctx, kept, last, store.Proposal{Author: "ann", At: time.Date(2026, 1, 1+n, 9, 0, 0, 0, time.UTC)}); err != nil {
			t.Fatal(err)
		}
		names = append(names, last.Name())
	}
	from := &spoilt{Store: kept}
	s, err := server.New(server.Options{Store: from, Now: func() time.Time { return served.Noon }})
	if err != nil {
		t.Fatal(err)
	}
	whole := func(context.Context, data.ReadOptions) ([]*data.Snapshot, error) { return []*data.Snapshot{last}, nil }
	if done := s.Reload(ctx, whole); !done.OK {
		t.Fatal(done.Error)
	}
	web := httptest.NewServer(s)
	t.Cleanup(web.Close)
	past := web.URL + "/v1/gaza/share?as_of=2026-01-20&snapshot=" + names[0]

	from.now.Store(true)
	if response, body := served.Ask(t, "GET", past); response.StatusCode != 500 || strings.Contains(string(body), "secret") {
		t.Errorf("while the store has a bug: %d %s", response.StatusCode, body)
	}
	broken := func(context.Context, data.ReadOptions) ([]*data.Snapshot, error) { panic("secret of the loader") }
	if done := s.Reload(ctx, broken); done.OK || strings.Contains(done.Error, "secret") {
		t.Errorf("a load with a bug: %+v", done)
	}
	if _, body := served.Ask(t, "GET", web.URL+"/metrics"); !strings.Contains(string(body), "\ndemarc_bugs_total 2\n") {
		t.Error("the bugs are not counted")
	}
	from.now.Store(false)
	for _, url := range []string{past, web.URL + "/v1/gaza/share?as_of=2026-01-20"} {
		if response, body := served.Ask(t, "GET", url); response.StatusCode != 200 {
			t.Errorf("%s: %d %s", url, response.StatusCode, body)
		}
	}
	if done := s.Reload(ctx, whole); !done.OK {
		t.Error(done.Error)
	}
}
