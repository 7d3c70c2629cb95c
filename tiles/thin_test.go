package tiles

import (
	"context"
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/maptile"
	"pgregory.net/rapid"
)

// ribbon is a long polygon and the way that it runs, in tile units of a zoom
// from the corner of the map.
type ribbon struct {
	shape  orb.MultiPolygon
	way    []orb.LineString
	length float64
}

// anyRibbon draws a ribbon of a width, both in tile units: along x or y and
// bending, with a hole or without, in one or two parts, or a circle.
func anyRibbon(t *rapid.T, z uint32, corner orb.Point, length, width float64) (r ribbon) {
	fine := math.Ldexp(gridSize, -12-int(z)) // of the grid in a tile unit
	place := func(p orb.Point) orb.Point {
		return unproject(int32(min(max(math.Round(p[0]*fine), 0), gridSize)), int32(min(max(math.Round(p[1]*fine), 0), gridSize)))
	}
	ring := func(there, back orb.LineString) (out orb.Ring) {
		for _, p := range there {
			out = append(out, place(p))
		}
		for _, p := range slices.Backward(back) {
			out = append(out, place(p))
		}
		return append(out, out[0])
	}
	if rapid.Bool().Draw(t, "circle") {
		radius, steps := length/2/math.Pi, rapid.IntRange(12, 60).Draw(t, "steps")
		circle := func(radius float64) (line orb.LineString) {
			for k := range steps {
				sin, cos := math.Sincos(2 * math.Pi * float64(k) / float64(steps))
				line = append(line, orb.Point{corner[0] + radius*(1+cos), corner[1] + radius*(1+sin)})
			}
			return line
		}
		inner, outer := circle(radius), circle(radius+width)
		for k := range outer { // the same centre
			outer[k][0], outer[k][1] = outer[k][0]-width, outer[k][1]-width
		}
		r.shape = orb.MultiPolygon{{ring(outer, nil), ring(inner, nil)}}
		r.way = []orb.LineString{append(inner, inner[0])}
	} else {
		steps := rapid.IntRange(1, 12).Draw(t, "steps")
		across := rapid.Bool().Draw(t, "along y")
		turn := func(p orb.Point) orb.Point {
			if across {
				return orb.Point{corner[0] + p[1], corner[1] + p[0]}
			}
			return orb.Point{corner[0] + p[0], corner[1] + p[1]}
		}
		var near, far, low, high orb.LineString
		at := orb.Point{}
		for k := range steps + 1 {
			near, far = append(near, turn(at)), append(far, turn(orb.Point{at[0], at[1] + width}))
			if k > 0 && k < steps {
				low, high = append(low, turn(orb.Point{at[0], at[1] + width/4})), append(high, turn(orb.Point{at[0], at[1] + width*3/4}))
			}
			dx := length / float64(steps)
			at = orb.Point{at[0] + dx, at[1] + dx*float64(rapid.IntRange(-8, 8).Draw(t, "slope"))/8}
		}
		polygon := orb.Polygon{ring(near, far)}
		if len(low) > 1 && rapid.Bool().Draw(t, "hole") {
			polygon = append(polygon, ring(low, high))
		}
		r.shape, r.way = orb.MultiPolygon{polygon}, []orb.LineString{near}
	}
	for _, line := range r.way {
		for i := 1; i < len(line); i++ {
			r.length += math.Hypot(line[i][0]-line[i-1][0], line[i][1]-line[i-1][1])
		}
	}
	return r
}

// lengthIn is how long a way runs in a square of the map, in tile units.
func lengthIn(way []orb.LineString, x, y, side float64) (sum float64) {
	for _, line := range way {
		for i := 1; i < len(line); i++ {
			a, b := line[i-1], line[i]
			enter, leave := 0.0, 1.0
			for k, lo := range [2]float64{x, y} {
				d := b[k] - a[k]
				if d == 0 {
					if a[k] < lo || a[k] > lo+side {
						leave = -1
					}
					continue
				}
				s, e := (lo-a[k])/d, (lo+side-a[k])/d
				enter, leave = max(enter, min(s, e)), min(leave, max(s, e))
			}
			if leave > enter {
				sum += (leave - enter) * math.Hypot(b[0]-a[0], b[1]-a[1])
			}
		}
	}
	return sum
}

