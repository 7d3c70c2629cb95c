package tiles

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// prepared layers with the weights of their vertices.
func simplified(t testing.TB, layers []Layer) *prepared {
	t.Helper()
	p, err := prepare(t.Context(), layers, nil)
	if err != nil {
		t.Fatal(err)
	}
	o, err := Options{}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.simplify(t.Context(), &o); err != nil {
		t.Fatal(err)
	}
	return p
}

// Zones, the territory around them and a line along them keep the same
// vertices, whichever way and from whichever vertex each is drawn.
func TestEveryVertexIsKeptFromOneZoomWhoeverPasses(t *testing.T) {
	zones := blocks(6, 6, 60, orb.Point{34.4, 31.4}, 1)
	for i := range zones {
		ring := zones[i].Geometry.(orb.Polygon)[0]
		if i%2 == 1 {
			ring.Reverse()
		}
		turned := append(orb.Ring{}, ring[i%70:len(ring)-1]...)
		turned = append(turned, ring[:i%70+1]...)
		zones[i].Geometry = orb.Polygon{turned}
	}
	border := zones[14].Geometry.(orb.Polygon)[0][3:130]
	p := simplified(t, []Layer{{"zones", zones}, {"lines", []Feature{{"border", orb.LineString(border), nil}}}})
	keep := map[vertex]uint8{}
	shared, late := 0, 0
	for i, v := range p.vertices {
		if k, known := keep[v]; known {
			shared++
			if k != p.keep[i] {
				t.Fatalf("%v is kept from zoom %d and from zoom %d", v, k, p.keep[i])
			}
			if k > 5 {
				late++
			}
		}
		keep[v] = p.keep[i]
	}
	if shared < 3000 || late < 1000 {
		t.Errorf("%d positions are shared, %d of them simplified", shared, late)
	}
}

func TestJunctionsAndEndsOfLinesAreKeptAlways(t *testing.T) {
	a := square(34, 31, 35, 32)
	b := square(35, 31, 36, 32)
	line := orb.LineString{{35, 32}, {35, 31.5}, {35.5, 31.2}}
	p := simplified(t, []Layer{{"zones", []Feature{{"a", a, nil}, {"b", b, nil}}}, {"lines", []Feature{{"l", line, nil}}}})
	for i, v := range p.vertices {
		position := unproject(v.x, v.y)
		on := func(lon, lat float64) bool {
			return math.Abs(position[0]-lon) < 1e-6 && math.Abs(position[1]-lat) < 1e-6
		}
		if (on(35, 31) || on(35, 32) || on(35.5, 31.2)) && p.keep[i] != 0 {
			t.Errorf("%v is kept only from zoom %d", position, p.keep[i])
		}
	}
}

func TestTheLastZoomKeepsEveryVertex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		layers := anyLayers(t, orb.Point{34, 31}, 0.01)
		p, err := prepare(t.Context(), layers, nil)
		if err != nil {
			t.Fatal(err)
		}
		o, err := Options{MaxZoom: rapid.Uint32Range(1, 18).Draw(t, "last zoom")}.withDefaults()
		if err != nil {
			t.Fatal(err)
		}
		if err := p.simplify(t.Context(), &o); err != nil {
			t.Fatal(err)
		}
		for i, k := range p.keep {
			if uint32(k) > o.MaxZoom {
				t.Fatalf("vertex %d is kept from zoom %d only", i, k)
			}
		}
	})
}

// Four times the tolerance in area is twice the tile unit in length: what is
// kept from one zoom on is then kept from that or from the next.
func TestAToleranceFourTimesAsLargeActsOneZoomLater(t *testing.T) {
	layers := []Layer{{"zones", append(blocks(6, 6, 60, orb.Point{34.4, 31.4}, 1), coast(3000, orb.Point{35.5, 47.5}, 3))}}
	keep := func(tolerance float64) []uint8 {
		return tileset(t, layers, Options{Tolerance: tolerance}).prepared.keep
	}
	usual, one, four := keep(0), keep(1), keep(4)
	later := 0
	for i := range usual {
		if one[i] != usual[i] {
			t.Fatalf("vertex %d is kept from zoom %d, and from %d when the tolerance is not given", i, one[i], usual[i])
		}
		if four[i] != one[i] && four[i] != one[i]+1 {
			t.Fatalf("vertex %d is kept from zoom %d, and from %d with four times the tolerance", i, one[i], four[i])
		}
		if four[i] > one[i] {
			later++
		}
	}
	if later < len(usual)/2 {
		t.Errorf("only %d of %d vertices are kept later", later, len(usual))
	}
}

func TestAToleranceThatIsNoAreaIsRefused(t *testing.T) {
	for _, tolerance := range []float64{-1, math.NaN(), math.Inf(1), math.Inf(-1), 2 * maxTolerance} {
		if _, err := NewTileset(t.Context(), nil, Options{Tolerance: tolerance}); err == nil {
			t.Errorf("%v is accepted", tolerance)
		}
	}
}

func TestProjectionMeetsTheKnownPlacesAndComesBack(t *testing.T) {
	for _, c := range []struct {
		position orb.Point
		want     vertex
	}{
		{orb.Point{-180, 85.051128779806592}, vertex{0, 0}},
		{orb.Point{180, -85.051128779806592}, vertex{gridSize, gridSize}},
		{orb.Point{0, 0}, vertex{gridSize / 2, gridSize / 2}},
		{orb.Point{0, 90}, vertex{gridSize / 2, 0}},
		{orb.Point{190, -90}, vertex{gridSize, gridSize}},
	} {
		if got, err := project(c.position); got != c.want || err != nil {
			t.Errorf("%v is at %v, %v; want %v", c.position, got, err, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		v := vertex{rapid.Int32Range(0, gridSize).Draw(t, "x"), rapid.Int32Range(0, gridSize).Draw(t, "y")}
		if got, err := project(unproject(v.x, v.y)); got != v || err != nil {
			t.Fatalf("%v comes back as %v, %v", v, got, err)
		}
	})
	for _, p := range []orb.Point{{math.NaN(), 0}, {0, math.Inf(1)}} {
		if _, err := project(p); err == nil {
			t.Errorf("%v is accepted", p)
		}
	}
}
