package data_test

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"

	"pgregory.net/rapid"
)

// rectangle is a zone or territory of a drawn dataset, in hundredths of a degree.
type rectangle struct{ west, south, east, north int }

func (r rectangle) coordinates() string {
	x := func(v int) string { return fmt.Sprintf("%.2f", 34+float64(v)/100) }
	y := func(v int) string { return fmt.Sprintf("%.2f", 31+float64(v)/100) }
	return fmt.Sprintf("[[[%s,%s],[%s,%s],[%s,%s],[%s,%s],[%s,%s]]]", x(r.west), y(r.south), x(r.east), y(r.south), x(r.east), y(r.north), x(r.west), y(r.north), x(r.west), y(r.south))
}

func drawRectangle(t *rapid.T, name string) rectangle {
	w, s := rapid.IntRange(0, 38).Draw(t, name+" west"), rapid.IntRange(0, 38).Draw(t, name+" south")
	return rectangle{w, s, w + rapid.IntRange(1, 20).Draw(t, name+" width"), s + rapid.IntRange(1, 20).Draw(t, name+" height")}
}

// drawnZone is a zone of a drawn dataset.
type drawnZone struct {
	rectangle
	basis    string
	from, to int    // days from 2025-01-01; to 0 is open
	party    string // p when empty
	status   string // observed when empty
}

func day(n int) string { return data.DateOf(epochStart.AddDate(0, 0, n)).String() }

var epochStart = data.Date(739252).Time() // 2025-01-01

// anchor is a zone that touches the territory, so that no dataset lies wholly outside.
var anchor = drawnZone{rectangle: rectangle{11, 11, 12, 12}, basis: "a"}

// place builds a dataset of a territory of two districts and the given zones,
// which are observed and of one party unless they say otherwise.
func place(t *rapid.T, zones []drawnZone, changed ...func(files fstest.MapFS)) *data.Snapshot {
	feature := func(id, properties string, r rectangle) string {
		return fmt.Sprintf(`{"type":"Feature","id":%q,"properties":{"name_en":%q,"source":"s"%s},"geometry":{"type":"Polygon","coordinates":%s}}`, id, id, properties, r.coordinates())
	}
	collection := func(features []string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(`{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`)}
	}
	var features []string
	for i, z := range zones {
		to := "null"
		if z.to != 0 {
			to = `"` + day(z.to) + `"`
		}
		features = append(features, feature(fmt.Sprintf("z-%d", i), fmt.Sprintf(`,"party":%q,"basis":%q,"status":%q,"accuracy_m":50,"valid_from":%q,"valid_to":%s`, cmp.Or(z.party, "p"), z.basis, cmp.Or(z.status, "observed"), day(z.from), to), z.rectangle))
	}
	files := fstest.MapFS{
		"dataset.json": {Data: []byte(`{"schema":"demarc/1","id":"drawn","title":{"en":"Drawn"},"attribution":{"en":"a"},"disclaimer":{"en":"d"},"territory":"whole",
			"default_party":"p","default_basis":"a","parties":[{"id":"p","name":{"en":"P"}},{"id":"q","name":{"en":"Q"}},{"id":"r","name":{"en":"R"}}],
			"bases":[{"id":"a","name":{"en":"A"},"meaning":{"en":"A"}},{"id":"b","name":{"en":"B"},"meaning":{"en":"B"}}],
			"sources":[{"id":"s","title":"t","publisher":"p","licence":"l"}]}`)},
		"territories.geojson": collection([]string{feature("whole", "", rectangle{10, 10, 40, 40}),
			feature("west", `,"parent":"whole"`, rectangle{10, 10, 25, 40}), feature("east", `,"parent":"whole"`, rectangle{25, 10, 40, 40})}),
		"zones.geojson": collection(features),
	}
	for _, change := range changed {
		change(files)
	}
	s, _, err := data.Read(context.Background(), files)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func drawZones(t *rapid.T) []drawnZone {
	return append([]drawnZone{anchor}, rapid.SliceOfN(rapid.Custom(func(t *rapid.T) drawnZone {
		z := drawnZone{rectangle: drawRectangle(t, "zone"), basis: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "basis"), from: rapid.IntRange(0, 20).Draw(t, "from")}
		if rapid.Bool().Draw(t, "ends") {
			z.to = z.from + rapid.IntRange(1, 15).Draw(t, "days")
		}
		return z
	}), 1, 6).Draw(t, "zones")...)
}

func closeTo(t *rapid.T, what string, got, want, tolerance float64) {
	if !(got-want <= tolerance && want-got <= tolerance) {
		t.Fatalf("%s is %.12g, not %.12g", what, got, want)
	}
}

