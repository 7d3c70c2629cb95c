package geo

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/peterstace/simplefeatures/geom"
	"pgregory.net/rapid"

	"github.com/demarc-map/demarc/internal/referee"
)

// nastyPairs are pairs of shapes on which overlay engines have failed.
func nastyPairs() map[string][2]orb.MultiPolygon {
	box := func(west, south, east, north float64) orb.MultiPolygon {
		return orb.MultiPolygon{{ringAt(west, south, east, south, east, north, west, north)}}
	}
	shifted := func(mp orb.MultiPolygon, dx, dy float64) orb.MultiPolygon {
		var out orb.MultiPolygon
		for _, p := range mp {
			var q orb.Polygon
			for _, r := range p {
				q = append(q, moved(r, dx, dy, 1))
			}
			out = append(out, q)
		}
		return out
	}
	star := orb.MultiPolygon{{wavyRing(34.4, 31.4, 0.05, 200, 3)}}
	comb := func(x, y float64, turn bool) orb.MultiPolygon {
		var xy []float64
		for i := range 16 {
			t := float64(i) * 1e-4
			xy = append(xy, t, 0, t+5e-5, 0.002)
		}
		xy = append(xy, 0.0016, -1e-4, 0, -1e-4)
		r := ringAt(xy...)
		for i, p := range r {
			if turn {
				p[0], p[1] = p[1], p[0]
			}
			r[i] = orb.Point{x + p[0], y + p[1]}
		}
		return orb.MultiPolygon{{r}}
	}
	holed := orb.MultiPolygon{{box(34, 31, 35, 32)[0][0], ringAt(34, 31.5, 34.5, 31.7, 34.6, 31.4), ringAt(34.5, 31.7, 34.6, 31.8, 34.7, 31.7)}}
	return map[string][2]orb.MultiPolygon{
		"the same":                         {star, star},
		"nearly the same, 1e-9 aside":      {star, shifted(star, 1e-9, 0)},
		"nearly the same, 1e-10 aside":     {star, shifted(star, 1e-10, 3e-10)},
		"nearly the same, 1e-7 aside":      {star, shifted(star, 1e-7, -1e-7)},
		"a shared edge":                    {box(34, 31, 34.5, 31.5), box(34.5, 31, 35, 31.5)},
		"a part of an edge shared":         {box(34, 31, 34.5, 31.5), box(34.5, 31.2, 35, 31.7)},
		"a shared corner":                  {box(34, 31, 34.5, 31.5), box(34.5, 31.5, 35, 32)},
		"one inside the other":             {box(34, 31, 35, 32), box(34.2, 31.2, 34.3, 31.3)},
		"one inside, touching an edge":     {box(34, 31, 35, 32), box(34, 31.2, 34.3, 31.3)},
		"combs across":                     {comb(34.4, 31.4, false), comb(34.4, 31.4, true)},
		"a needle":                         {box(34, 31, 35, 32), {{ringAt(33.9, 31.3, 35.1, 31.7, 33.9, 31.3000001)}}},
		"holes that touch":                 {holed, box(34.3, 31.3, 34.65, 31.75)},
		"a hole as large as the other":     {{{box(34, 31, 35, 32)[0][0], reversed(box(34.2, 31.2, 34.3, 31.3)[0][0])}}, box(34.2, 31.2, 34.3, 31.3)},
		"wide apart":                       {box(-170, -80, -160, -70), box(160, 70, 170, 80)},
		"two of the whole Earth":           {box(-180, -90, 180, 90), box(-180, -90, 0, 90)},
		"tiny":                             {box(34, 31, 34.00000001, 31.00000001), box(34.000000005, 31, 34.00000002, 31.00000002)},
		"polygons that share corners only": {{box(34, 31, 34.5, 31.5)[0], box(34.5, 31.5, 35, 32)[0]}, box(34.25, 31.25, 34.75, 31.75)},
	}
}

var operations = []struct {
	name    string
	op      operation
	postgis string
	area    func(Areas) float64
}{
	{"union", Union, "ST_Union", func(a Areas) float64 { return a.Any(3) }},
	{"intersection", Intersection, "ST_Intersection", func(a Areas) float64 { return a.All(3) }},
	{"difference", Difference, "ST_Difference", func(a Areas) float64 { return a.Of(1) }},
	{"symmetric difference", SymmetricDifference, "ST_SymDifference", func(a Areas) float64 { return a.Of(1) + a.Of(2) }},
}

