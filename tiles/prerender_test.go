package tiles

import (
	"bytes"
	"context"
	"math"
	"testing"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
	"pgregory.net/rapid"
)

// without returns a tileset that makes every tile from the vertices alone.
func without(t testing.TB, layers []Layer) *Tileset {
	set := tileset(t, layers, Options{})
	for i := range set.prepared.features {
		set.prepared.features[i].prerendered = 0
	}
	return set
}

// around compares the tiles of two sets around a place, and returns how many
// features one of them took whole and how many it knew to be simple.
func around(t interface{ Fatalf(string, ...any) }, one, two *Tileset, centre orb.Point, z uint32) (taken, simple int) {
	at := maptile.At(centre, maptile.Zoom(z))
	for k := range uint32(9) {
		a := address{z, at.X + k%3 - 1, at.Y + k/3 - 1}
		got, err := one.render(context.Background(), a)
		if err != nil {
			t.Fatalf("%v: %v", a, err)
		}
		want, err := two.render(context.Background(), a)
		if err != nil {
			t.Fatalf("%v: %v", a, err)
		}
		if (got == nil) != (want == nil) || got != nil && !bytes.Equal(got.Identity(), want.Identity()) {
			t.Fatalf("%v differs from what the vertices give", a)
		}
		v := one.options.view(a.z, a.x, a.y)
		for _, i := range find(one.parts, nil, v.search()) {
			f := &one.prepared.features[one.prepared.parts[i].feature]
			if _, ok := one.prepared.rendering(f, &v); ok {
				taken++
			} else if one.prepared.knownValid(f, v.zoom) {
				simple++
			}
		}
	}
	return taken, simple
}

// anyRough draws a polygon of many vertices near a place, that may cross
// itself and have holes; with its reach in degrees.
func anyRough(centre orb.Point, degrees float64) *rapid.Generator[orb.Polygon] {
	return rapid.Custom(func(t *rapid.T) orb.Polygon {
		rough := rapid.SampledFrom([]float64{0.02, 0.1, 0.5, 1}).Draw(t, "rough")
		seed := rapid.Uint64().Draw(t, "seed")
		noise := func() float64 { // splitmix64: one draw for many vertices
			seed += 0x9E3779B97F4A7C15
			v := (seed ^ seed>>30) * 0xBF58476D1CE4E5B9
			return float64((v^v>>27)>>11) / (1 << 53)
		}
		ring := func(reach float64) orb.Ring {
			var r orb.Ring
			n := rapid.IntRange(20, 150).Draw(t, "vertices")
			for i := range n {
				sin, cos := math.Sincos(2*math.Pi*float64(i)/float64(n) + rough*0.1*noise())
				d := reach * (1 - rough*noise())
				r = append(r, orb.Point{centre[0] + d*cos, centre[1] + d*sin})
			}
			return append(r, r[0])
		}
		p := orb.Polygon{ring(degrees)}
		if rapid.Bool().Draw(t, "hole") {
			p = append(p, ring(degrees*0.4))
		}
		return p
	})
}

// What is prerendered, and what is not compared again, changes no byte of any tile.
func TestTilesAreTheSameWithoutWhatIsPrerendered(t *testing.T) {
	taken, simple := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		z := rapid.Uint32Range(0, 14).Draw(t, "zoom")
		tile := 360 / math.Exp2(float64(z))
		centre := orb.Point{} // the corner of four tiles
		reach := tile * rapid.SampledFrom([]float64{0.002, 0.02, 0.1, 0.2}).Draw(t, "reach")
		beside := rapid.Float64Range(-0.3, 0.3)
		var features []Feature
		for range rapid.IntRange(1, 4).Draw(t, "features") {
			var all orb.MultiPolygon
			for range rapid.IntRange(1, 3).Draw(t, "parts") {
				place := orb.Point{centre[0] + tile*beside.Draw(t, "x"), centre[1] + tile*beside.Draw(t, "y")}
				size := reach * rapid.SampledFrom([]float64{1, 1, 0.05, 0.001}).Draw(t, "size")
				all = append(all, anyRough(place, size).Draw(t, "polygon"))
			}
			features = append(features, Feature{Geometry: all})
		}
		layers := []Layer{{rapid.SampledFrom([]string{"zones", data.HeldLayer}).Draw(t, "layer"), features}}
		one, err := NewTileset(t.Context(), layers, Options{})
		if err != nil {
			t.Fatal(err)
		}
		two, err := NewTileset(t.Context(), layers, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i := range two.prepared.features {
			two.prepared.features[i].prerendered = 0
		}
		n, m := around(t, one, two, centre, z)
		taken, simple = taken+n, simple+m
	})
	t.Logf("%d taken whole, %d cut and known to be simple", taken, simple)
	if taken == 0 || simple == 0 {
		t.Error("nothing was prerendered")
	}
}

func TestZonesThatShareBordersAreTheSameWithoutWhatIsPrerendered(t *testing.T) {
	centre := orb.Point{34.4, 31.4}
	layers := []Layer{{"zones", blocks(8, 8, 80, centre, 0.4)}, {"coast", []Feature{coast(3000, centre, 0.3)}}}
	one, two := tileset(t, layers, Options{}), without(t, layers)
	for z := uint32(0); z <= 16; z++ {
		taken, simple := around(t, one, two, centre, z)
		t.Logf("zoom %d: %d taken whole, %d cut and known to be simple", z, taken, simple)
		if z >= 6 && z <= 8 && taken == 0 || z >= 9 && z <= 11 && simple == 0 {
			t.Errorf("zoom %d: %d taken whole, %d known to be simple", z, taken, simple)
		}
	}
}

func TestWhatIsPrerenderedIsBounded(t *testing.T) {
	centre := orb.Point{34.4, 31.4}
	layers := []Layer{{"zones", append(blocks(8, 8, 80, centre, 0.4), blocks(30, 30, 5, centre, 0.4)...)}}
	p := tileset(t, layers, Options{}).prepared
	if len(p.prerendered) != 64 {
		t.Errorf("%d features are prerendered, not the 64 of many vertices", len(p.prerendered))
	}
	sum := 0
	for i := range p.prerendered {
		a := &p.prerendered[i]
		if n := p.count(a.parts); a.bytes() > prerenderBytes*n {
			t.Errorf("feature %d: %d bytes for %d vertices", i, a.bytes(), n)
		}
		sum += a.bytes()
	}
	if sum != len(p.commands) || sum == 0 {
		t.Errorf("%d bytes are used of %d", sum, len(p.commands))
	}
}
