package store

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/demarc-map/demarc/data"

	"pgregory.net/rapid"
)

// drawn is a dataset with zones of every kind that is accepted, made valid or
// repaired, or nil when it is refused.
func drawn(t *rapid.T) *data.Snapshot {
	var zones string
	for i := range rapid.IntRange(1, 3).Draw(t, "zones") {
		var ring string
		x, y := rapid.IntRange(0, 7).Draw(t, "x"), rapid.IntRange(0, 7).Draw(t, "y")
		for _, corner := range rapid.SampledFrom([][][2]int{
			{{0, 0}, {2, 0}, {2, 2}, {0, 2}},
			{{0, 0}, {0, 2}, {2, 2}, {2, 0}},                 // reversed
			{{0, 0}, {2, 0}, {3, 0}, {2, 0}, {2, 2}, {0, 2}}, // a spike
			{{0, 0}, {2, 0}, {2, 2}, {1, 0}, {0, 2}},         // touches itself
		}).Draw(t, "ring") {
			ring += fmt.Sprintf("[%v,%v],", float64(x+corner[0])/10, float64(y+corner[1])/10)
		}
		if i > 0 {
			zones += ","
		}
		zones += fmt.Sprintf(`{"type":"Feature","id":"z%d","properties":{"party":"p","basis":"b","status":"observed","source":"s","accuracy_m":10,"valid_from":"2026-01-0%d","name_en":%q},
			"geometry":{"type":"Polygon","coordinates":[[%s]]}}`, i, 1+rapid.IntRange(0, 8).Draw(t, "day"), rapid.SampledFrom([]string{"", "open", "غزة", "<&>"}).Draw(t, "name"), ring[:len(ring)-1])
	}
	s, _, err := data.Read(context.Background(), data.Files{
		"dataset.json": []byte(`{"schema":"demarc/1","id":"here","title":{"en":"T"},"attribution":{"en":"A"},"disclaimer":{"en":"D"},"territory":"whole",
			"default_party":"p","default_basis":"b","parties":[{"id":"p","name":{"en":"P"}}],"sources":[{"id":"s","title":"S","publisher":"S","licence":"L"}],
			"bases":[{"id":"b","name":{"en":"B"},"meaning":{"en":"B"}}]}`),
		"territories.geojson": []byte(`{"type":"Feature","id":"whole","properties":{"source":"s"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}}`),
		"zones.geojson":       []byte(`{"type":"FeatureCollection","features":[` + zones + `]}`),
	})
	if err != nil {
		return nil
	}
	return s
}

// Whatever is accepted can be published, followed, compared, verified, and rolled back to.
func TestWhatIsPublishedIsReadBackByEverything(t *testing.T) {
	ctx, stores := context.Background(), 0
	rapid.Check(t, func(rt *rapid.T) {
		stores++
		from := opened(t, filepath.Join(quick(t), fmt.Sprint("from", stores)))
		to := opened(t, filepath.Join(quick(t), fmt.Sprint("to", stores)))
		var before *data.Snapshot
		for hour := range rapid.IntRange(2, 3).Draw(rt, "publications") {
			s := drawn(rt)
			if s == nil {
				rt.Skip("refused")
			}
			if _, err := Publish(ctx, from, s, by("ann", hour)); err != nil {
				rt.Fatal(err)
			}
			kept, err := Open(ctx, from, s.Name())
			if err != nil || kept.Name() != s.Name() {
				rt.Fatal(err)
			}
			if before != nil {
				if _, err := data.Compare(ctx, before, kept); err != nil {
					rt.Fatal(err)
				}
			}
			before = kept
		}
		if _, err := Rollback(ctx, from, "here", "1", by("ann", 9)); err != nil {
			rt.Fatal(err)
		}
		if _, err := to.Copy(ctx, from); err != nil {
			rt.Fatal(err)
		}
		for _, s := range []*Directory{from, to} {
			if report, err := s.Verify(ctx); err != nil || len(report.Faults) > 0 {
				rt.Fatalf("%+v %v", report, err)
			}
		}
	})
}
