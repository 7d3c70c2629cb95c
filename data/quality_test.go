package data

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/demarc-map/demarc/data/gaza"
)

// A figure that the second computation does not confirm refuses the snapshot.
func TestAFigureOnWhichTwoMethodsDifferIsRefused(t *testing.T) {
	s, report, err := Read(context.Background(), gaza.Files)
	if err != nil {
		t.Fatal(err)
	}
	h, err := computeHeadlines(context.Background(), s, 1)
	if err != nil {
		t.Fatal(err)
	}
	if h.agree(report); len(report.Faults) > 0 || len(h.second) != len(s.headline) {
		t.Fatalf("the true figures are refused or not computed twice: %d of %d, %v", len(h.second), len(s.headline), report.Faults)
	}
	for key, figures := range h.figures {
		figures.Percent += 2 * twoMethods
		h.figures[key] = figures
	}
	h.agree(report)
	if len(report.Faults) != 3 || report.Faults[0].Rule != "methods-differ" {
		t.Errorf("faults %v, not methods-differ for each of three readings", report.Faults)
	}
}

func TestWhatAReaderShouldKnowIsNoted(t *testing.T) {
	box := func(id, properties, coordinates string) string {
		return `{"type":"Feature","id":"` + id + `","properties":{"source":"s",` + properties + `},"geometry":{"type":"Polygon","coordinates":[` + coordinates + `]}}`
	}
	collection := func(features ...string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(`{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`)}
	}
	const held = `"basis":"a","status":"observed","accuracy_m":10,`
	s, _, err := Read(context.Background(), fstest.MapFS{
		"dataset.json": {Data: []byte(`{"schema":"demarc/1","id":"noted","title":{"en":"t"},"attribution":{"en":"a"},"disclaimer":{"en":"d"},"territory":"whole",
			"default_party":"p","default_basis":"a","parties":[{"id":"p","name":{"en":"P"}},{"id":"q","name":{"en":"Q"}}],
			"bases":[{"id":"a","name":{"en":"A"},"meaning":{"en":"A"}}],"sources":[{"id":"s","title":"t","publisher":"p","licence":"l"}]}`)},
		"territories.geojson": collection(
			box("whole", `"name_en":"w"`, `[[0,0],[1,0],[1,1],[0,1],[0,0]]`),
			box("part", `"name_en":"p","parent":"whole"`, `[[0,0],[0.5,0],[0.5,1],[0,1],[0,0]]`)),
		"zones.geojson": collection(
			box("reaching", held+`"party":"p","valid_from":"2025-01-01"`, `[[0.9,0.1],[1.1,0.1],[1.1,0.2],[0.9,0.2],[0.9,0.1]]`),
			box("rival", held+`"party":"q","valid_from":"2025-01-01"`, `[[0.95,0.1],[0.99,0.1],[0.99,0.2],[0.95,0.2],[0.95,0.1]]`),
			box("sudden", held+`"party":"p","valid_from":"2025-02-01"`, `[[0.1,0.1],[0.6,0.1],[0.6,0.6],[0.1,0.6],[0.1,0.1]]`)),
	})
	if err != nil {
		t.Fatal(err)
	}
	for rule, want := range map[string]int{"zone-outside": 1, "contested": 1, "district-gap": 1, "jump": 1, "district-overlap": 0} {
		if s.Quality.Total[rule] != want {
			t.Errorf("%s is noted %d times, not %d: %+v", rule, s.Quality.Total[rule], want, s.Quality.Findings)
		}
	}
}
