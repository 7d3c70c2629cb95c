package tiles

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/maptile"
	"pgregory.net/rapid"
)

// anyFeature draws a feature of any geometry near a place, tags included.
func anyFeature(centre orb.Point, degrees float64) *rapid.Generator[Feature] {
	return rapid.Custom(func(t *rapid.T) Feature {
		step := rapid.IntRange(-40, 40)
		position := func() orb.Point {
			return orb.Point{centre[0] + float64(step.Draw(t, "x"))*degrees/40, centre[1] + float64(step.Draw(t, "y"))*degrees/40}
		}
		line := func(least int) (line orb.LineString) {
			for range rapid.IntRange(least, 9).Draw(t, "points") {
				line = append(line, position())
			}
			return line
		}
		ring := func() orb.Ring {
			r := orb.Ring(line(3))
			return append(r, r[0])
		}
		f := Feature{ID: rapid.StringMatching(`[a-z0-9-]{0,6}`).Draw(t, "id")}
		switch rapid.IntRange(0, 6).Draw(t, "kind") {
		case 0:
			f.Geometry = position()
		case 1:
			f.Geometry = orb.MultiPoint(line(1))
		case 2:
			f.Geometry = line(2)
		case 3:
			f.Geometry = orb.MultiLineString{line(2), line(2)}
		case 4:
			f.Geometry = orb.Polygon{ring()}
		case 5:
			f.Geometry = orb.MultiPolygon{{ring(), ring()}, {ring()}}
		case 6:
			f.Geometry = orb.Collection{position(), line(2), orb.Polygon{ring()}}
		}
		values := rapid.OneOf(
			rapid.Map(rapid.StringN(0, 5, 20), func(v string) any { return v }),
			rapid.Map(rapid.Int64(), func(v int64) any { return v }),
			rapid.Map(rapid.Int(), func(v int) any { return v }),
			rapid.Map(rapid.Bool(), func(v bool) any { return v }),
			rapid.Map(rapid.Float64(), func(v float64) any { return v }),
		)
		for _, key := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "name", "n"}), 0, 4, rapid.ID).Draw(t, "keys") {
			f.Tags = append(f.Tags, Tag{key, values.Draw(t, "value")})
		}
		return f
	})
}

func anyLayers(t *rapid.T, centre orb.Point, degrees float64) []Layer {
	features := rapid.SliceOfN(anyFeature(centre, degrees), 0, 6)
	return []Layer{{"first", features.Draw(t, "first")}, {"second", features.Draw(t, "second")}}
}

// Whatever the layers, every tile meets the contract, and another tileset of
// the same layers makes the same bytes in any order.
func TestAnyLayersGiveValidTilesAndTheSameBytesAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		z := rapid.Uint32Range(0, 16).Draw(t, "zoom")
		centre := rapid.SampledFrom([]orb.Point{{34.4, 31.4}, {0, 0}, {179.99, 85}, {-180, -85.05}, {-90, 66.5}}).Draw(t, "centre")
		degrees := 360 / math.Exp2(float64(z)) * rapid.SampledFrom([]float64{0.001, 0.1, 0.6}).Draw(t, "scale")
		layers := anyLayers(t, centre, degrees)
		one, err := NewTileset(t.Context(), layers, Options{})
		if err != nil {
			t.Fatal(err)
		}
		two, err := NewTileset(t.Context(), layers, Options{})
		if err != nil {
			t.Fatal(err)
		}
		at := maptile.At(centre, maptile.Zoom(z))
		var first []string
		around := func(set *Tileset, visit func(body *Tile)) {
			for k := range uint32(9) {
				body, err := set.Tile(context.Background(), z, at.X+k%3-1, at.Y+k/3-1)
				if err == nil {
					visit(body)
				}
			}
		}
		around(one, func(body *Tile) {
			if body == nil {
				first = append(first, "")
				return
			}
			first = append(first, body.Hash())
			if err := checkTile(body.Identity(), []string{"first", "second"}, 64); err != nil {
				var out bytes.Buffer
				_ = Decode(&out, body.Identity())
				t.Fatalf("%v\n%s", err, out.String())
			}
		})
		k := 0
		around(two, func(body *Tile) {
			if hash := first[k]; body == nil && hash != "" || body != nil && body.Hash() != hash {
				t.Fatalf("tile %d differs", k)
			}
			k++
		})
	})
}

// Features whose positions lie on tile units come back as they went in.
func TestDecodingGivesBackWhatWasEncoded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const z, x, y = 16, 39039, 26720
		position := func(px, py int) orb.Point {
			return unproject(int32((x*4096+px)<<2), int32((y*4096+py)<<2))
		}
		unit := rapid.IntRange(-60, 4156)
		var features []Feature
		var want []orb.Geometry
		for i := range rapid.IntRange(1, 5).Draw(t, "features") {
			var line, path orb.LineString
			for range rapid.IntRange(2, 6).Draw(t, "points") {
				px, py := unit.Draw(t, "x"), unit.Draw(t, "y")
				p := orb.Point{float64(px), float64(py)}
				if len(path) == 0 || path[len(path)-1] != p {
					path, line = append(path, p), append(line, position(px, py))
				}
			}
			f := Feature{ID: fmt.Sprint(i), Geometry: line, Tags: []Tag{{"n", i}, {"name", fmt.Sprint("no. ", i)}, {"even", i%2 == 0}, {"less", -i - 1}, {"half", float64(i) / 2}}}
			if len(path) == 1 {
				f.Geometry = line[0]
				want = append(want, path[0])
			} else {
				want = append(want, path)
			}
			features = append(features, f)
		}
		set, err := NewTileset(t.Context(), []Layer{{"all", features}}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		body, err := set.Tile(context.Background(), z, x, y)
		if err != nil {
			t.Fatal(err)
		}
		layers, err := mvt.Unmarshal(body.Identity())
		if err != nil {
			t.Fatal(err)
		}
		if len(layers) != 1 || len(layers[0].Features) != len(want) {
			t.Fatalf("%d features of %d", len(layers[0].Features), len(want))
		}
		for i, f := range layers[0].Features {
			if !orb.Equal(f.Geometry, want[i]) {
				t.Fatalf("geometry %v, want %v", f.Geometry, want[i])
			}
			if f.ID != float64(FeatureID(fmt.Sprint(i))) {
				t.Fatalf("id %v", f.ID)
			}
			for _, tag := range features[i].Tags {
				if got := f.Properties[tag.Key]; fmt.Sprint(got) != fmt.Sprint(tag.Value) {
					t.Fatalf("%s is %v (%T), want %v", tag.Key, got, got, tag.Value)
				}
			}
		}
	})
}

