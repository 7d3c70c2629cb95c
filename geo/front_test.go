package geo

import (
	"context"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"github.com/demarc-map/demarc/internal/referee"
)

func mustFront(t *testing.T, territory orb.MultiPolygon, zones []orb.MultiPolygon, withinM ...float64) []orb.MultiLineString {
	t.Helper()
	fronts, err := Front(context.Background(), territory, zones, withinM)
	if err != nil {
		t.Fatal(err)
	}
	return fronts
}

func TestTheFrontOfTheHeldZoneIsTheYellowLine(t *testing.T) {
	strip, _ := reference(t, "gaza/strip.geojson")
	held, _ := reference(t, "gaza/held-2025-10-19.geojson")
	_, lines := reference(t, "gaza/yellow-line.geojson")
	// The traced border side lies up to some 300 m inside the official border.
	front := mustFront(t, strip[0], held[:1], 300)[0]
	km, want := Length(front)/1000, Length(lines[0])/1000
	t.Logf("front %.3f km in %d lines; the yellow line %.3f km", km, len(front), want)
	if math.Abs(km-want) > 1.5 {
		t.Errorf("front of %.3f km, want about %.3f", km, want)
	}
	wide := mustFront(t, strip[0], held[:1], 100)[0]
	t.Logf("with a limit of 100 m: %.3f km", Length(wide)/1000)
	if Length(wide) < Length(front) {
		t.Error("a smaller limit leaves less of the front")
	}
}

func TestPostGISFindsTheSameFront(t *testing.T) {
	strip, _ := reference(t, "gaza/strip.geojson")
	held, _ := reference(t, "gaza/held-2025-10-19.geojson")
	conn := referee.PostGIS(t)
	for _, limit := range []float64{100, 300} {
		got := Length(mustFront(t, strip[0], held[:1], limit)[0])
		var want float64
		err := conn.QueryRow(context.Background(), `
			WITH g AS (SELECT ST_Transform(ST_GeomFromWKB($1, 4326), 32636) AS s, ST_Transform(ST_GeomFromWKB($2, 4326), 32636) AS h)
			SELECT ST_Length(ST_Transform(ST_Difference(ST_Intersection(ST_Boundary(h), s), ST_Buffer(ST_Boundary(s), $3::float8, 64)), 4326)::geography) FROM g`,
			wkb.MustMarshal(strip[0]), wkb.MustMarshal(held[0]), limit).Scan(&want)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("beyond %.0f m: %.0f m, PostGIS %.0f m", limit, got, want)
		if math.Abs(got-want) > 1e-3*want { // the plane of UTM zone 36 is 4e-4 smaller
			t.Errorf("beyond %.0f m: %.1f m, PostGIS %.1f m", limit, got, want)
		}
	}
}