func TestSharesOverTimeObeyTheirLaws(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		zones := drawZones(t)
		s := place(t, zones)
		basis := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "asked basis")
		series, err := s.Series(ctx, data.Query{Basis: basis}, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range series.Rows {
			last := row.From + 40
			if row.To != 0 {
				last = row.To - 1
			}
			asOf := data.Date(rapid.IntRange(int(row.From), int(last)).Draw(t, "day"))
			share, err := s.Share(ctx, data.Query{Basis: basis, AsOf: asOf})
			var gap *data.NotMapped
			if row.Gap {
				if !errors.As(err, &gap) {
					t.Fatalf("%s is a gap, yet its share is %v, %v", asOf, share.Percent, err)
				}
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			if share.Percent != *row.Percent || share.Epoch != (data.Epoch{From: row.From, To: row.To}) {
				t.Fatalf("on %s the share is %v in %v, in the series %v", asOf, share.Percent, share.Epoch, *row.Percent)
			}
			if share.Percent < 0 || share.Percent > 100 || share.Uncertainty.PercentLow > share.Percent || share.Uncertainty.PercentHigh < share.Percent {
				t.Fatalf("%v %% with the band %+v", share.Percent, share.Uncertainty)
			}
			held := 0.0
			for _, district := range []string{"west", "east"} {
				part, err := s.Share(ctx, data.Query{Basis: basis, AsOf: asOf, Of: district})
				if err != nil {
					t.Fatal(err)
				}
				held += part.HeldKm2
			}
			closeTo(t, "what the districts hold together", held, share.HeldKm2, 1e-6)
			whole, err := s.ShareInside(ctx, data.Query{Basis: basis, AsOf: asOf}, s.Territories[2].Shape)
			if err != nil {
				t.Fatal(err)
			}
			closeTo(t, "the share inside the territory's own polygon", whole.Percent, share.Percent, 1e-9)
		}
		if early, err := s.Share(ctx, data.Query{Basis: basis, AsOf: s.FirstDate() - 1}); err == nil {
			t.Fatalf("a day before the evidence has the share %v", early.Percent)
		}
	})
}

func TestAddingAZoneNeverLowersAShare(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		zones := drawZones(t)
		more := append(zones[:len(zones):len(zones)], drawnZone{rectangle: drawRectangle(t, "more"), basis: zones[0].basis, from: zones[0].from})
		q := data.Query{Basis: zones[0].basis, AsOf: data.DateOf(epochStart.AddDate(0, 0, zones[0].from))}
		before, err := place(t, zones).Share(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		after, err := place(t, more).Share(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		if after.Percent < before.Percent-1e-10 {
			t.Fatalf("the share falls from %v to %v", before.Percent, after.Percent)
		}
	})
}

func TestChangesMirrorAndMakeUpTheDifference(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		zones := drawZones(t)
		for i := range zones {
			zones[i].from, zones[i].to = zones[i].from%2*10, 0 // some from day 0, some from day 10
		}
		zones = append(zones, drawnZone{rectangle: drawRectangle(t, "a"), basis: "a"}, drawnZone{rectangle: drawRectangle(t, "b"), basis: "b"})
		s := place(t, zones)
		early, late := data.DateOf(epochStart), data.DateOf(epochStart.AddDate(0, 0, 10))
		q := data.ChangesQuery{From: early, To: late, Basis: "a", Against: rapid.SampledFrom([]string{"", "b"}).Draw(t, "against")}
		there, err := s.Changes(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		back := data.ChangesQuery{From: late, To: early, Basis: q.Against, Against: "a"}
		if q.Against == "" {
			back.Basis = "a"
		}
		again, err := s.Changes(ctx, back)
		if err != nil {
			t.Fatal(err)
		}
		closeTo(t, "gained one way, lost the other", there.GainedKm2, again.LostKm2, 1e-9)
		closeTo(t, "lost one way, gained the other", there.LostKm2, again.GainedKm2, 1e-9)
		closeTo(t, "points", there.Points, -again.Points, 1e-9)
		closeTo(t, "gained less lost, in points", there.Points, there.To.Percent-there.From.Percent, 1e-9)
		share, err := s.Share(ctx, data.Query{Basis: "a", AsOf: late})
		if err != nil {
			t.Fatal(err)
		}
		closeTo(t, "the later share", there.To.Percent, share.Percent, 1e-9)
		points := 0.0
		for _, d := range there.Districts {
			points += d.Points / 2 // the districts are halves of the territory
		}
		closeTo(t, "points of the districts", points, there.Points, 1e-2)
		// The geometry, read and measured again, is what the figures say.
		text, err := json.Marshal(there.GeoJSON())
		if err != nil {
			t.Fatal(err)
		}
		report := &geojson.Report{}
		if len(there.Gained)+len(there.Lost)+len(there.Kept) > 0 {
			if err := geojson.Read(t.Context(), strings.NewReader(string(text)), "changes", geojson.Options{}, report, func(geojson.Feature) error { return nil }); err != nil || len(report.Faults) > 0 {
				t.Fatalf("%v %v", err, report.Faults)
			}
		}
	})
}
