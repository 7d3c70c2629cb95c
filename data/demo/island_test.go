package demo_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/demo"
	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// island is the embedded dataset, read once for all tests.
var island = sync.OnceValue(func() *data.Snapshot {
	s, report, err := data.Read(context.Background(), demo.Files())
	if err != nil {
		panic(err)
	}
	if len(report.Repairs) > 0 {
		panic(report.Repairs[0].String())
	}
	return s
})

func date(t *testing.T, s string) data.Date {
	t.Helper()
	d, err := data.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestEveryFigureSaysThatItIsInvented(t *testing.T) {
	d := island().Dataset
	for lang, word := range map[string]string{"en": "nvented", "ar": "مختلق", "he": "בדיוני"} {
		for what, text := range map[string]data.Text{"title": d.Title, "description": d.Description, "attribution": d.Attribution, "disclaimer": d.Disclaimer} {
			if !strings.Contains(text[lang], word) {
				t.Errorf("the %s does not say it in %s: %q", what, lang, text[lang])
			}
		}
	}
	share, err := island().Share(context.Background(), data.Query{AsOf: date(t, "2025-06-01")})
	if err != nil || !strings.HasPrefix(share.Cite, "Velmar (invented): ") {
		t.Errorf("cited as %q, %v", share.Cite, err)
	}
	for _, c := range island().Claims {
		if !strings.HasPrefix(c.Wording, "Invented") || !strings.HasPrefix(c.URL, "https://example.org/") {
			t.Errorf("%s: %q at %s", c.ID, c.Wording, c.URL)
		}
	}
}

// held returns what the zones of a party that count under the first reading hold on a day.
func held(t *testing.T, party, day string) orb.MultiPolygon {
	t.Helper()
	var out orb.MultiPolygon
	for _, z := range island().Zones {
		if z.Party == party && z.Basis == "seen" && z.Status == data.Observed && z.Valid.Contains(date(t, day)) {
			out = append(out, z.Shape...)
		}
	}
	return out
}

func TestLandIsHeldByOneByTwoAndByNobody(t *testing.T) {
	whole, _ := island().TerritoryByID("velmar")
	for _, day := range []string{"2025-02-15", "2025-09-30"} {
		areas, err := geo.Overlay(context.Background(), []orb.MultiPolygon{whole.Shape, held(t, "army", day), held(t, "front", day), held(t, "militia", day)}, geo.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for what, mask := range map[string]uint{"nobody": 0b0001, "the army": 0b0011, "the front": 0b0101, "the militia": 0b1001, "army and front": 0b0111} {
			if percent := 100 * areas.Of(mask) / whole.AreaM2; percent < 1 {
				t.Errorf("%s: %.2f %% on %s", what, percent, day)
			}
		}
	}
}

func TestTheDistrictsMakeUpTheIslandAndSettingsCount(t *testing.T) {
	for _, rule := range []string{"district-gap", "district-outside", "district-overlap", "counts-nothing", "holds-nothing"} {
		if n := island().Quality.Total[rule]; n != 0 {
			t.Errorf("%s is noted %d times", rule, n)
		}
	}
}

func TestAnEnclaveLiesBehindTheLines(t *testing.T) {
	for day, want := range map[string]bool{"2024-03-01": true, "2026-03-09": false} {
		share, err := island().Share(context.Background(), data.Query{Of: "highmoor", Party: "militia", AsOf: date(t, day)})
		if err != nil || share.Percent > 1 != want {
			t.Errorf("the militia holds %.2f %% of Highmoor on %s, %v", share.Percent, day, err)
		}
	}
	for _, z := range island().Zones {
		if z.Party == "army" && z.Basis == "seen" && slices.ContainsFunc(z.Shape, func(p orb.Polygon) bool { return len(p) > 1 }) {
			return
		}
	}
	t.Error("no zone of the army goes round a town")
}

func TestTwoYearsHaveManyEpochsAGapAndAChangeOfMethod(t *testing.T) {
	series, err := island().Series(context.Background(), data.Query{}, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	gaps, shares := 0, map[string]bool{}
	for _, r := range series.Rows {
		if r.Gap {
			gaps++
			continue
		}
		text, err := json.Marshal(r.Percent)
		if err != nil {
			t.Fatal(err)
		}
		shares[string(text)] = true
	}
	if gaps != 1 || len(shares) < 18 || len(island().Epochs) < 24 || len(island().Epochs) > 30 {
		t.Errorf("%d gaps, %d shares, %d epochs", gaps, len(shares), len(island().Epochs))
	}
	before, err := island().Share(context.Background(), data.Query{AsOf: date(t, "2025-03-09")})
	if err != nil {
		t.Fatal(err)
	}
	after, err := island().Share(context.Background(), data.Query{AsOf: date(t, "2025-05-05")})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(before.Sources, "walked") || !slices.Contains(after.Sources, "from-space") || slices.Contains(after.Sources, "walked") {
		t.Errorf("sources %v, then %v", before.Sources, after.Sources)
	}
}

func TestTheLineMoves(t *testing.T) {
	shares := map[float64]bool{}
	for _, l := range island().Lines {
		share, err := island().Share(context.Background(), data.Query{Basis: "line", AsOf: l.Valid.From})
		if err != nil {
			t.Fatal(err)
		}
		shares[share.Percent] = true
	}
	if len(shares) != 4 {
		t.Errorf("shares %v", shares)
	}
}

func TestThereIsAClaimOfEachKind(t *testing.T) {
	claims, err := island().CheckedClaims(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	inside := map[string]bool{"agrees": true, "outside-the-band": false, "a-range": true, "about-a-day": true, "day-not-shown": true, "what-it-says-itself": true}
	for _, c := range claims {
		want, compared := inside[c.ID]
		if c.Checkable != compared || compared && (len(c.Computed) != 1 || c.Computed[0].InsideBand != want) {
			t.Errorf("%s: checkable %v, %+v", c.ID, c.Checkable, c.Computed)
		}
	}
	if len(claims) != len(inside)+2 { // in the gap, not checkable
		t.Errorf("%d claims", len(claims))
	}
}

func TestPostGISCallsEveryPolygonValid(t *testing.T) {
	conn, ctx := referee.PostGIS(t), context.Background()
	check := func(id string, shape orb.MultiPolygon) {
		text, err := json.Marshal(geojson.NewGeometry(shape))
		if err != nil {
			t.Fatal(err)
		}
		var reason string
		if err := conn.QueryRow(ctx, `SELECT ST_IsValidReason(ST_GeomFromGeoJSON($1::text))`, string(text)).Scan(&reason); err != nil || reason != "Valid Geometry" {
			t.Errorf("%s: %s %v", id, reason, err)
		}
	}
	for _, v := range island().Territories {
		check(v.ID, v.Shape)
	}
	for _, z := range island().Zones {
		if z.Line == "" {
			check(z.ID, z.Shape)
		}
	}
}