func TestFrontByKindOfBoundary(t *testing.T) {
	territory := orb.MultiPolygon{{ringAt(34, 31, 34.2, 31, 34.2, 31.2, 34, 31.2)}}
	box := func(west, south, east, north float64) orb.MultiPolygon {
		return orb.MultiPolygon{{ringAt(west, south, east, south, east, north, west, north)}}
	}
	length := func(points ...float64) float64 { return Length(lineAt(points...)) }
	for _, c := range []struct {
		name  string
		zones []orb.MultiPolygon
		want  []float64
	}{
		{"a zone in the middle has all its boundary", []orb.MultiPolygon{box(34.05, 31.05, 34.15, 31.15)},
			[]float64{length(34.05, 31.05, 34.15, 31.05, 34.15, 31.15, 34.05, 31.15, 34.05, 31.05)}},
		{"a zone across the territory has one side", []orb.MultiPolygon{box(34, 31, 34.1, 31.2)}, []float64{length(34.1, 31, 34.1, 31.2)}},
		{"a zone that sticks out counts inside only", []orb.MultiPolygon{box(33, 30, 34.1, 32)}, []float64{length(34.1, 31, 34.1, 31.2)}},
		{"neighbours have no front between them", []orb.MultiPolygon{box(34, 31, 34.1, 31.2), box(34.1, 31, 34.15, 31.2)},
			[]float64{0, length(34.15, 31, 34.15, 31.2)}},
		{"overlapping zones have no front inside one another", []orb.MultiPolygon{box(34, 31, 34.1, 31.2), box(34, 31, 34.15, 31.2)},
			[]float64{0, length(34.15, 31, 34.15, 31.2)}},
		{"a common front belongs to the first", []orb.MultiPolygon{box(34, 31, 34.1, 31.2), box(34.05, 31, 34.1, 31.2)},
			[]float64{length(34.1, 31, 34.1, 31.2), 0}},
		{"the whole territory has none", []orb.MultiPolygon{territory}, []float64{0}},
		{"a zone outside has none", []orb.MultiPolygon{box(35, 31, 36, 32)}, []float64{0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			limits := make([]float64, len(c.zones))
			for i, front := range mustFront(t, territory, c.zones, limits...) {
				if got := Length(front); math.Abs(got-c.want[i]) > 0.01 {
					t.Errorf("zone %d has %.3f m, want %.3f", i, got, c.want[i])
				}
			}
		})
	}
	t.Run("a limit cuts the ends off", func(t *testing.T) {
		front := mustFront(t, territory, []orb.MultiPolygon{box(34, 31, 34.1, 31.2)}, 500)[0]
		if want := length(34.1, 31, 34.1, 31.2) - 1000; math.Abs(Length(front)-want) > 2*500/64 {
			t.Errorf("%.1f m, want %.1f", Length(front), want)
		}
	})
	t.Run("borders within the territory are not its boundary", func(t *testing.T) {
		halves := orb.MultiPolygon{box(34, 31, 34.1, 31.2)[0], box(34.1, 31, 34.2, 31.2)[0]}
		front := mustFront(t, halves, []orb.MultiPolygon{box(34, 31, 34.1, 31.2)}, 500)[0]
		if want := length(34.1, 31, 34.1, 31.2) - 1000; math.Abs(Length(front)-want) > 2*500/64 {
			t.Errorf("%.1f m, want %.1f", Length(front), want)
		}
	})
	t.Run("as many limits as zones", func(t *testing.T) {
		if _, err := Front(context.Background(), territory, nil, []float64{1}); err == nil {
			t.Error("no error")
		}
	})
}

// The parts of a stretch beyond a distance from a border and its parts within it make
// it up, and the border of a strip of land takes from a stretch across it what a
// distance says.
func TestTheFartherPartsOfAStretchAreWhatAlongLeaves(t *testing.T) {
	border := orb.LineString{{34.3, 31.2}, {34.3, 31.6}}
	index := mustIndex(t, border)
	from, to := orb.Point{34.2, 31.4}, orb.Point{34.42, 31.45}
	var far float64
	parts := index.Farther(from, to, 300)
	for _, part := range parts {
		far += Distance(part[0], part[1])
	}
	near, err := Along(orb.MultiLineString{{from, to}}, orb.MultiLineString{border}, 300)
	if err != nil {
		t.Fatal(err)
	}
	whole := Distance(from, to)
	if math.Abs(far+Length(near)-whole) > 1e-6*whole {
		t.Errorf("%v m farther, %v m along, of %v m", far, Length(near), whole)
	}
	if parts[0][0] != from || parts[len(parts)-1][1] != to {
		t.Errorf("it runs from %v to %v", parts[0][0], parts[len(parts)-1][1])
	}
	east, north := metresPerDegree(31.42)
	slope := math.Hypot(0.22*east, 0.05*north) / (0.22 * east)
	if math.Abs(Length(near)-600*slope) > 1 {
		t.Errorf("%v m are within 300 m of a meridian, want %v", Length(near), 600*slope)
	}
}
