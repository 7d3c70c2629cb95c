package data_test

import (
	"context"
	"iter"
	"math"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// uniform is a raster over a box whose counts are the km² of its cells, on a lattice
// that a map may turn and bend.
func uniform(box orb.Bound, width, height int, place func(orb.Point) orb.Point) iter.Seq2[data.RasterLine, error] {
	corners := func(row int) (out []orb.Point) {
		for column := range width + 1 {
			x, y := float64(column)/float64(width), float64(row)/float64(height)
			out = append(out, place(orb.Point{box.Min[0] + x*(box.Max[0]-box.Min[0]), box.Max[1] - y*(box.Max[1]-box.Min[1])}))
		}
		return out
	}
	return func(yield func(data.RasterLine, error) bool) {
		for row := range height {
			line := data.RasterLine{Top: corners(row), Bottom: corners(row + 1)}
			for i := range width {
				m2, err := geo.Area(orb.Polygon{{line.Top[i], line.Bottom[i], line.Bottom[i+1], line.Top[i+1], line.Top[i]}})
				if err != nil {
					yield(line, err)
					return
				}
				line.Values = append(line.Values, m2/1e6)
			}
			if !yield(line, nil) {
				return
			}
		}
	}
}

func straight(p orb.Point) orb.Point { return p }

// turned turns a lattice about the middle of Gaza.
func turned(p orb.Point) orb.Point {
	x, y := p[0]-34.4, p[1]-31.4
	return orb.Point{34.4 + x*math.Cos(0.3) - y*math.Sin(0.3), 31.4 + x*math.Sin(0.3) + y*math.Cos(0.3)}
}

var aroundGaza = orb.Bound{Min: orb.Point{34.0, 31.0}, Max: orb.Point{34.8, 31.8}}

func equals(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-6*math.Max(math.Abs(want), 1) {
		t.Errorf("%s: %.9f, not %.9f", what, got, want)
	}
}

func TestAUniformRasterSumsToTheAreaOfEachSide(t *testing.T) {
	for name, raster := range map[string]iter.Seq2[data.RasterLine, error]{
		"fine": uniform(aroundGaza, 230, 200, straight), "coarse": uniform(aroundGaza, 7, 5, straight), "turned": uniform(aroundGaza, 61, 67, turned)} {
		q := data.Query{AsOf: date(t, "2026-10-01"), Basis: "traced"}
		sum, err := data.SumRaster(context.Background(), embedded(), q, raster)
		if err != nil {
			t.Fatal(name, err)
		}
		for _, r := range sum.Readings {
			q.Basis = r.Basis
			share, err := embedded().Share(context.Background(), q)
			if err != nil {
				t.Fatal(err)
			}
			equals(t, name+" held "+r.Basis, r.Total.Held.Value, share.HeldKm2)
			equals(t, name+" land "+r.Basis, r.Total.Held.Value+r.Total.Free.Value, share.TerritoryKm2)
			equals(t, name+" all "+r.Basis, r.Total.All, r.Total.Held.Value+r.Total.Free.Value+r.Total.Outside)
			equals(t, name+" range "+r.Basis, r.Total.Held.High-r.Total.Held.Value, r.Total.Free.Value-r.Total.Free.Low)
			if !(r.Total.Held.Low < r.Total.Held.Value && r.Total.Held.Value < r.Total.Held.High) {
				t.Errorf("%s %s: held is %+v", name, r.Basis, r.Total.Held)
			}
			var all, held float64
			for _, d := range r.Districts {
				all, held = all+d.All, held+d.Held.Value
				if d.ID == "" {
					continue
				}
				of := q
				of.Of = d.ID
				part, err := embedded().Share(context.Background(), of)
				if err != nil {
					t.Fatal(err)
				}
				equals(t, name+" "+d.ID+" held "+r.Basis, d.Held.Value, part.HeldKm2)
			}
			equals(t, name+" districts "+r.Basis, all, r.Total.All)
			equals(t, name+" districts held "+r.Basis, held, r.Total.Held.Value)
		}
	}
}

func TestCellsWithoutDataAreLeftOutAndCounted(t *testing.T) {
	raster := func(yield func(data.RasterLine, error) bool) {
		for line := range uniform(aroundGaza, 40, 40, straight) {
			line.Values[20], line.Top[0] = math.NaN(), orb.Point{math.NaN(), math.NaN()}
			if !yield(line, nil) {
				return
			}
		}
	}
	sum, err := data.SumRaster(context.Background(), embedded(), data.Query{AsOf: date(t, "2026-10-01")}, raster)
	if err != nil {
		t.Fatal(err)
	}
	var want float64
	for line := range raster {
		for _, v := range line.Values {
			if !math.IsNaN(v) {
				want += v
			}
		}
	}
	if equals(t, "all", sum.Readings[0].Total.All, want); sum.Cells != 1600 || sum.NodataCells != 40 || sum.CutCells == 0 || sum.CutCells > 400 {
		t.Errorf("%d cells, %d without data, %d cut", sum.Cells, sum.NodataCells, sum.CutCells)
	}
}

func TestACountBelowZeroIsRefusedWithItsPlace(t *testing.T) {
	raster := func(yield func(data.RasterLine, error) bool) {
		for line := range uniform(aroundGaza, 3, 3, straight) {
			line.Values[2] = -99999
			if !yield(line, nil) {
				return
			}
		}
	}
	_, err := data.SumRaster(context.Background(), embedded(), data.Query{AsOf: date(t, "2026-10-01")}, raster)
	if err == nil || !strings.Contains(err.Error(), "row 0, column 2: -99999 is not a count") {
		t.Error(err)
	}
}

// Of the same raster in another turn of longitude, or with corners in several, the sum is the same.
func TestATurnOfLongitudeChangesNoSum(t *testing.T) {
	sums := func(place func(orb.Point) orb.Point) *data.RasterSum {
		raster := func(yield func(data.RasterLine, error) bool) {
			for line := range uniform(aroundGaza, 37, 31, straight) {
				for _, corners := range [][]orb.Point{line.Top, line.Bottom} {
					for i := range corners {
						corners[i] = place(corners[i])
					}
				}
				if !yield(line, nil) {
					return
				}
			}
		}
		sum, err := data.SumRaster(context.Background(), embedded(), data.Query{AsOf: date(t, "2026-10-01")}, raster)
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	want := sums(straight).Readings[0].Total
	for name, place := range map[string]func(orb.Point) orb.Point{
		"whole": func(p orb.Point) orb.Point { return orb.Point{p[0] - 360, p[1]} },
		"mixed": func(p orb.Point) orb.Point {
			if p[0] > 34.4 {
				p[0] -= 360
			}
			return p
		}} {
		got := sums(place).Readings[0].Total
		equals(t, name+" held", got.Held.Value, want.Held.Value)
		equals(t, name+" held low", got.Held.Low, want.Held.Low)
		equals(t, name+" outside", got.Outside, want.Outside)
	}
}
