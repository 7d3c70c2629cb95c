package data_test

import (
	"context"
	"iter"
	"math"
	"os"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/internal/drawn"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func listed(things []data.Thing) iter.Seq2[data.Thing, error] {
	return func(yield func(data.Thing, error) bool) {
		for _, t := range things {
			if !yield(t, nil) {
				return
			}
		}
	}
}

// referenceThings are the features of a reference file that some properties choose.
func referenceThings(t *testing.T, name string, takes func(properties map[string]jsontext.Value) bool) []data.Thing {
	t.Helper()
	file, err := os.Open(referee.Reference(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var out []data.Thing
	err = geojson.Read(context.Background(), file, name, geojson.Options{Clean: true}, &geojson.Report{}, func(f geojson.Feature) error {
		var properties map[string]jsontext.Value
		if err := json.Unmarshal(f.Properties, &properties); err != nil {
			return err
		}
		if takes == nil || takes(properties) {
			out = append(out, data.Thing{Index: f.Index, ID: f.ID, Geometry: f.Geometry, Properties: properties})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// tallied is a tally of the embedded dataset under one reading.
func tallied(t *testing.T, q data.TallyQuery, things []data.Thing) (*data.Tally, *data.TallyReading) {
	t.Helper()
	if q.AsOf == 0 {
		q.AsOf = date(t, "2026-10-01")
	}
	got, err := embedded().Tally(context.Background(), q, listed(things), nil)
	if err != nil {
		t.Fatal(err)
	}
	return got, &got.Readings[0]
}

func TestSchoolsOfOpenStreetMapLieWhereShapelyHasThem(t *testing.T) {
	referee.Figures(t)
	schools := referenceThings(t, "gaza/osm-schools-2024-11-20.geojson", nil)
	got, traced := tallied(t, data.TallyQuery{Query: data.Query{Basis: "traced"}, WithinM: 500}, schools)
	r := traced.Total
	if got.Things != 862 || r.Held.Value.Number != 222 || r.All.Number-r.Held.Value.Number != 640 {
		t.Errorf("%d schools, %g held of %g", got.Things, r.Held.Value.Number, r.All.Number)
	}
	if near := r.NearHeld.Number + r.NearFree.Number; near != 136 {
		t.Errorf("%g schools within 500 m, not 136", near)
	}
	_, traced = tallied(t, data.TallyQuery{Query: data.Query{Basis: "traced"}, WithinM: 100}, schools)
	if near := traced.Total.NearHeld.Number + traced.Total.NearFree.Number; near != 37 {
		t.Errorf("%g schools within 100 m, not 37", near)
	}
	_, orange := tallied(t, data.TallyQuery{Query: data.Query{Basis: "restricted"}}, schools)
	if n := orange.Total.Held.Value.Number; n != 356 {
		t.Errorf("%g schools behind the orange line, not 356", n)
	}
}

func TestRoadsAndBuiltUpAreaLieWhereShapelyHasThem(t *testing.T) {
	referee.Figures(t)
	roads := referenceThings(t, "context/roads.geojson", func(p map[string]jsontext.Value) bool {
		rank := string(p["rank"])
		return string(p["kind"]) == `"road"` && (rank == "1" || rank == "2" || rank == "3")
	})
	_, r := tallied(t, data.TallyQuery{Query: data.Query{Basis: "traced"}}, roads)
	held, inside := r.Total.Held.Value.Km, r.Total.All.Km-r.Total.Outside.Km
	// GEOS gives 226.316299 km road by road, and 226.08 km where roads that lie on
	// one another are united first, which a tally of things does not do.
	if math.Abs(held-77.629) > 0.001 || math.Abs(inside-226.3163) > 0.0001 {
		t.Errorf("%g of %g km of roads, not 77.629 of 226.3163", held, inside)
	}
	builtUp := referenceThings(t, "context/builtup.geojson", func(p map[string]jsontext.Value) bool { return string(p["place"]) == `"Gaza Strip"` })
	_, r = tallied(t, data.TallyQuery{Query: data.Query{Basis: "traced"}, ByArea: true}, builtUp)
	held, inside = r.Total.Held.Value.Km2, r.Total.All.Km2-r.Total.Outside.Km2
	if math.Abs(held-44.10) > 0.01 || math.Abs(inside-119.53) > 0.01 {
		t.Errorf("%g of %g km² of built-up area, not 44.10 of 119.53", held, inside)
	}
	want := map[string]float64{"north-gaza": 29.2, "gaza": 16.9, "deir-al-balah": 2.1, "khan-younis": 42.0, "rafah": 98.0}
	for _, d := range r.Districts {
		percent, known := want[*d.ID]
		if got := 100 * d.Held.Value.Km2 / (d.All.Km2); known && math.Abs(got-percent) > 0.1 {
			t.Errorf("%s: %g %% of the built-up area, not %g", *d.ID, got, percent)
		}
	}
}

// What lies within the accuracy of the line counts on either side.
func TestAThingNearTheLineMakesARange(t *testing.T) {
	schools := referenceThings(t, "gaza/osm-schools-2024-11-20.geojson", nil)
	_, r := tallied(t, data.TallyQuery{Query: data.Query{Basis: "traced"}}, schools)
	held := r.Total.Held
	if !(held.Low.Number < held.Value.Number && held.Value.Number < held.High.Number) {
		t.Errorf("%g to %g to %g", held.Low.Number, held.Value.Number, held.High.Number)
	}
}

func TestTalliesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, _, err := data.Read(context.Background(), drawn.Dataset(t))
		if err != nil {
			t.Fatal(err)
		}
		var things []data.Thing
		for i := range rapid.IntRange(1, 12).Draw(t, "things") {
			thing := data.Thing{Index: i, Geometry: drawnPlace(t), Properties: map[string]jsontext.Value{"one": jsontext.Value("1"), "kind": jsontext.Value(`"a"`)}}
			switch a := drawnPlace(t); i % 3 {
			case 1:
				thing.Geometry = orb.LineString{a, drawnPlace(t)}
			case 2:
				thing.Geometry = orb.Bound{Min: a, Max: orb.Point{a[0] + 0.01, a[1] + 0.02}}.ToPolygon()
				delete(thing.Properties, "kind")
			}
			things = append(things, thing)
		}
		e := rapid.SampledFrom(s.Epochs).Draw(t, "epoch")
		got, err := s.Tally(context.Background(), data.TallyQuery{Query: data.Query{AsOf: e.From}, By: "kind", Weight: "one", WithinM: 300, ByArea: rapid.Bool().Draw(t, "by area")}, listed(things), nil)
		if err != nil {
			t.Skip(err) // the day is not mapped
		}
		for _, r := range got.Readings {
			near := func(what string, got, want float64) {
				if math.Abs(got-want) > 1e-6*(1+want) {
					t.Fatalf("%s: %g, not %g", what, got, want)
				}
			}
			near("weights of 1", r.Total.All.Weight, float64(len(things)))
			near("sides", r.Total.Held.Value.Km+r.Total.Free.Value.Km+r.Total.Outside.Km, r.Total.All.Km)
			near("sides in km²", r.Total.Held.Value.Km2+r.Total.Free.Value.Km2+r.Total.Outside.Km2, r.Total.All.Km2)
			near("sides in number", r.Total.Held.Value.Number+r.Total.Free.Value.Number+r.Total.Outside.Number, r.Total.All.Number)
			for name, groups := range map[string][]data.TallyGroup{"districts": r.Districts, "groups": r.Groups} {
				var held, weight, km float64
				for _, g := range groups {
					held, weight, km = held+g.Held.Value.Weight, weight+g.All.Weight, km+g.All.Km
				}
				near(name, weight, r.Total.All.Weight)
				near(name+" held", held, r.Total.Held.Value.Weight)
				near(name+" km", km, r.Total.All.Km)
			}
			for _, side := range []data.AmountRange{r.Total.Held, r.Total.Free} {
				if side.Low.Weight > side.Value.Weight+1e-9 || side.Value.Weight > side.High.Weight+1e-9 {
					t.Fatalf("%+v", side)
				}
			}
		}
	})
}

func TestThingsWithoutANumberAreCountedAndNoZero(t *testing.T) {
	at := orb.Point{34.4, 31.4}
	things := []data.Thing{{Geometry: at, Properties: map[string]jsontext.Value{"beds": jsontext.Value(`"12"`)}}, {Geometry: at}, {}}
	got, r := tallied(t, data.TallyQuery{Weight: "beds", By: "kind"}, things)
	if got.Things != 2 || got.WithoutWeight != 1 || got.WithoutShape != 1 || got.WithoutGroup != 2 || r.Total.All.Weight != 12 {
		t.Errorf("%+v, %g", got, r.Total.All.Weight)
	}
	if len(r.Groups) != 1 || r.Groups[0].ID != nil {
		t.Errorf("%+v", r.Groups)
	}
}