func TestNastyPairsAgreeWithTheReferees(t *testing.T) {
	conn := referee.PostGIS(t)
	for name, pair := range nastyPairs() {
		areas := mustOverlay(t, Options{}, pair[0], pair[1])
		sf := [2]geom.Geometry{simpleFeatures(t, pair[0]), simpleFeatures(t, pair[1])}
		perimeter := planarPerimeter(ringsOf(pair[0], pair[1])...)
		for _, op := range operations {
			t.Run(name+"/"+op.name, func(t *testing.T) {
				out := mustShape(t, op.op, pair[0], pair[1])
				unit := 1e-9
				if b := pair[0].Bound().Union(pair[1].Bound()); b.Max[0]-b.Min[0] > 2.1 {
					unit = 2e-7
				}
				slack := unit * perimeter
				if d := math.Abs(mustArea(t, out) - op.area(areas)); d > slack*degree2 {
					t.Errorf("%g m² off the overlay, %g allowed", d, slack*degree2)
				}
				var postgis float64
				var valid bool
				err := conn.QueryRow(context.Background(), fmt.Sprintf(
					`SELECT ST_Area(%s(ST_GeomFromWKB($1), ST_GeomFromWKB($2))), ST_IsValid(ST_GeomFromWKB($3))`, op.postgis),
					wkb.MustMarshal(pair[0]), wkb.MustMarshal(pair[1]), wkb.MustMarshal(out)).Scan(&postgis, &valid)
				if err != nil {
					t.Fatal(err)
				}
				if !valid {
					t.Errorf("PostGIS says invalid: %v", out)
				}
				if d := math.Abs(squareDegrees(out) - postgis); d > slack+1e-12 {
					t.Errorf("%g square degrees off PostGIS, %g allowed", d, slack)
				}
				var other geom.Geometry
				switch op.name {
				case "union":
					other, err = geom.Union(sf[0], sf[1])
				case "intersection":
					other, err = geom.Intersection(sf[0], sf[1])
				case "difference":
					other, err = geom.Difference(sf[0], sf[1])
				default:
					other, err = geom.SymmetricDifference(sf[0], sf[1])
				}
				if err != nil {
					t.Logf("simplefeatures: %v", err)
				} else if d := math.Abs(squareDegrees(out) - other.Area()); d > slack+1e-12 {
					t.Errorf("%g square degrees off simplefeatures, %g allowed", d, slack)
				}
			})
		}
	}
}

func TestPostGISFindsEveryShapeValid(t *testing.T) {
	conn := referee.PostGIS(t)
	var shapes [][]byte
	rapid.Check(t, func(t *rapid.T) {
		a := drawShape(t, nil)
		b := drawShape(t, a)
		for _, op := range operations {
			shapes = append(shapes, wkb.MustMarshal(mustShape(t, op.op, a, b)))
		}
		territory, line := drawSplit(t)
		if got, err := Split(context.Background(), territory, line, SplitOptions{}); err == nil {
			for _, part := range []orb.MultiPolygon{got.Left, got.Right, got.Pocket, got.Unreached} {
				shapes = append(shapes, wkb.MustMarshal(part))
			}
		}
	})
	rows, err := conn.Query(context.Background(),
		`SELECT ST_IsValidReason(g), ST_AsText(g) FROM (SELECT ST_GeomFromWKB(unnest($1::bytea[])) AS g) AS all_shapes WHERE NOT ST_IsValid(g)`, shapes)
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var reason, text string
		if err := rows.Scan(&reason, &text); err != nil {
			t.Fatal(err)
		}
		t.Errorf("%s: %s", reason, text)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d shapes", len(shapes))
}

func TestTheOutlineOfUkraineIsRepaired(t *testing.T) {
	polygons, _ := reference(t, "ukraine/outline-natural-earth.geojson")
	var all orb.MultiPolygon
	for _, mp := range polygons {
		all = append(all, mp...)
	}
	if referee.Valid(all) == nil {
		t.Error("the outline was expected to be invalid")
	}
	out, err := Clean(context.Background(), all, NonZero)
	if err != nil {
		t.Fatal(err)
	}
	if err := referee.Valid(out); err != nil {
		t.Fatal(err)
	}
	t.Logf("%.3f km²", mustArea(t, out)/1e6)
	if km2 := mustArea(t, out) / 1e6; math.Abs(km2-571998) > 10 { // README of the reference data
		t.Errorf("%.3f km²", km2)
	}
}
