package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data"
)

// version is a dataset of which a party holds so many percent: a square of
// which a zone covers the west, so that each percentage is another snapshot.
func version(t testing.TB, dataset string, percent int) *data.Snapshot {
	t.Helper()
	square := func(west, east float64) string {
		return fmt.Sprintf(`{"type":"Polygon","coordinates":[[[%[1]v,0],[%[2]v,0],[%[2]v,1],[%[1]v,1],[%[1]v,0]]]}`, west, east)
	}
	collection := `{"type":"FeatureCollection","features":[%s]}`
	feature := `{"type":"Feature","id":%q,"properties":%s,"geometry":%s}`
	s, _, err := data.Read(context.Background(), data.Files{
		"dataset.json": fmt.Appendf(nil, `{"schema":"demarc/1","id":%q,"title":{"en":"T"},"attribution":{"en":"A"},"disclaimer":{"en":"D"},"territory":"whole",
			"default_party":"p","default_basis":"b","parties":[{"id":"p","name":{"en":"P"}}],"sources":[{"id":"s","title":"S","publisher":"S","licence":"L"}],
			"bases":[{"id":"b","name":{"en":"B"},"meaning":{"en":"B"},"mapped":[{"from":"2026-01-01","to":null}]}]}`, dataset),
		"territories.geojson": fmt.Appendf(nil, collection, fmt.Sprintf(feature, "whole", `{"name_en":"Whole","source":"s"}`, square(0, 1))),
		"zones.geojson": fmt.Appendf(nil, collection, fmt.Sprintf(feature, "west",
			`{"name_en":"West","party":"p","basis":"b","status":"observed","valid_from":"2026-01-01","valid_to":"2026-03-01","source":"s","accuracy_m":10,"x_colour":"red"}`, square(0, float64(percent)/100))),
		"control_lines.geojson": fmt.Appendf(nil, collection, fmt.Sprintf(feature, "line",
			`{"name_en":"Line","kind":"pullback","party":"p","status":"agreed","valid_from":"2026-01-01","source":"s","accuracy_m":10}`,
			`{"type":"LineString","coordinates":[[0.5,0],[0.5,1]]}`)),
		"places.geojson": fmt.Appendf(nil, collection, fmt.Sprintf(feature, "town",
			`{"name_en":"Town","kind":"town","source":"s"}`, `{"type":"Point","coordinates":[0.5,0.5]}`)),
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// noon is when things are published in tests.
var noon = time.Date(2026, 2, 1, 12, 0, 0, 0, time.UTC)

// by proposes to publish, whatever changes, so many hours after noon.
func by(author string, hours int) Proposal {
	return Proposal{Author: author, Note: "a note", At: noon.Add(time.Duration(hours) * time.Hour), Confirm: true}
}

// published publishes what has to succeed.
func published(t testing.TB, s Store, snapshot *data.Snapshot, p Proposal) Entry {
	t.Helper()
	done, err := Publish(context.Background(), s, snapshot, p)
	if err != nil || !done.Published {
		t.Fatalf("%+v %v", done, err)
	}
	return done.Entry
}

// told lists the snapshots of a history.
func told(t testing.TB, s Store, dataset string) []string {
	t.Helper()
	chain, err := s.History(context.Background(), dataset)
	if err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for _, e := range chain {
		out = append(out, e.Snapshot)
	}
	return out
}

// sound verifies a store.
func sound(t testing.TB, s Store) *Report {
	t.Helper()
	report, err := s.Verify(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if !report.OK {
		t.Fatalf("%+v", report)
	}
	return report
}
