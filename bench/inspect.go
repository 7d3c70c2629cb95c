package main

import (
	"fmt"
	"maps"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
)

const extent = 4096 // tile units a side

// inspect decodes tiles with orb's decoder and says what they hold: bytes, the
// share of the true area that is drawn (mean of the zooms, and the worst), how much
// of it is drawn too large or too small zone by zone, how many polygons, and how
// many of them are invalid.
func (w *work) inspect(b *Bench, made [][]byte) ([]string, error) {
	truth := w.trueAreas()
	var drawn, land, amiss [lastZoom + 1]float64
	var polygons []orb.Polygon
	bytes := 0
	for i, tile := range made {
		bytes += len(tile)
		z := w.tiles[i][0]
		rest := maps.Clone(truth[i]) // of each zone, what is not drawn yet
		for _, area := range rest {
			land[z] += area
		}
		layers, err := mvt.Unmarshal(tile)
		if err != nil {
			return nil, fmt.Errorf("tile %v: %w", w.tiles[i], err)
		}
		for _, layer := range layers {
			for _, f := range layer.Features {
				switch g := f.Geometry.(type) {
				case orb.Polygon:
					polygons = append(polygons, g)
				case orb.MultiPolygon:
					polygons = append(polygons, g...)
				default:
					continue
				}
				area := areaInTile(f.Geometry)
				drawn[z] += area
				number, ok := f.Properties["x_number"].(float64)
				if !ok {
					return nil, fmt.Errorf("tile %v: x_number is %v", w.tiles[i], f.Properties["x_number"])
				}
				rest[int(number)] -= area
			}
		}
		for _, area := range rest {
			amiss[z] += math.Abs(area)
		}
	}
	misplaced := 0.0
	mean, worst, worstZoom := 0.0, math.Inf(1), 0
	for z := firstZoom; z <= lastZoom; z++ {
		kept := drawn[z] / land[z]
		mean += kept / (lastZoom - firstZoom + 1)
		misplaced += amiss[z] / land[z] / (lastZoom - firstZoom + 1)
		if kept < worst {
			worst, worstZoom = kept, z
		}
	}
	invalid := "not judged"
	if d, err := b.postgis(); err == nil {
		n, err := d.invalid(b.ctx, polygons)
		if err != nil {
			return nil, err
		}
		invalid = fmt.Sprint(n)
	}
	return []string{fmt.Sprint(bytes), fmt.Sprintf("%.5f", mean), fmt.Sprintf("%.5f at z%d", worst, worstZoom), fmt.Sprintf("%.5f", misplaced), fmt.Sprint(len(polygons)), invalid}, nil
}

// trueAreas returns the area of each zone inside each tile, without rounding, by
// the zone's number.
func (w *work) trueAreas() []map[int]float64 {
	if w.truth != nil {
		return w.truth
	}
	w.truth = make([]map[int]float64, len(w.tiles))
	for i := range w.truth {
		w.truth[i] = map[int]float64{}
	}
	for zone := range w.set.Zones() {
		world := make(orb.Polygon, len(zone.Shape))
		for i, ring := range zone.Shape {
			for _, p := range ring {
				world[i] = append(world[i], mercator(p))
			}
		}
		bound := world.Bound()
		for i, t := range w.tiles {
			size := math.Ldexp(1, -int(t[0])) // of a tile in the world
			corner := orb.Point{float64(t[1]) * size, float64(t[2]) * size}
			if bound.Max[0] < corner[0] || bound.Min[0] > corner[0]+size || bound.Max[1] < corner[1] || bound.Min[1] > corner[1]+size {
				continue
			}
			local := make(orb.Polygon, len(world))
			for k, ring := range world {
				for _, p := range ring {
					local[k] = append(local[k], orb.Point{(p[0] - corner[0]) / size * extent, (p[1] - corner[1]) / size * extent})
				}
			}
			if area := areaInTile(local); area > 0 {
				w.truth[i][zone.Number] = area
			}
		}
	}
	return w.truth
}

// mercator returns x east and y south in the unit square of the world.
func mercator(p orb.Point) orb.Point {
	sin := math.Sin(p[1] * math.Pi / 180)
	return orb.Point{p[0]/360 + 0.5, 0.5 - math.Atanh(sin)/(2*math.Pi)}
}

// areaInTile returns the area of polygons inside a tile without its buffer, in
// square tile units; the first ring of a polygon counts, the others are holes.
func areaInTile(g orb.Geometry) float64 {
	var sum float64
	switch g := g.(type) {
	case orb.Polygon:
		for i, ring := range g {
			area := math.Abs(clippedArea(ring))
			if i > 0 {
				area = -area
			}
			sum += area
		}
	case orb.MultiPolygon:
		for _, p := range g {
			sum += areaInTile(p)
		}
	}
	return sum
}

// clippedArea returns the signed area of a ring inside the tile: the ring is cut
// by one side after another (Sutherland and Hodgman, 1974), whose bridges along
// the sides enclose nothing.
func clippedArea(ring orb.Ring) float64 {
	for _, side := range []struct {
		axis  int
		limit float64
		sign  float64
	}{{0, 0, 1}, {0, extent, -1}, {1, 0, 1}, {1, extent, -1}} {
		var kept orb.Ring
		for i, q := range ring {
			p := ring[(i+len(ring)-1)%len(ring)]
			dp, dq := side.sign*(p[side.axis]-side.limit), side.sign*(q[side.axis]-side.limit)
			if dp*dq < 0 {
				f := dp / (dp - dq)
				kept = append(kept, orb.Point{p[0] + f*(q[0]-p[0]), p[1] + f*(q[1]-p[1])})
			}
			if dq >= 0 {
				kept = append(kept, q)
			}
		}
		ring = kept
	}
	var twice float64
	for i, q := range ring {
		p := ring[(i+len(ring)-1)%len(ring)]
		twice += p[0]*q[1] - p[1]*q[0]
	}
	return twice / 2
}
