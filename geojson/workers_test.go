package geojson_test

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/demarc-map/demarc/geojson"

	"pgregory.net/rapid"
)

func TestNeverMoreThanItsWorkersRead(t *testing.T) {
	text := many(400)
	rapid.Check(t, func(t *rapid.T) {
		workers := rapid.IntRange(1, 6).Draw(t, "workers")
		every := rapid.IntRange(8, 32).Draw(t, "pause at every")
		var now, peak atomic.Int64
		kept := 0
		err := geojson.ReadEach(t.Context(), strings.NewReader(text), "f", geojson.Options{Workers: workers}, &geojson.Report{}, func(f geojson.Feature, _ *geojson.Report) func() error {
			n := now.Add(1)
			for p := peak.Load(); n > p && !peak.CompareAndSwap(p, n); p = peak.Load() {
			}
			if f.Index%every == 0 {
				time.Sleep(time.Microsecond)
			}
			now.Add(-1)
			return func() error {
				if f.Index != kept {
					t.Fatalf("feature %d comes in place %d", f.Index, kept)
				}
				kept++
				return nil
			}
		})
		if err != nil || kept != 400 {
			t.Fatal(kept, err)
		}
		if peak.Load() > int64(workers) {
			t.Fatalf("%d at once, with %d workers", peak.Load(), workers)
		}
	})
}

func TestAByteOrderMarkIsIgnored(t *testing.T) {
	if features, report := read(t, "\ufeff"+`{"type":"Point","coordinates":[1,2]}`, geojson.Options{}); len(features) != 1 || report.Err() != nil {
		t.Errorf("%v", report.Err())
	}
	if _, report := read(t, "\ufeff\ufeff"+`{"type":"Point","coordinates":[1,2]}`, geojson.Options{}); report.Err() == nil {
		t.Error("two are read")
	}
}
