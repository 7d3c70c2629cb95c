package foreign

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// Shape types, those with heights (Z) and measures (M) by their plain type.
const (
	shapeNull       = 0
	shapePoint      = 1
	shapeLine       = 3
	shapePolygon    = 5
	shapeMultiPoint = 8
	shapeMultiPatch = 31
)

// readShape reads the content of a record; nil of a null shape. Heights and measures
// are left out. Said is how unclear rings were understood, wrong why it cannot be read.
func readShape(content []byte) (g orb.Geometry, said, wrong string) {
	kind := binary.LittleEndian.Uint32(content)
	if kind > 10 && kind < 30 {
		kind %= 10
	}
	c := shapeCursor{content[4:]}
	switch kind {
	case shapeNull:
		return nil, "", ""
	case shapePoint:
		points, ok := c.points(1)
		if !ok {
			return nil, "", "a point ends too early"
		}
		return points[0], "", ""
	case shapeMultiPoint:
		points, wrong := c.multiPoint()
		return orb.MultiPoint(points), "", wrong
	case shapeLine, shapePolygon:
		parts, wrong := c.parts()
		if wrong != "" || len(parts) == 0 {
			return nil, "", wrong
		}
		if kind == shapeLine {
			return shapeLines(parts), "", ""
		}
		polygons, said := fromRings(shapeRings(parts))
		if len(polygons) == 1 {
			return polygons[0], said, ""
		}
		return polygons, said, ""
	}
	return nil, "", fmt.Sprintf("%d is no type of a shape", kind)
}

// shapeLines is a line of each part.
func shapeLines(parts [][]orb.Point) orb.Geometry {
	if len(parts) == 1 {
		return orb.LineString(parts[0])
	}
	all := make(orb.MultiLineString, len(parts))
	for i, p := range parts {
		all[i] = p
	}
	return all
}

// shapeRings is a ring of each part.
func shapeRings(parts [][]orb.Point) []orb.Ring {
	all := make([]orb.Ring, len(parts))
	for i, p := range parts {
		all[i] = p
	}
	return all
}

// shapeCursor reads what is left of a record.
type shapeCursor struct{ left []byte }

// shapeBox is how many bytes the bounding box of a shape takes.
const shapeBox = 32

// multiPoint reads box, number and points.
func (c *shapeCursor) multiPoint() (points []orb.Point, wrong string) {
	if !c.skip(shapeBox) {
		return nil, "a shape ends within its box"
	}
	n, ok := c.number()
	if ok {
		points, ok = c.points(n)
	}
	if !ok {
		return nil, fmt.Sprintf("it says that it has %d points, and ends before", n)
	}
	return points, ""
}

// parts reads box, numbers, where parts begin, and their points.
func (c *shapeCursor) parts() (parts [][]orb.Point, wrong string) {
	if !c.skip(shapeBox) {
		return nil, "a shape ends within its box"
	}
	n, okN := c.number()
	size, okSize := c.number()
	if !okN || !okSize || 4*n > len(c.left) || 16*size > len(c.left)-4*n {
		return nil, fmt.Sprintf("it says that it has %d parts and %d points, and ends before", n, size)
	}
	begins := make([]int, n+1)
	for i := range n {
		begins[i], _ = c.number()
	}
	begins[n] = size
	points, _ := c.points(size)
	if n > 0 && begins[0] != 0 || n == 0 && size > 0 {
		return nil, "its points begin before its first part"
	}
	for i := range n {
		if begins[i+1] < begins[i] || begins[i+1] > size {
			return nil, fmt.Sprintf("part %d ends before it begins, or after all points", i)
		}
		parts = append(parts, points[begins[i]:begins[i+1]:begins[i+1]])
	}
	return parts, ""
}

func (c *shapeCursor) skip(n int) bool {
	if n > len(c.left) {
		return false
	}
	c.left = c.left[n:]
	return true
}

// number reads a count, which is no more than an int32.
func (c *shapeCursor) number() (int, bool) {
	if len(c.left) < 4 {
		return 0, false
	}
	n := binary.LittleEndian.Uint32(c.left)
	c.left = c.left[4:]
	return int(n), n <= math.MaxInt32
}

// points reads so many points, checked against the bytes that are there.
func (c *shapeCursor) points(n int) ([]orb.Point, bool) {
	if n > len(c.left)/16 {
		return nil, false
	}
	all := make([]orb.Point, n)
	for i := range all {
		for axis := range 2 {
			all[i][axis] = math.Float64frombits(binary.LittleEndian.Uint64(c.left[16*i+8*axis:]))
		}
	}
	c.left = c.left[16*n:]
	return all, true
}
