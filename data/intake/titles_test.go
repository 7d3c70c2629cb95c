package intake

import (
	"io"
	"maps"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"
)

// titledExport is an export of demarc with two zones of one party, which the second may
// call otherwise.
func titledExport(first, second string) File {
	zone := func(id, name string) string {
		return `{"type":"Feature","id":"` + id + `","properties":{"layer":"zones","id":"` + id + `","party":"north","basis":"map","status":"observed","accuracy_m":5,"valid_from":"2025-01-01","party_name_en":"` + name + `","party_name_ar":"الشمال"},
			"geometry":{"type":"Polygon","coordinates":[[[10,20],[11,20],[11,21],[10,21],[10,20]]]}}`
	}
	text := `{"type":"FeatureCollection","dataset":"d","snapshot":"s","basis":"map","epoch":{},"attribution":{},"disclaimer":{},"features":[` + zone("a", first) + "," + zone("b", second) + "]}"
	return File{Name: "a.geojson", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
}

func TestOfTwoNamesOfAPartyTheFirstIsKeptAndTheOtherSaid(t *testing.T) {
	for second, notes := range map[string]int{"North": 0, "Nord": 1} {
		names, err := NewCalled(map[string]string{"north": "n-1"})
		if err != nil {
			t.Fatal(err)
		}
		report := &geojson.Report{}
		got, err := Zones(t.Context(), []File{titledExport("North", second)}, Plan{Otherwise: map[string]string{"source": "s"}}, names, report, func() {})
		if err != nil || report.Err() != nil {
			t.Fatal(err, report.Err())
		}
		if want := (data.Text{"en": "North", "ar": "الشمال"}); !maps.Equal(got.Parties["n-1"], want) {
			t.Errorf("%q: the party of the id that was asked for is called %v", second, got.Parties)
		}
		if len(got.Notes) != notes || notes > 0 && !strings.Contains(got.Notes[0], `a.geojson: 1 feature by which party "north" has another name in "en" than before; the first is kept: "Nord", not "North"`) {
			t.Errorf("%q: noted %q", second, got.Notes)
		}
	}
}

func TestANameThatIsGivenStandsInItsLanguage(t *testing.T) {
	title := data.Text{"en": "North", "ar": "الشمال"}
	for _, c := range []struct {
		named Named
		title data.Text
		want  data.Text
	}{
		{Named{"north", "north"}, title, title},
		{Named{"north", "NORTH"}, title, data.Text{"en": "NORTH", "ar": "الشمال"}},
		{Named{"north", "north"}, nil, data.Text{"en": "north"}},
	} {
		if got := c.named.Text("en", c.title); !maps.Equal(got, c.want) {
			t.Errorf("%v with %v is called %v, not %v", c.named, c.title, got, c.want)
		}
	}
	if title["en"] != "North" {
		t.Error("the title was changed")
	}
}
