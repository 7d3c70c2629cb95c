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

func mustBuffer(t rapid.TB, mp orb.MultiPolygon, metres float64) orb.MultiPolygon {
	out, err := Buffer(context.Background(), mp, metres)
	return mustValid(t, out, err)
}

// mustValid is a shape that was made, valid by an outside referee.
func mustValid(t rapid.TB, out orb.MultiPolygon, err error) orb.MultiPolygon {
	if err == nil {
		err = referee.Valid(out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// nearGaza is a plane of PostGIS on which buffers in Gaza are measured.
const nearGaza = "+proj=tmerc +lon_0=34.375 +lat_0=31.4 +k=1 +ellps=WGS84 +units=m"

func TestPostGISBuffersTheSameArea(t *testing.T) {
	strip, _ := reference(t, "gaza/strip.geojson")
	held, _ := reference(t, "gaza/held-2025-10-19.geojson")
	conn := referee.PostGIS(t)
	for name, mp := range map[string]orb.MultiPolygon{"strip": strip[0], "held": held[0]} {
		before := mustArea(t, mp)
		for _, metres := range []float64{10, 180, 520, -10, -180, -520} {
			got := mustArea(t, mustBuffer(t, mp, metres))
			var want float64
			err := conn.QueryRow(context.Background(),
				`WITH g AS (SELECT ST_Transform(ST_GeomFromWKB($1, 4326), $2::text) AS g)
				 SELECT ST_Area(ST_Buffer(g, $3::float8, 16)) - ST_Area(g) FROM g`,
				wkb.MustMarshal(mp), nearGaza, metres).Scan(&want)
			if err != nil {
				t.Fatal(err)
			}
			first := Length(mp) * metres
			t.Logf("%s by %.0f m: %+.4f km², PostGIS %+.4f; first order %+.4f", name, metres, (got-before)/1e6, want/1e6, first/1e6)
			if math.Abs(got-before-want) > 5e-4*math.Abs(want) {
				t.Errorf("%s by %.0f m: %+.0f m², PostGIS %+.0f", name, metres, got-before, want)
			}
		}
	}
}

func TestLawsOfABuffer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mp := drawShape(t, nil)[:1]
		metres := rapid.Float64Range(1, 300).Draw(t, "metres")
		clean, err := Clean(context.Background(), mp, NonZero)
		if err != nil {
			t.Fatal(err)
		}
		a := mustArea(t, clean)
		grown, shrunk := mustBuffer(t, mp, metres), mustBuffer(t, mp, -metres)
		slack := 1e-3 + 1e-9*degree2*planarPerimeter(ringsOf(clean, grown, shrunk)...)
		if most := Length(clean)*metres + 4*math.Pi*metres*metres*float64(len(clean)); mustArea(t, grown) > a+most*1.01+slack {
			t.Fatalf("grew by %g m² where %g is the most", mustArea(t, grown)-a, most)
		}
		both := mustOverlay(t, Options{}, clean, grown, shrunk)
		law(t, "what grows keeps what it had", both.All(1)-both.All(1|2), slack)
		law(t, "what shrinks wins nothing", both.All(4)-both.All(1|4), slack)
		again := mustBuffer(t, shrunk, metres)
		opened := mustOverlay(t, Options{}, clean, again)
		law(t, "shrunk and grown again stays inside", opened.Of(2), slack+0.01*metres*Length(again))
	})
}

// What bounds a buffer lies as far from what it is of as was asked for: by the
// geodesic to the nearest edge, which the buffer does not ask for.
func TestTheBoundaryOfABufferLiesTheDistanceAway(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := orb.Point{rapid.Float64Range(-170, 170).Draw(t, "longitude"), rapid.Float64Range(-70, 70).Draw(t, "latitude")}
		mp := orb.MultiPolygon{{coast(rapid.IntRange(3, 60).Draw(t, "vertices"), at, 0.2, rapid.Uint64().Draw(t, "seed"))}}
		metres := rapid.Float64Range(10, 3000).Draw(t, "metres") * rapid.SampledFrom([]float64{1, -1}).Draw(t, "way")
		index := mustIndex(t, mustBuffer(t, mp, 0))
		for _, polygon := range mustBuffer(t, mp, metres) {
			for _, ring := range polygon {
				for _, p := range ring {
					_, got, _, ok := index.Nearest(p)
					if want := math.Abs(metres); !ok || got < want*(1-2e-3)-0.01 || got > want*(1+2e-3)+0.01 {
						t.Fatalf("a buffer of %g m has a vertex %g m away, at %v", metres, got, p)
					}
				}
			}
		}
	})
}

func TestADistanceBeyondAPoleIsRefused(t *testing.T) {
	square := orb.MultiPolygon{{ringAt(0, 89, 1, 89, 1, 89.5, 0, 89.5)}}
	for _, metres := range []float64{1e5, math.NaN(), math.Inf(1), math.Inf(-1)} {
		if _, err := Buffer(context.Background(), square, metres); !errors.Is(err, ErrReach) {
			t.Errorf("%g m: %v", metres, err)
		}
	}
}
