package geo

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// maxLongitude bounds the longitudes that are read: one turn beyond ±180.
const maxLongitude = 540

// role says which way a ring turns under the right-hand rule of RFC 7946,
// section 3.1.6.
type role float64

const (
	shell role = +1 // counter-clockwise
	hole  role = -1 // clockwise
)

// checkPoint returns ErrCoordinate with the place unless p can be measured.
func checkPoint(p orb.Point) error {
	// Written so that a NaN fails too.
	if math.Abs(p[1]) <= 90 && math.Abs(p[0]) <= maxLongitude {
		return nil
	}
	return fmt.Errorf("[%v %v]: %w", p[0], p[1], ErrCoordinate)
}

// openRing drops the closing vertex.
func openRing(r orb.Ring) orb.Ring {
	if n := len(r); n > 1 && r[0] == r[n-1] {
		return r[:n-1]
	}
	return r
}

// readRing returns the vertices of a ring without the closing one, with
// longitudes that run on past the antimeridian where the ring does, and their
// extent. The ring itself is returned whenever no edge is ambiguous; it is
// never changed. See the package documentation for the rule.
func readRing(r orb.Ring, as role) (orb.Ring, extent, error) {
	r = openRing(r)
	box := newExtent()
	if len(r) == 0 {
		return r, box, nil
	}
	ambiguous := false
	prev := r[len(r)-1]
	for i, p := range r {
		if err := checkPoint(p); err != nil {
			return nil, box, fmt.Errorf("vertex %d %w", i, err)
		}
		box.add(p[0], p[1])
		d := math.Abs(p[0] - prev[0])
		ambiguous = ambiguous || (d > 180 && d < 360)
		prev = p
	}
	if ambiguous {
		unwrapped, unwrappedBox, err := unwrapRing(r)
		if err != nil {
			return nil, box, err
		}
		if winding(r) != as {
			r, box = unwrapped, unwrappedBox
		}
	}
	if box.east-box.west > 360 {
		return nil, box, fmt.Errorf("from longitude %v to %v: %w", box.west, box.east, ErrWide)
	}
	return r, box, nil
}

// eachRing reads the rings of a polygon and hands them on, each with the whole
// turns to add to its longitudes: holes are brought to where the shell is. It
// returns the extent of the polygon.
func eachRing(polygon orb.Polygon, do func(ring orb.Ring, shift float64, as role)) (extent, error) {
	all := newExtent()
	for i, r := range polygon {
		as := shell
		if i > 0 {
			as = hole
		}
		ring, box, err := readRing(r, as)
		if err != nil {
			return all, fmt.Errorf("ring %d %w", i, err)
		}
		if box.empty() {
			continue
		}
		shift := 0.0
		if !all.empty() {
			shift = box.turnTowards(all.middle())
		}
		do(ring, shift, as)
		box.west, box.east = box.west+shift, box.east+shift
		all.join(box)
	}
	return all, nil
}

// unwrapRing reads every ambiguous edge the short way round.
func unwrapRing(r orb.Ring) (orb.Ring, extent, error) {
	out, box, turn := make(orb.Ring, len(r)), newExtent(), 0.0
	for i, p := range r {
		if i > 0 {
			turn += turnBetween(r[i-1], p)
		}
		out[i] = orb.Point{p[0] + turn, p[1]}
		box.add(out[i][0], out[i][1])
	}
	last := r[len(r)-1]
	if turn+turnBetween(last, r[0]) != 0 {
		return nil, box, fmt.Errorf("[%v %v]: %w", last[0], last[1], ErrPole)
	}
	return out, box, nil
}

// turnBetween is the multiple of 360 that makes the edge from a to b run the
// short way. It is 0 unless the edge is ambiguous.
func turnBetween(a, b orb.Point) float64 {
	switch d := b[0] - a[0]; {
	case d > 180 && d < 360:
		return -360
	case d < -180 && d > -360:
		return 360
	}
	return 0
}

// winding returns the role that a ring turns as in the plane, or 0 when it
// encloses as much to its left as to its right. The sum begins at the least
// vertex, so that its last bit does not depend on where the ring begins.
func winding(r orb.Ring) role {
	least := 0
	for i, p := range r {
		if q := r[least]; p[0] < q[0] || p[0] == q[0] && p[1] < q[1] {
			least = i
		}
	}
	var twice compensated // square degrees
	o := r[least]
	prev := o
	for i := range r {
		p := r[(least+i+1)%len(r)]
		twice.add((prev[0]-o[0])*(p[1]-o[1]) - (p[0]-o[0])*(prev[1]-o[1]))
		prev = p
	}
	switch area := twice.value(); {
	case area > 0:
		return shell
	case area < 0:
		return hole
	}
	return 0
}
