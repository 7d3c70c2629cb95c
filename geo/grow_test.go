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

func mustGrow(t rapid.TB, mp orb.MultiPolygon, metres float64) orb.MultiPolygon {
	out, err := Grow(context.Background(), mp, metres)
	if err != nil {
		t.Fatal(err)
	}
	if err := referee.Valid(out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestPostGISBuffersTheSameArea(t *testing.T) {
	strip, _ := reference(t, "gaza/strip.geojson")
	held, _ := reference(t, "gaza/held-2025-10-19.geojson")
	conn := referee.PostGIS(t)
	const plane = "+proj=tmerc +lon_0=34.375 +lat_0=31.4 +k=1 +ellps=WGS84 +units=m"
	for name, mp := range map[string]orb.MultiPolygon{"strip": strip[0], "held": held[0]} {
		before := mustArea(t, mp)
		for _, metres := range []float64{10, 180, 520, -10, -180, -520} {
			got := mustArea(t, mustGrow(t, mp, metres))
			var want float64
			err := conn.QueryRow(context.Background(),
				`WITH g AS (SELECT ST_Transform(ST_GeomFromWKB($1, 4326), $2::text) AS g)
				 SELECT ST_Area(ST_Buffer(g, $3::float8, 16)) - ST_Area(g) FROM g`,
				wkb.MustMarshal(mp), plane, metres).Scan(&want)
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

func TestLawsOfGrowing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mp := drawShape(t, nil)[:1]
		metres := rapid.Float64Range(1, 300).Draw(t, "metres")
		clean, err := Clean(context.Background(), mp, NonZero)
		if err != nil {
			t.Fatal(err)
		}
		a := mustArea(t, clean)
		grown, shrunk := mustGrow(t, mp, metres), mustGrow(t, mp, -metres)
		slack := 1e-3 + 1e-9*degree2*planarPerimeter(ringsOf(clean, grown, shrunk)...)
		if most := Length(clean)*metres + 4*math.Pi*metres*metres*float64(len(clean)); mustArea(t, grown) > a+most*1.01+slack {
			t.Fatalf("grew by %g m² where %g is the most", mustArea(t, grown)-a, most)
		}
		both := mustOverlay(t, Options{}, clean, grown, shrunk)
		law(t, "what grows keeps what it had", both.All(1)-both.All(1|2), slack)
		law(t, "what shrinks wins nothing", both.All(4)-both.All(1|4), slack)
		again := mustGrow(t, shrunk, metres)
		opened := mustOverlay(t, Options{}, clean, again)
		law(t, "shrunk and grown again stays inside", opened.Of(2), slack+0.01*metres*Length(again))
	})
}

func TestADistanceBeyondAPoleIsRefused(t *testing.T) {
	square := orb.MultiPolygon{{ringAt(0, 89, 1, 89, 1, 89.5, 0, 89.5)}}
	for _, metres := range []float64{1e5, math.NaN(), math.Inf(1), math.Inf(-1)} {
		if _, err := Grow(context.Background(), square, metres); !errors.Is(err, ErrReach) {
			t.Errorf("%g m: %v", metres, err)
		}
	}
}
