package geo

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"pgregory.net/rapid"

	"github.com/demarc-map/demarc/internal/referee"
)

func mustBufferLines(t rapid.TB, lines orb.MultiLineString, metres float64) orb.MultiPolygon {
	out, err := BufferLines(context.Background(), lines, metres)
	return mustValid(t, out, err)
}

// A place is in the buffer when it is near enough, by the nearest place of an index,
// which knows nothing of strips and sectors.
func TestABufferOfLinesIsWhatLiesWithinTheDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := orb.Point{rapid.SampledFrom([]float64{34, -70, 179.99}).Draw(t, "longitude"), rapid.Float64Range(-70, 70).Draw(t, "latitude")}
		var lines orb.MultiLineString
		for range rapid.IntRange(1, 3).Draw(t, "lines") {
			line := orb.LineString{}
			for range rapid.IntRange(2, 12).Draw(t, "vertices") {
				line = append(line, orb.Point{at[0] + rapid.Float64Range(-0.05, 0.05).Draw(t, "x"), at[1] + rapid.Float64Range(-0.05, 0.05).Draw(t, "y")})
			}
			lines = append(lines, line)
		}
		metres := rapid.Float64Range(5, 2000).Draw(t, "metres")
		near, index := mustIndex(t, mustBufferLines(t, lines, metres)), mustIndex(t, lines)
		for _, line := range lines {
			for _, p := range line {
				if !near.Contains(p) {
					t.Fatalf("the line's own %v is not in the buffer", p)
				}
			}
		}
		for range 30 {
			p := orb.Point{at[0] + rapid.Float64Range(-0.08, 0.08).Draw(t, "px"), at[1] + rapid.Float64Range(-0.08, 0.08).Draw(t, "py")}
			_, distance, _, ok := index.Nearest(p)
			if slack := 2e-3*metres + 0.01; !ok || math.Abs(distance-metres) > slack && near.Contains(p) != (distance < metres) {
				t.Fatalf("%v is %g m away; in the buffer of %g m: %v", p, distance, metres, near.Contains(p))
			}
		}
	})
}

func TestABufferOfLinesGrowsWithTheDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := coast(rapid.IntRange(3, 40).Draw(t, "vertices"), orb.Point{34.4, 31.4}, 0.1, rapid.Uint64().Draw(t, "seed"))
		metres := rapid.Float64Range(5, 1000).Draw(t, "metres")
		more := metres * rapid.Float64Range(1, 2).Draw(t, "times")
		lines := orb.MultiLineString{orb.LineString(line)}
		areas := mustOverlay(t, Options{}, mustBufferLines(t, lines, metres), mustBufferLines(t, lines, more))
		law(t, "what is near is near by a longer measure", areas.Of(1), 1e-3+2e-3*metres*Length(lines))
		if whole := areas.All(1); whole > (2*metres*Length(lines)+math.Pi*metres*metres)*1.003 {
			t.Fatalf("%g m² within %g m of %g m", whole, metres, Length(lines))
		}
	})
}

func TestABufferOfOneEdgeIsAStripWithRoundEnds(t *testing.T) {
	edge := orb.MultiLineString{{{34.3, 31.3}, {34.31, 31.31}}}
	for _, metres := range []float64{1, 100, 1000} {
		want := 2*metres*Length(edge) + math.Pi*metres*metres
		if got := mustArea(t, mustBufferLines(t, edge, metres)); math.Abs(got-want) > 2e-3*want {
			t.Errorf("%g m: %g m², not %g", metres, got, want)
		}
	}
	disc := orb.MultiLineString{{{34.3, 31.3}}, {}}
	if got, want := mustArea(t, mustBufferLines(t, disc, 100)), math.Pi*1e4; math.Abs(got-want) > 3e-3*want {
		t.Errorf("a disc of %g m², not %g", got, want)
	}
	if got := mustBufferLines(t, edge, 0); len(got) != 0 {
		t.Errorf("within 0 m: %v", got)
	}
	for _, metres := range []float64{-1, math.NaN(), 1e9} {
		if _, err := BufferLines(context.Background(), edge, metres); !errors.Is(err, ErrReach) {
			t.Errorf("%g m: %v", metres, err)
		}
	}
}

func TestPostGISBuffersLinesAlike(t *testing.T) {
	strip, _ := reference(t, "gaza/strip.geojson")
	conn := referee.PostGIS(t)
	var coast orb.MultiLineString
	for _, ring := range strip[0][0] {
		coast = append(coast, orb.LineString(ring))
	}
	for _, metres := range []float64{10, 180, 520} {
		var want float64
		err := conn.QueryRow(context.Background(), `SELECT ST_Area(ST_Buffer(ST_Transform(ST_GeomFromWKB($1, 4326), $2::text), $3::float8, 16))`, wkb.MustMarshal(coast), nearGaza, metres).Scan(&want)
		if err != nil {
			t.Fatal(err)
		}
		if got := mustArea(t, mustBufferLines(t, coast, metres)); math.Abs(got-want) > 5e-4*want {
			t.Errorf("within %.0f m: %.0f m², PostGIS %.0f", metres, got, want)
		}
	}
}