// Unsnapped pieces of a zone over the tiles of a zoom add up to the zone: they
// may differ by a unit along the border. The buffer is left out of the sum.
func TestPiecesOfAZoneAddUpToTheZone(t *testing.T) {
	centre := orb.Point{35.5, 47.5}
	zone := coast(20_000, centre, 3)
	set := tileset(t, []Layer{{"zones", []Feature{zone}}}, Options{})
	for z := uint32(4); z <= 11; z++ {
		var sum, perimeter float64
		for _, body := range shown(t, set, z) {
			layers, err := mvt.Unmarshal(body.Identity())
			if err != nil {
				t.Fatal(err)
			}
			area, length := areaWithin(t, layers[0].Features[0].Geometry, window{0, 4096})
			sum, perimeter = sum+area, perimeter+length
		}
		units := math.Exp2(float64(2 * (18 - int(z)))) // of the grid in a square unit
		want := set.prepared.area(&set.prepared.parts[0]) / units
		if math.Abs(sum-want) > perimeter {
			t.Errorf("zoom %d: %v square units of %v, border %v", z, sum, want, perimeter)
		}
		t.Logf("zoom %d: %.6f of the area, off by %.3f units along the border", z, sum/want, math.Abs(sum-want)/perimeter)
	}
}

// areaWithin returns the area of a polygon inside a window, and the length of
// its border there.
func areaWithin(t *testing.T, g orb.Geometry, w window) (area, length float64) {
	t.Helper()
	multi, ok := g.(orb.MultiPolygon)
	if !ok {
		multi = orb.MultiPolygon{g.(orb.Polygon)}
	}
	for _, polygon := range multi {
		c := clipper{window: w}
		for _, r := range polygon {
			var ring []point
			for _, p := range r {
				ring = append(ring, point{X: int64(p[0]), Y: int64(p[1])})
			}
			c.ring(ring, false)
		}
		spans, _ := c.join(nil)
		area += float64(c.doubleArea(spans)) / 2
		for _, s := range slices.Concat(c.whole, spansOf(c.chains)) {
			for i := s.begin + 1; i < s.end; i++ {
				length += math.Hypot(float64(c.points[i].X-c.points[i-1].X), float64(c.points[i].Y-c.points[i-1].Y))
			}
		}
	}
	return area, length
}

func spansOf(chains []chain) (spans []span) {
	for _, c := range chains {
		spans = append(spans, c.span)
	}
	return spans
}

func TestMakingTilesLeavesTheInputUnchanged(t *testing.T) {
	layers := []Layer{{"zones", append(blocks(3, 3, 10, orb.Point{34, 31}, 1), Feature{ID: "back", Geometry: orb.Polygon{{{34, 31}, {34, 32}, {35, 32}, {35, 31}, {34, 31}}}})}}
	var before []orb.Geometry
	for _, f := range layers[0].Features {
		before = append(before, orb.Clone(f.Geometry))
	}
	set := tileset(t, layers, Options{})
	pyramid(t, set, 9, func(address, *Tile) {})
	for i, f := range layers[0].Features {
		if !orb.Equal(f.Geometry, before[i]) {
			t.Errorf("feature %d changed", i)
		}
	}
}

func TestManyCallersAtOnceGetTheSameBody(t *testing.T) {
	centre := orb.Point{35.5, 47.5}
	set := tileset(t, []Layer{{"zones", blocks(20, 20, 20, centre, 4)}}, Options{})
	at := maptile.At(centre, 8)
	bodies := make([]*Tile, 16)
	var group sync.WaitGroup
	for i := range bodies {
		group.Go(func() {
			body, err := set.Tile(context.Background(), 8, at.X, at.Y)
			if err != nil {
				t.Error(err)
				return
			}
			body.Gzip()
			body.Brotli()
			bodies[i] = body
		})
	}
	group.Wait()
	for _, b := range bodies {
		if b != bodies[0] {
			t.Fatal("two bodies for one tile")
		}
	}
}

// In whatever order and however many at once, tiles have the bytes they have
// when they are made one by one.
func TestTilesMadeAtOnceAreThoseMadeOneByOne(t *testing.T) {
	layers := sampleLayers()
	one, many := tileset(t, layers, Options{}), tileset(t, layers, Options{})
	want := map[address]string{}
	pyramid(t, one, 11, func(a address, b *Tile) { want[a] = b.Hash() })
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for a, hash := range want { // maps are walked in another order each time
				body, err := many.Tile(context.Background(), a.z, a.x, a.y)
				if err != nil || body == nil || body.Hash() != hash {
					t.Errorf("%v differs: %v", a, err)
				}
			}
		})
	}
	group.Wait()
}
