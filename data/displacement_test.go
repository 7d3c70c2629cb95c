package data_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/referee"

	"pgregory.net/rapid"
)

func displacement(t rapid.TB, q data.DisplacementQuery) *data.Displacement {
	t.Helper()
	out, err := embedded().Displacement(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The expected distances are GEOS buffers in UTM 36N with areas by pyproj
// (claims-2-computed.csv and README.md of the reference data).
func TestTheDisplacementOfPublishedFigures(t *testing.T) {
	referee.Figures(t)
	for _, want := range []struct {
		basis, day      string
		percent, metres float64
	}{
		{"line-cut", "2026-01-20", 55, 37}, {"line-cut", "2026-01-20", 55.78, 100}, {"line-cut", "2026-01-20", 57.02, 200}, {"line-cut", "2026-01-20", 58, 281},
		{"line-cut", "2026-01-20", 58.17, 295}, {"line-cut", "2026-01-20", 60, 447}, {"line-cut", "2026-01-20", 60.62, 500}, {"line-cut", "2026-01-20", 63, 703},
		{"line-cut", "2026-01-20", 64, 789}, {"line-cut", "2026-01-20", 66.41, 1000}, {"line-cut", "2026-01-20", 70, 1323},
		{"line-cut", "2026-01-20", 37, -1349}, {"line-cut", "2026-01-20", 18, -3462}, {"line-cut", "2026-01-20", 80, 2279},
		{"traced", "2026-01-20", 55, 149}, {"traced", "2026-01-20", 53, -11}, {"traced", "2026-01-20", 37, -1244}, {"traced", "2026-01-20", 70, 1450}, {"traced", "2026-01-20", 80, 2420},
	} {
		got := displacement(t, data.DisplacementQuery{Query: data.Query{Basis: want.basis, AsOf: date(t, want.day)}, Percent: &want.percent, DistancesM: []float64{want.metres}})
		if got.DisplacementM == nil {
			t.Errorf("%+v: %s", want, got.Reason)
			continue
		}
		t.Logf("%s %g %%: %.1f m (reference %g), at the reference's distance %.3f %%", want.basis, want.percent, *got.DisplacementM, want.metres, got.Curve[0].Percent)
		if math.Abs(*got.DisplacementM-want.metres) > 1 && math.Abs(got.Curve[0].Percent-want.percent) > 0.02 {
			t.Errorf("%+v: %.1f m", want, *got.DisplacementM)
		}
	}
}

// The orange line of September 2026 stands 821 m from that of October 2025 on
// average, and its share needs that the line lies 821 m further out.
func TestTheYardstickAgreesWithALineThatMoved(t *testing.T) {
	day := date(t, "2026-10-01")
	orange, err := embedded().Share(context.Background(), data.Query{Basis: "restricted", AsOf: day})
	if err != nil {
		t.Fatal(err)
	}
	got := displacement(t, data.DisplacementQuery{Query: data.Query{Basis: "line-cut", AsOf: day}, Percent: &orange.Percent})
	if got.DisplacementM == nil || math.Abs(*got.DisplacementM-821) > 2 {
		t.Errorf("%.3f %%: %v %s", orange.Percent, got.DisplacementM, got.Reason)
	}
}

func TestTheDisplacementOfTheComputedShareIsNothing(t *testing.T) {
	s := embedded()
	for _, b := range s.Dataset.Bases {
		for _, territory := range s.Territories {
			q := data.Query{Of: territory.ID, Basis: b.ID, AsOf: date(t, "2026-10-01")}
			share, err := s.Share(context.Background(), q)
			if err != nil {
				t.Fatal(err)
			}
			got := displacement(t, data.DisplacementQuery{Query: q, Percent: &share.Percent, DistancesM: []float64{0}})
			if got.DisplacementM == nil || math.Abs(*got.DisplacementM) > 0.05 || math.Abs(got.Curve[0].Percent-share.Percent) > 1e-9 {
				t.Errorf("%s %s: %v %+v, share %v", territory.ID, b.ID, got.DisplacementM, got.Curve, share.Percent)
			}
		}
	}
}

func TestAtItsAccuracyTheDisplacementMeetsTheBand(t *testing.T) {
	q := data.Query{Basis: "line-cut", AsOf: date(t, "2026-01-20")}
	got := displacement(t, data.DisplacementQuery{Query: q, DistancesM: []float64{-100, 100}})
	near(t, "low", got.Curve[0].Percent, got.Share.Uncertainty.PercentLow, 0.02)
	near(t, "high", got.Curve[1].Percent, got.Share.Uncertainty.PercentHigh, 0.02)
}

// All land and none are reached at the distance of the place that is farthest from the
// line, and not sooner.
func TestTheDisplacementOfAllAndNoneIsTheNearestThatReachesIt(t *testing.T) {
	referee.Figures(t)
	day := date(t, "2026-01-20")
	for _, of := range []string{"gaza-strip", "deir-al-balah", "rafah"} {
		for _, percent := range []float64{0, 100} {
			q := data.DisplacementQuery{Query: data.Query{Of: of, Basis: "line-cut", AsOf: day}, Percent: &percent}
			got := displacement(t, q)
			if got.DisplacementM == nil {
				t.Errorf("%s %g %%: %s", of, percent, got.Reason)
				continue
			}
			at := *got.DisplacementM
			q.DistancesM = []float64{at, at - math.Copysign(5, at)}
			curve := displacement(t, q).Curve
			if math.Abs(curve[0].Percent-percent) > 1e-6 || math.Abs(curve[1].Percent-percent) < 1e-7 {
				t.Errorf("%s %g %%: %g m, and %+v", of, percent, at, curve)
			}
		}
	}
}

// The curve never falls, and what it says is what its inverse says.
func TestTheCurveOfDisplacementNeverFalls(t *testing.T) {
	day := date(t, "2026-01-20")
	rapid.Check(t, func(t *rapid.T) {
		q := data.Query{Of: rapid.SampledFrom([]string{"gaza-strip", "gaza", "rafah", "north-gaza"}).Draw(t, "of"), Basis: rapid.SampledFrom([]string{"traced", "line-cut"}).Draw(t, "basis"), AsOf: day}
		a, b := rapid.Float64Range(-3000, 3000).Draw(t, "a"), rapid.Float64Range(-3000, 3000).Draw(t, "b")
		got := displacement(t, data.DisplacementQuery{Query: q, DistancesM: []float64{min(a, b), max(a, b)}})
		low, high := got.Curve[0], got.Curve[1]
		if low.Percent > high.Percent+1e-9 {
			t.Fatalf("%+v above %+v", low, high)
		}
		back := displacement(t, data.DisplacementQuery{Query: q, Percent: &high.Percent, DistancesM: []float64{}})
		if back.DisplacementM == nil {
			t.Fatalf("%+v: %s", high, back.Reason)
		}
		again := displacement(t, data.DisplacementQuery{Query: q, DistancesM: []float64{*back.DisplacementM}})
		if math.Abs(again.Curve[0].Percent-high.Percent) > 1e-4 {
			t.Fatalf("%+v needs %g m, and that gives %+v", high, *back.DisplacementM, again.Curve[0])
		}
	})
}

func TestLandNearTheLine(t *testing.T) {
	q := data.Query{Basis: "line-cut", AsOf: date(t, "2026-01-20")}
	for metres, want := range map[float64]float64{500: 22.25, 1000: 43.36} { // shapely
		got, err := embedded().Near(context.Background(), data.NearQuery{Query: q, WithinM: metres, Side: data.FreeSide})
		if err != nil {
			t.Fatal(err)
		}
		near(t, "free", got.FreeKm2, want, 0.02)
	}
	for _, bad := range []data.NearQuery{{Query: q}, {Query: q, WithinM: -1}, {Query: q, WithinM: math.NaN()}, {Query: q, WithinM: 1e6}, {Query: q, WithinM: 5, Side: "left"}} {
		if _, err := embedded().Near(context.Background(), bad); !errors.Is(err, data.ErrQuestion) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}
