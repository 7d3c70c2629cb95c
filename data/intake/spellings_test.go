package intake

import (
	"strings"
	"testing"

	"github.com/demarc-map/demarc/geojson"
)

func TestSpellingsThatMakeOnePartyAreSaid(t *testing.T) {
	features := ""
	for _, name := range []string{"A", "A ", "A", `\u00e9`, `e\u0301`, `B\u200b`, "B"} {
		features += `{"type": "Feature", "properties": {"H": "` + name + `"}, "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}}` + "\n"
	}
	names, err := NewCalled(nil)
	if err != nil {
		t.Fatal(err)
	}
	plan := Plan{Map: map[string]string{"party": "H"}, Otherwise: map[string]string{"basis": "observed", "status": "observed", "accuracy_m": "1", "source": "s", "valid_from": "2025-01-01"}}
	got, err := Zones(t.Context(), []File{text("f.geojsonl", features)}, plan, names, &geojson.Report{}, func() {})
	if err != nil {
		t.Fatal(err)
	}
	said := strings.Join(got.Notes, "\n")
	for _, want := range []string{`"A" (2) and "A " (1) are one party, "A"`, `"e\u0301" (1) and "\u00e9" (1) are one party`, `"B" (1) and "B\u200b" (1) are one party, "B"`} {
		if !strings.Contains(said, want) {
			t.Errorf("no %s in\n%s", want, said)
		}
	}
	if len(names.Parties.All()) != 3 {
		t.Error(names.Parties.All())
	}
}
