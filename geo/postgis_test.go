package geo

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"
)

// wkt writes polygons as well-known text.
func wellKnown(layer orb.MultiPolygon) string {
	var b strings.Builder
	b.WriteString("MULTIPOLYGON(")
	for i, p := range layer {
		b.WriteString(strings.Repeat(",", min(i, 1)) + "(")
		for j, r := range p {
			b.WriteString(strings.Repeat(",", min(j, 1)) + "(")
			for _, v := range openRing(r) {
				fmt.Fprintf(&b, "%v %v,", v[0], v[1])
			}
			fmt.Fprintf(&b, "%v %v)", r[0][0], r[0][1])
		}
		b.WriteString(")")
	}
	b.WriteString(")")
	return b.String()
}

func askPostGIS(t testing.TB, db *pgx.Conn, query string, args ...any) (answer float64, err error) {
	t.Helper()
	err = db.QueryRow(context.Background(), query, args...).Scan(&answer)
	return answer, err
}

// straightPostGIS is the area of a geography whose edges are cut short enough
// to be straight in longitude and latitude, extrapolated over the length.
func straightPostGIS(t testing.TB, db *pgx.Conn, geometry string, step float64) float64 {
	t.Helper()
	var at [2]float64
	for k := range at {
		a, err := askPostGIS(t, db, "SELECT ST_Area(ST_Segmentize(ST_GeomFromText($1, 4326), $2)::geography)", geometry, step/float64(int(1)<<k))
		if err != nil {
			t.Fatal(err)
		}
		at[k] = a
	}
	return (4*at[1] - at[0]) / 3
}

func TestPostGISAgreesOnAreas(t *testing.T) {
	db := referee.PostGIS(t)
	for _, name := range []string{"gaza/strip.geojson", "gaza/held-2025-10-19.geojson"} {
		layers, _ := readReference(t, name)
		for i, layer := range layers {
			got, want := mustArea(t, layer), straightPostGIS(t, db, wellKnown(layer), 5e-4)
			// Edges are not cut into equal parts, so the extrapolation is not exact.
			if !(math.Abs(got-want) <= 1e-8*want) {
				t.Errorf("%s %d: %.3f m², PostGIS %.3f", name, i, got, want)
			}
			t.Logf("%s %d: %.3f m², PostGIS %.3f", name, i, got, want)
		}
	}
}

func TestPostGISAgreesOnTheShareOfGaza(t *testing.T) {
	db := referee.PostGIS(t)
	strip, _ := readReference(t, "gaza/strip.geojson")
	held, _ := readReference(t, "gaza/held-2025-10-19.geojson")
	a := mustOverlay(t, Options{}, all(strip), all(held))
	share, err := askPostGIS(t, db, `
		WITH t AS (SELECT ST_GeomFromText($1, 4326) AS strip, ST_GeomFromText($2, 4326) AS held)
		SELECT 100*ST_Area(ST_Segmentize(ST_Intersection(strip, held), 5e-4)::geography)/ST_Area(ST_Segmentize(strip, 5e-4)::geography) FROM t`,
		wellKnown(all(strip)), wellKnown(all(held)))
	if err != nil {
		t.Fatal(err)
	}
	if got := 100 * a.Of(3) / a.All(1); math.Abs(got-share) > 1e-5 {
		t.Errorf("%.7f %%, PostGIS %.7f", got, share)
	}
	t.Logf("held ∩ strip ÷ strip: %.7f %%, PostGIS %.7f", 100*a.Of(3)/a.All(1), share)
}

func TestPostGISAgreesOnOverlays(t *testing.T) {
	db := referee.PostGIS(t)
	rnd := rand.New(rand.NewPCG(9, 9))
	failed, worst := 0, 0.0
	const pairs = 60
	for range pairs {
		radius := math.Pow(10, -4+4*rnd.Float64())
		at := orb.Point{34 + rnd.Float64(), 31 + rnd.Float64()}
		near := orb.Point{at[0] + radius*rnd.NormFloat64()/2, at[1] + radius*rnd.NormFloat64()/2}
		p, q := coast(8+rnd.IntN(400), at, radius, rnd.Uint64()), coast(8+rnd.IntN(400), near, radius, rnd.Uint64())
		got := mustOverlay(t, Options{planar: true}, layerOf(p), layerOf(q))
		for _, c := range []struct {
			function string
			got      float64
		}{{"ST_Intersection", got.Of(3)}, {"ST_Union", got.Total()}, {"ST_SymDifference", got.Of(1) + got.Of(2)}, {"ST_Difference", got.Of(1)}} {
			want, err := askPostGIS(t, db, "SELECT ST_Area("+c.function+"(ST_GeomFromText($1), ST_GeomFromText($2)))", wellKnown(layerOf(p)), wellKnown(layerOf(q)))
			if err != nil {
				failed++
				continue
			}
			tolerance := 1e-12*radius*planarPerimeter(p, q) + 2e-14*planarPerimeter(p, q)
			worst = max(worst, math.Abs(c.got-want)/tolerance)
			if !(math.Abs(c.got-want) <= tolerance) {
				t.Errorf("%s near %v: %.17g, PostGIS %.17g", c.function, at, c.got, want)
			}
		}
	}
	t.Logf("%d overlays, worst |error|/tolerance %.2g; PostGIS refused %d", 4*pairs, worst, failed)
}
