package geo

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// maxLongitude bounds the longitudes that are read: one turn beyond ±180.
const maxLongitude = 540

// halfTurn is the longest edge, in degrees, that is as long as it says. The
// billionth is for the middle of a full turn, which rounding may put a hair off.
const halfTurn = 180 + 1e-9

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
		ambiguous = ambiguous || (d > halfTurn && d < 360)
		prev = p
	}
	if ambiguous {
		var err error
		if r, box, err = readAmbiguous(r, box, as); err != nil {
			return nil, box, err
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

// readAmbiguous chooses among the readings of a ring with ambiguous edges. Both
// the ring as given and the ring read the short way may turn the way that its
// role asks. The short way is then meant: the other is a sliver round the globe.
func readAmbiguous(r orb.Ring, box extent, as role) (orb.Ring, extent, error) {
	// A full turn, or half of one, may be off by a rounded decimal. What then is
	// left the short way is an area of such errors, less than a metre wide.
	least := 1e-8 * (box.east - box.west) * (box.north - box.south)
	turnsRight := func(s orb.Ring) bool { return twiceArea(s)*float64(as) > 2*least }

	short := unwrapRing(r, true)
	right := short.closes && turnsRight(short.ring)
	if !right && short.fullTurns {
		short = unwrapRing(r, false)
		right = short.closes && turnsRight(short.ring)
	}
	switch {
	case !short.closes:
		last := r[len(r)-1]
		return nil, box, fmt.Errorf("[%v %v]: %w", last[0], last[1], ErrPole)
	case !right && winding(r) == as:
		return r, box, nil
	}
	return short.ring, short.box, nil
}

// unwrapped is a ring with every ambiguous edge the short way round.
type unwrapped struct {
	ring      orb.Ring
	box       extent
	closes    bool // it returns to where it began
	fullTurns bool // it had edges of exactly 360 degrees, which were levelled
}

// unwrapRing adds the turns of each edge to all vertices after it. It may level
// edges of exactly 360 degrees: their ends are one longitude, written as 180 and
// as −180. Along a pole it never does, where such an edge closes a ring over it.
func unwrapRing(r orb.Ring, level bool) unwrapped {
	u := unwrapped{ring: make(orb.Ring, len(r)), box: newExtent()}
	turn := 0.0
	prev := r[0]
	for i, p := range r {
		turn += u.turn(prev, p, level)
		u.ring[i] = orb.Point{p[0] + turn, p[1]}
		u.box.add(u.ring[i][0], u.ring[i][1])
		prev = p
	}
	u.closes = turn+u.turn(prev, r[0], level) == 0
	return u
}

func (u *unwrapped) turn(a, b orb.Point, level bool) float64 {
	d := b[0] - a[0]
	if math.Abs(d) <= halfTurn {
		return 0
	}
	alongPole := a[1] == b[1] && math.Abs(a[1]) == 90
	if level && math.Abs(d) == 360 && !alongPole {
		u.fullTurns = true
		return -d
	}
	return turnBetween(a, b)
}

// turnBetween is the multiple of 360 that makes the edge from a to b run the
// short way. It is 0 unless the edge is ambiguous.
func turnBetween(a, b orb.Point) float64 {
	switch d := b[0] - a[0]; {
	case d > halfTurn && d < 360:
		return -360
	case d < -halfTurn && d > -360:
		return 360
	}
	return 0
}

// winding returns the role that a ring turns as in the plane, or 0 when it
// encloses as much to its left as to its right.
func winding(r orb.Ring) role {
	switch area := twiceArea(r); {
	case area > 0:
		return shell
	case area < 0:
		return hole
	}
	return 0
}

// twiceArea is twice the area in square degrees, positive counter-clockwise.
// The sum begins at the least vertex, so that its last bit does not depend on
// where the ring begins.
func twiceArea(r orb.Ring) float64 {
	least := 0
	for i, p := range r {
		if q := r[least]; p[0] < q[0] || p[0] == q[0] && p[1] < q[1] {
			least = i
		}
	}
	var twice compensated
	o := r[least]
	prev := o
	for i := range r {
		p := r[(least+i+1)%len(r)]
		twice.add((prev[0]-o[0])*(p[1]-o[1]) - (p[0]-o[0])*(prev[1]-o[1]))
		prev = p
	}
	return twice.value()
}