// However narrow a polygon is, each tile that it runs through for eight pixels
// shows some of it, and all tiles of a zoom together no more than a square unit
// too much or too little for each cell that it runs through.
func TestAThinPolygonIsInSightInEveryTileAtEveryZoom(test *testing.T) {
	thin, tilesSeen := 0, 0
	rapid.Check(test, func(t *rapid.T) {
		z := rapid.Uint32Range(1, 14).Draw(t, "zoom")
		units := math.Ldexp(4096, int(z))
		length := min(math.Exp(rapid.Float64Range(3.5, 9).Draw(t, "length")), units/3)
		width := max(math.Exp(rapid.Float64Range(-5, 1.5).Draw(t, "width")), math.Ldexp(4096*4, int(z))/gridSize) // four grid units: less may have no area
		corner := orb.Point{
			rapid.SampledFrom([]float64{0, 0.5, 0.25, 0.6}).Draw(t, "x")*units + float64(rapid.IntRange(0, 4096).Draw(t, "right"))/64,
			rapid.SampledFrom([]float64{0.35, 0.5, 0.4}).Draw(t, "y")*units + float64(rapid.IntRange(0, 4096).Draw(t, "down"))/64,
		}
		r := anyRibbon(t, z, corner, length, width)
		set, err := NewTileset(t.Context(), []Layer{{"zones", []Feature{{ID: "ribbon", Geometry: r.shape}}}}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		part := &set.prepared.parts[0]
		unit := math.Ldexp(1, set.options.shift(z))
		owed := set.prepared.area(part) / unit / unit
		if owed == 0 {
			t.Skip("nothing is left on the grid")
		}
		var painted float64
		for x, y := range set.Covered(z) {
			body, err := set.Tile(context.Background(), z, x, y)
			if err != nil {
				t.Fatal(err)
			}
			run := lengthIn(r.way, float64(x)*4096, float64(y)*4096, 4096)
			if body == nil {
				if run > 64 {
					t.Fatalf("tile %d/%d/%d is empty, and the polygon runs through it for %.0f units", z, x, y, run)
				}
				continue
			}
			tilesSeen++
			if err := checkTile(body.Identity(), []string{"zones"}, 64); err != nil {
				t.Fatal(err)
			}
			layers, err := mvt.Unmarshal(body.Identity())
			if err != nil {
				t.Fatal(err)
			}
			area, _ := areaWithin(test, layers[0].Features[0].Geometry, window{0, 4096})
			painted += area
		}
		bound := r.length + 16 // as it is drawn: a strip of a unit along one of its sides
		if part.thin>>z&1 != 0 {
			thin++
			bound = r.length/8 + 8 // no more cells than that
		}
		if math.Abs(painted-owed) > bound {
			t.Fatalf("zoom %d: %.2f square units are painted of %.2f; %.1f may be off", z, painted, owed, bound)
		}
	})
	if thin < 5 || tilesSeen < 20 {
		test.Errorf("only %d thin polygons, in %d tiles", thin, tilesSeen)
	}
}

// A strip of 104 km by 22 m, level, leaning and steep, with tile seams across it.
func TestAPolygonOnceInSightStaysInSight(t *testing.T) {
	for name, ring := range map[string]orb.Ring{
		"level":               {{10.2, 21.2}, {11.2, 21.2}, {11.2, 21.2002}, {10.2, 21.2002}, {10.2, 21.2}},
		"leaning":             {{10.2, 21.2}, {11.2, 21.9}, {11.2, 21.9002}, {10.2, 21.2002}, {10.2, 21.2}},
		"steep":               {{10.7, 20.7}, {10.7002, 20.7}, {10.7002, 21.7}, {10.7, 21.7}, {10.7, 20.7}},
		"at the antimeridian": {{179, 21.2}, {180, 21.3}, {180, 21.3002}, {179, 21.2002}, {179, 21.2}},
	} {
		set := tileset(t, []Layer{{"zones", []Feature{{ID: "strip", Geometry: orb.Polygon{ring}}}}}, Options{})
		middle := orb.Point{(ring[0][0] + ring[2][0]) / 2, (ring[0][1] + ring[2][1]) / 2}
		for z := uint32(0); z <= 16; z++ {
			at := maptile.At(middle, maptile.Zoom(z))
			body, err := set.Tile(context.Background(), z, at.X, at.Y)
			if err != nil {
				t.Fatal(err)
			}
			if body == nil {
				t.Errorf("%s: nothing at zoom %d", name, z)
			}
		}
	}
}

// Two tiles draw the same dashes where both see them.
func TestTilesAgreeOnTheDashesInTheirBuffers(t *testing.T) {
	compared := 0
	rapid.Check(t, func(t *rapid.T) {
		const z, y = 8, 100
		x := rapid.Uint32Range(100, 103).Draw(t, "x")
		corner := orb.Point{float64(x+1)*4096 - 200, y*4096 + float64(rapid.IntRange(0, 3000).Draw(t, "down"))}
		r := anyRibbon(t, z, corner, rapid.Float64Range(100, 3000).Draw(t, "length"), rapid.Float64Range(0.01, 1).Draw(t, "width"))
		set, err := NewTileset(t.Context(), []Layer{{"zones", []Feature{{ID: "ribbon", Geometry: r.shape}}}}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		seen := [2]map[[4]vertex]bool{{}, {}}
		for k := range seen {
			c := newCanvas(set.prepared, set.parts, &set.options)
			c.view = c.options.view(z, x+uint32(k), y)
			c.small.begin(c.view.window)
			c.drawThin(&set.prepared.parts[0])
			seam := int64(x+1) * 4096
			for _, s := range c.spans {
				var dash [4]vertex
				inside := true
				for i, p := range c.clipper.points[s.begin:s.end] {
					dash[i] = c.view.place(p)
					inside = inside && int64(dash[i].x) >= seam-64 && int64(dash[i].x) <= seam+64
				}
				if inside {
					seen[k][dash] = true
				}
			}
		}
		compared += len(seen[0])
		if !maps.Equal(seen[0], seen[1]) {
			t.Fatalf("the left tile has %v, the right one %v", seen[0], seen[1])
		}
	})
	if compared < 10 {
		t.Errorf("only %d dashes in the buffers", compared)
	}
}

// Land with very many small holes is no thin polygon, however long their borders are.
func TestLandWithManySmallHolesIsNotThin(t *testing.T) {
	land := square(28, 45, 34, 51)
	for i := range 60 {
		for j := range 60 {
			x, y := 28.05+float64(i)*0.1, 45.05+float64(j)*0.09
			land = append(land, square(x, y, x+0.04, y+0.04)[0])
		}
	}
	set := tileset(t, []Layer{{data.HeldLayer, []Feature{{ID: "land", Geometry: land}}}}, Options{})
	if thin := set.prepared.parts[0].thin; thin != 0 {
		t.Errorf("it is thin at zooms %b", thin)
	}
}

// What the cells of a polygon cover adds up to its area: where a side leaves a
// cell it moves by half a grid unit at most.
func TestTheCellsOfAPolygonAddUpToItsArea(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const fine = 1 << 10
		at := rapid.IntRange(10, 4000*fine)
		var path []vertex
		for range rapid.IntRange(3, 12).Draw(t, "points") {
			path = append(path, vertex{int32(at.Draw(t, "x")), int32(at.Draw(t, "y"))})
		}
		c := coverage{side: smallCell * fine, count: 256}
		c.ring(path)
		var sum int64
		for _, cell := range c.cells() {
			sum += cell.doubleArea
		}
		want, perimeter := 2*area(path), 0.0
		for i, p := range path {
			q := path[(i+1)%len(path)]
			perimeter += math.Hypot(float64(q.x-p.x), float64(q.y-p.y))
		}
		if math.Abs(float64(sum)-want) > perimeter {
			t.Fatalf("the cells cover %d, the polygon %.0f, twice the area", sum, want)
		}
	})
}
