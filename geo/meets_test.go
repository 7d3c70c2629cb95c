package geo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"
	"pgregory.net/rapid"
)

func TestABoxMeetsWhatPostGISSaysItIntersects(t *testing.T) {
	conn := referee.PostGIS(t)
	random := rand.New(rand.NewPCG(8, 1))
	at := func(n int) float64 { return float64(random.IntN(n)) }
	found := map[bool]int{}
	for range 400 {
		// Small whole numbers, so that corners and sides often touch exactly.
		triangle := orb.Ring{{at(8), at(8)}, {at(8), at(8)}, {at(8), at(8)}}
		triangle = append(triangle, triangle[0])
		if planarArea(triangle) == 0 {
			continue
		}
		var shape orb.Geometry = orb.Polygon{triangle}
		if random.IntN(3) == 0 {
			shape = orb.LineString(triangle[:3])
		}
		low := orb.Point{at(8), at(8)}
		box := orb.Bound{Min: low, Max: orb.Point{low[0] + at(3), low[1] + at(3)}}
		var want bool
		err := conn.QueryRow(context.Background(), "SELECT ST_Intersects($1::geometry, ST_Envelope(ST_MakeLine(ST_Point($2, $3), ST_Point($4, $5))))", wkt.MarshalString(shape),
			box.Min[0], box.Min[1], box.Max[0], box.Max[1]).Scan(&want)
		if err != nil {
			t.Fatal(err)
		}
		if got := mustIndex(t, shape).Meets(box); got != want {
			t.Errorf("%s meets %v: %v, PostGIS says %v", wkt.MarshalString(shape), box, got, want)
		}
		found[want]++
	}
	if found[true] < 50 || found[false] < 50 {
		t.Errorf("one-sided: %v", found)
	}
}

func TestAShapeMeetsABoxExactlyWhenLandOfItLiesThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawRing(t, "p")
		b := p.Bound()
		draw := func(name string, i int) float64 { return rapid.Float64Range(b.Min[i]-1, b.Max[i]+1).Draw(t, name) }
		box := orb.MultiPoint{{draw("a", 0), draw("b", 1)}, {draw("c", 0), draw("d", 1)}}.Bound()
		areas := mustOverlay(t, Options{}, orb.MultiPolygon{{p}}, orb.MultiPolygon{box.ToPolygon()})
		meets := mustIndex(t, p).Meets(box)
		if shared := areas.All(0b11); shared > 1 && !meets {
			t.Fatalf("%v shares %v m² with %v and does not meet it", p, shared, box)
		}
		if wider := box.Pad(1e-9); meets && mustOverlay(t, Options{}, orb.MultiPolygon{{p}}, orb.MultiPolygon{wider.ToPolygon()}).All(0b11) == 0 {
			t.Fatalf("%v meets %v without any land about it", p, box)
		}
	})
}

func TestABoxAcrossTheAntimeridianMeetsBothSides(t *testing.T) {
	east := mustIndex(t, orb.Ring{{-179, 0}, {-178, 0}, {-178, 1}, {-179, 0}})
	west := mustIndex(t, orb.Ring{{178, 0}, {179, 0}, {179, 1}, {178, 0}})
	for i, c := range []struct {
		box        orb.Bound
		west, east bool
	}{
		{orb.Bound{Min: orb.Point{178.5, 0}, Max: orb.Point{181.5, 1}}, true, true},
		{orb.Bound{Min: orb.Point{179.5, 0}, Max: orb.Point{181.5, 1}}, false, true},
		{orb.Bound{Min: orb.Point{-182, 0}, Max: orb.Point{-180, 1}}, true, false},
		{orb.Bound{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}, true, true},
		{orb.Bound{Min: orb.Point{179.5, 0}, Max: orb.Point{180.5, 1}}, false, false},
		{orb.Bound{Min: orb.Point{178, 1.5}, Max: orb.Point{182, 2}}, false, false},
	} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			if w, e := west.Meets(c.box), east.Meets(c.box); w != c.west || e != c.east {
				t.Errorf("%v: %v %v", c.box, w, e)
			}
		})
	}
}
