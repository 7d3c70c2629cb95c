package tiles

import (
	"context"
	"fmt"

	"github.com/demarc-map/demarc/geo/arrange"
)

// cleaner makes valid polygons of the rings of a feature, once they are cut and
// on the grid.
type cleaner struct {
	arrange.Cleaner
	budget   int64 // for one feature, as arrange.Arrangement.Budget counts
	validity validity
	cleaned  bool // by the last call: the rings were not found valid as they were
	rings    [][]point
	areas    []int64 // twice the area of each ring
	shells   []int   // the polygon that each shell begins, the shell that each hole is in
	result   []arrange.Polygon
}

// cleanBudget bounds the work for one feature of one tile: some hundred
// milliseconds, for what no valid geometry comes near.
const cleanBudget = 1 << 26

// manyRings is how many rings are looked for in each other one by one.
const manyRings = 64

// polygons returns the polygons that rings, spans of points, cover with
// positive winding, in order of their shells. Rings that are valid already are
// returned as they are; sure says that the cut did not find them crossing, and
// proven that they were valid before they were cut. The result is valid until
// the next call.
func (c *cleaner) polygons(ctx context.Context, w window, points []point, spans []span, sure, proven bool) ([]arrange.Polygon, error) {
	c.cleaned = false
	c.rings, c.areas = c.rings[:0], c.areas[:0]
	for _, s := range spans {
		ring := points[s.begin:s.end]
		if len(ring) < 3 {
			continue
		}
		c.rings = append(c.rings, ring)
		c.areas = append(c.areas, doubleArea(ring))
	}
	if len(c.rings) == 0 {
		return nil, nil
	}
	if sure && len(c.rings) <= manyRings && c.validity.holds(w, c.rings, proven) && c.nest() {
		return c.result, nil
	}
	c.cleaned = true
	c.Arrangement.Budget = c.budget
	cleaned, err := c.Clean(ctx, c.rings, arrange.Positive)
	if err != nil {
		return nil, fmt.Errorf("tiles: %w", err)
	}
	return cleaned, nil
}

// nest puts holes into their shells, for rings that do not meet: the smallest
// shell around a hole is its own. It reports whether every shell lies outside
// all polygons and every hole inside one.
func (c *cleaner) nest() bool {
	c.result, c.shells = c.result[:0], grow(c.shells, len(c.rings))
	for i, ring := range c.rings {
		if c.areas[i] == 0 {
			return false
		}
		wound, shell := 0, -1
		for j, other := range c.rings {
			if i == j || !within(ring[0], other) {
				continue
			}
			if c.areas[j] < 0 {
				wound--
				continue
			}
			wound++
			if shell < 0 || c.areas[j] < c.areas[shell] {
				shell = j
			}
		}
		if isHole := c.areas[i] < 0; isHole && wound != 1 || !isHole && wound != 0 {
			return false
		}
		c.shells[i] = shell
		if c.areas[i] > 0 {
			c.shells[i] = len(c.result)
			c.result = append(c.result, c.rings[i:i+1:i+1])
		}
	}
	for i, area := range c.areas {
		if area < 0 {
			k := c.shells[c.shells[i]]
			c.result[k] = append(c.result[k], c.rings[i])
		}
	}
	return true
}

// within reports whether p, which is on no side of the ring, is inside it.
func within(p point, ring []point) bool {
	inside := false
	a := ring[len(ring)-1]
	for _, b := range ring {
		if (a.Y > p.Y) != (b.Y > p.Y) {
			if side := (b.X-a.X)*(p.Y-a.Y) - (b.Y-a.Y)*(p.X-a.X); (side > 0) == (b.Y > a.Y) {
				inside = !inside
			}
		}
		a = b
	}
	return inside
}

// doubleArea is twice the signed area of a ring.
func doubleArea(ring []point) int64 {
	var sum int64
	o := ring[0]
	for i := 1; i+1 < len(ring); i++ {
		a, b := ring[i], ring[i+1]
		sum += (a.X-o.X)*(b.Y-o.Y) - (b.X-o.X)*(a.Y-o.Y)
	}
	return sum
}
