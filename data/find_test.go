package data_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func ids(items []data.Item) []string {
	out := []string{}
	for _, item := range items {
		out = append(out, item.ID)
	}
	return out
}

func TestWhatIsFoundIsWhatEveryFeatureAskedInTurnSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zones := drawZones(t)
		s := place(t, zones)
		var w data.Wanted
		var want []string
		asked := drawRectangle(t, "box")
		asked.east, asked.north = asked.west+rapid.IntRange(0, 10).Draw(t, "width"), asked.south+rapid.IntRange(0, 10).Draw(t, "height")
		byBox, byBasis := rapid.Bool().Draw(t, "by box"), rapid.Bool().Draw(t, "by basis")
		from, days := rapid.IntRange(0, 40).Draw(t, "from"), rapid.IntRange(0, 10).Draw(t, "days")
		if byBox {
			// The very numbers that the file has, so that sides touch.
			at := func(r rectangle) orb.Bound {
				return orb.Bound{Min: orb.Point{float64(3400+r.west) / 100, float64(3100+r.south) / 100}, Max: orb.Point{float64(3400+r.east) / 100, float64(3100+r.north) / 100}}
			}
			box := at(asked)
			w.Box = &box
		}
		first := data.DateOf(epochStart) + data.Date(from)
		if days > 0 {
			w.Days = data.Interval{From: first, To: first + data.Date(days)}
		}
		if byBasis {
			w.Equal = map[string]string{"basis": "a", "accuracy_m": "50.0"}
		}
		for i, z := range s.Zones {
			number, err := strconv.Atoi(strings.TrimPrefix(z.ID, "z-"))
			if err != nil {
				t.Fatal(err)
			}
			drawn := zones[number]
			meets := asked.west <= drawn.east && drawn.west <= asked.east && asked.south <= drawn.north && drawn.south <= asked.north
			valid := days == 0
			for d := from; d < from+days; d++ {
				valid = valid || d >= drawn.from && (drawn.to == 0 || d < drawn.to)
			}
			if (!byBox || meets) && valid && (!byBasis || drawn.basis == "a") {
				want = append(want, s.Zones[i].ID)
			}
		}
		found, err := s.Find("zones", w)
		if err != nil {
			t.Fatal(err)
		}
		if got := ids(found.Items(0, found.Len())); !slices.Equal(got, want) {
			t.Fatalf("%+v found %v, not %v", w, got, want)
		}
		if found.Len() > 0 {
			bound, span := found.Bound(), found.Days()
			for _, item := range found.Items(0, found.Len()) {
				b := item.Shape.Bound()
				if !bound.Contains(b.Min) || !bound.Contains(b.Max) || item.Valid.From < span.From || span.To != 0 && (item.Valid.To == 0 || item.Valid.To > span.To) {
					t.Fatalf("%s lies outside %v %v", item.ID, bound, span)
				}
			}
		}
	})
}

func TestAnEditionFindsWhatItShows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := place(t, drawZones(t))
		epoch := rapid.SampledFrom(s.Epochs).Draw(t, "epoch")
		e := data.Edition{Epoch: epoch, Basis: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "basis")}
		for _, section := range s.Sections(e) {
			found, err := s.Find(section.Name, data.Wanted{Edition: &e})
			if err != nil {
				t.Fatal(err)
			}
			if got := ids(found.Items(0, found.Len())); !slices.Equal(got, ids(section.Items)) {
				t.Fatalf("%s: %v, not %v", section.Name, got, ids(section.Items))
			}
			for _, item := range section.Items {
				if found, err := s.Find(section.Name, data.Wanted{ID: item.ID}); err != nil || found.Len() != 1 {
					t.Fatalf("%s: %v %v", item.ID, found.Len(), err)
				}
			}
		}
	})
}

func TestFieldsAreThePropertiesOfAllFeatures(t *testing.T) {
	s := embedded()
	for section, want := range map[string][]data.Field{
		"places": {{"id", "string"}, {"kind", "string"}, {"name_ar", "string"}, {"name_en", "string"}, {"name_he", "string"}, {"source", "string"}},
		"zones": {{"id", "string"}, {"accuracy_m", "number"}, {"basis", "string"}, {"counts", "boolean"}, {"mapped_on", "string"}, {"mark", "string"}, {"name_ar", "string"}, {"name_en", "string"}, {"name_he", "string"},
			{"party", "string"}, {"source", "string"}, {"status", "string"}, {"valid_from", "string"}, {"x_published_area_km2", "number"}},
	} {
		if got := s.Fields(section); !slices.Equal(got, want) {
			t.Errorf("%s: %v", section, got)
		}
	}
	if _, err := s.Find("rivers", data.Wanted{}); err == nil {
		t.Error("there is no section of rivers")
	}
}
