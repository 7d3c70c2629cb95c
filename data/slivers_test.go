package data_test

import (
	"context"
	"math"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func TestSliversAreAmongWhatChangedAndBackwardsTheSame(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		zones := drawZones(t)
		for i := range zones {
			zones[i].from, zones[i].to = zones[i].from%2*10, 0
		}
		s := place(t, append(zones, drawnZone{rectangle: anchor.rectangle, basis: "b"}))
		early, late := data.DateOf(epochStart), data.DateOf(epochStart)+10
		there, err := s.Changes(ctx, data.ChangesQuery{From: early, To: late})
		if err != nil {
			t.Fatal(err)
		}
		back, err := s.Changes(ctx, data.ChangesQuery{From: late, To: early})
		if err != nil {
			t.Fatal(err)
		}
		closeTo(t, "slivers gained one way, lost the other", there.GainedSliverKm2, back.LostSliverKm2, 1e-9)
		if there.GainedSliverKm2 > there.GainedKm2+1e-9 || there.LostSliverKm2 > there.LostKm2+1e-9 {
			t.Fatalf("%+v of %v gained and %v lost", there.Slivers, there.GainedKm2, there.LostKm2)
		}
		// The zones are kilometres wide and known to 50 m.
		if there.Slivers != (data.Slivers{}) {
			t.Fatalf("%+v are called slivers", there.Slivers)
		}
		if there.From.Evidence.Newest == 0 || there.To.Measures != data.HeldBy {
			t.Fatalf("the states say nothing of their evidence: %+v, %+v", there.From, there.To)
		}
	})
}

func TestWhatTwoLinesToOneCoastLeaveBetweenThemIsASliver(t *testing.T) {
	day := date(t, "2026-11-27")
	c, err := embedded().Changes(context.Background(), data.ChangesQuery{From: day, To: day, Against: "traced", Basis: "line-cut"})
	if err != nil {
		t.Fatal(err)
	}
	// The tracing lies within its accuracy inside the border, but for the north.
	if !(c.GainedSliverKm2 > 1 && c.GainedSliverKm2 < c.GainedKm2/2) || c.LostSliverKm2 > c.LostKm2 {
		t.Errorf("%+v of %v and %v", c.Slivers, c.GainedKm2, c.LostKm2)
	}
	for _, d := range c.Districts {
		// Deir al-Balah and Rafah gain nothing else.
		if only := d.Of == "rafah" || d.Of == "deir-al-balah"; only && d.GainedSliverKm2 < 0.8*d.GainedKm2 {
			t.Errorf("%s: %+v of %v", d.Of, d.Slivers, d.GainedKm2)
		}
	}
	// Each piece that is one says so where it is painted.
	for _, f := range c.GeoJSON().Features {
		places, km2 := f.Properties["slivers"].([]int), 0.0
		pieces := f.Geometry.(orb.MultiPolygon)
		for _, i := range places {
			area, err := geo.Area(pieces[i])
			if err != nil {
				t.Fatal(err)
			}
			km2 += area / 1e6
		}
		want := map[any]float64{"gained": c.GainedSliverKm2, "lost": c.LostSliverKm2, "kept": 0}[f.ID]
		if math.Abs(km2-want) > 1e-6 {
			t.Errorf("%v: the pieces that are slivers have %v km², not %v", f.ID, km2, want)
		}
	}
}
