package data_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/demarc-map/demarc/data"
)

// reread reads files that have to be accepted.
func reread(t testing.TB, files fstest.MapFS) *data.Snapshot {
	t.Helper()
	s, _, err := data.Read(context.Background(), files)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestADifferenceNamesWhatChangedAndNothingElse(t *testing.T) {
	ctx := context.Background()
	same, err := data.Compare(ctx, embedded(), reread(t, copyOf(t)))
	if err != nil || len(same.Features)+len(same.Figures)+len(same.Alarms()) != 0 {
		t.Errorf("a copy differs: %+v %v", same, err)
	}
	moved := copyOf(t)
	edit(t, moved, "zones.geojson", "34.4736,31.57119", "34.4740,31.57019")
	edit(t, moved, "claims.json", `"seen_in"`, `"seen_in" `)
	edit(t, moved, "dataset.json", "Gaza Strip", "Strip of Gaza")
	d, err := data.Compare(ctx, embedded(), reread(t, moved))
	if err != nil {
		t.Fatal(err)
	}
	want := []data.FeatureChange{
		{File: "dataset.json", Change: "changed", Members: []string{"title"}},
		{File: "zones.geojson", Feature: embedded().Zones[0].ID, Change: "changed", Members: []string{"geometry"}},
	}
	if !slices.EqualFunc(d.Features, want, func(a, b data.FeatureChange) bool {
		return a.File == b.File && (a.Feature == b.Feature || b.File == "zones.geojson") && a.Change == b.Change && slices.Equal(a.Members, b.Members)
	}) {
		t.Errorf("%+v", d.Features)
	}
	if len(d.Figures) == 0 || len(d.Alarms()) != 0 || d.From != embedded().Name() {
		t.Errorf("%+v", d.Figures)
	}
}

func TestAFigureThatGoesAwayOrJumpsRaisesAnAlarm(t *testing.T) {
	for what, c := range map[string]struct {
		change func(fstest.MapFS)
		says   string
	}{
		"no evidence any more":  {func(f fstest.MapFS) { delete(f, "zones.geojson") }, "no longer mapped"},
		"another party":         {func(f fstest.MapFS) { edit(t, f, "zones.geojson", `"party": "israel"`, `"party": "other"`) }, "becomes 0"},
		"the territory changes": {func(f fstest.MapFS) { edit(t, f, "dataset.json", `"territory": "gaza-strip"`, `"territory": "rafah"`) }, "goes from"},
	} {
		files := copyOf(t)
		if what == "another party" && !strings.Contains(string(files["dataset.json"].Data), `"other"`) {
			edit(t, files, "dataset.json", `"parties": [`, `"parties": [{"id":"other","name":{"en":"Other"}},`)
		}
		c.change(files)
		d, err := data.Compare(context.Background(), embedded(), reread(t, files))
		if err != nil {
			t.Fatal(err)
		}
		if alarms := strings.Join(d.Alarms(), "\n"); !strings.Contains(alarms, c.says) {
			t.Errorf("%s: %q", what, alarms)
		}
	}
}
