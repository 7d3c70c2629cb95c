package data_test

import (
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

func TestPlacesOfTheStripLieWhereShapelyHasThem(t *testing.T) {
	places := referenceThings(t, "context/places.geojson", func(p map[string]jsontext.Value) bool {
		rank := string(p["rank"])
		return string(p["region"]) == `"strip"` && string(p["kind"]) != `"country"` && string(p["kind"]) != `"sea"` && rank != ""
	})
	for basis, want := range map[string]float64{"traced": 14, "restricted": 18} {
		_, r := tallied(t, data.TallyQuery{Query: data.Query{Basis: basis}}, places)
		if in := r.Total.All.Number - r.Total.Outside.Number; in != 37 || r.Total.Held.Value.Number != want {
			t.Errorf("%s: %g of %g places, not %g of 37", basis, r.Total.Held.Value.Number, in, want)
		}
	}
}

// Invented hospitals: 8 of 36 behind the line, one of them 64 m from it.
func TestAHospital64MetresBehindTheLineMakes7To8(t *testing.T) {
	referee.Figures(t)
	day := date(t, "2026-10-01")
	asked := data.TallyQuery{Query: data.Query{Basis: "traced", AsOf: day}, Weight: "beds"}
	free, held := []data.Thing(nil), []data.Thing(nil)
	_, told := toldOf(t, embedded(), asked, randomThings(4_000))
	for _, a := range told {
		thing := data.Thing{Geometry: a.Point, Properties: map[string]jsontext.Value{"beds": jsontext.Value("100")}}
		switch {
		case a.Side == data.HeldSide && *a.DistanceM > 300 && len(held) < 7:
			held = append(held, thing)
		case a.Side == data.FreeSide && *a.DistanceM > 300 && len(free) < 28:
			free = append(free, thing)
		}
	}
	// Between a held and a free place lies one that is 64 m from the line.
	in, out := held[0].Geometry.(orb.Point), free[0].Geometry.(orb.Point)
	var middle orb.Point
	for range 60 {
		middle = orb.Point{(in[0] + out[0]) / 2, (in[1] + out[1]) / 2}
		_, at := toldOf(t, embedded(), asked, []data.Thing{{Geometry: middle}})
		if at[0].Side == data.HeldSide && *at[0].DistanceM > 64 {
			in = middle
		} else {
			out = middle
		}
	}
	near := data.Thing{Geometry: middle, Properties: map[string]jsontext.Value{"beds": jsontext.Value("83")}}
	got, told := toldOf(t, embedded(), asked, append(append(free, held...), near))
	r := got.Readings[0].Total
	if d := *told[35].DistanceM; d < 63.9 || d > 64.1 || told[35].Certain || got.Readings[0].AccuracyM < 64 {
		t.Fatalf("%+v, %g m", told[35], d)
	}
	if h := r.Held; h.Low.Number != 7 || h.Value.Number != 8 || h.High.Number != 8 || h.Low.Weight != 700 || h.Value.Weight != 783 || r.All.Number != 36 {
		t.Errorf("%+v of %g", h, r.All.Number)
	}
	if f := r.Free; f.Low.Number != 28 || f.Value.Number != 28 || f.High.Number != 29 {
		t.Errorf("%+v", f)
	}
}
