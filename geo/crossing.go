package geo

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/tidwall/rtree"
)

// fewEdges is up to how many edges comparing all pairs is quicker than an index.
const fewEdges = 40

// SimpleRing reports whether no edge of a closed ring has any point in common
// with another, but for the ends that neighbours share. It is exact. A ring
// that is not simple need not be wrong: it may touch itself.
func SimpleRing(r orb.Ring) bool {
	n := len(r) - 1
	if n < 3 {
		return false
	}
	if n <= fewEdges {
		var low, high [fewEdges][2]float64
		for j := range n {
			low[j], high[j] = segment{r[j], r[j+1]}.bound()
			for i := range j {
				apart := low[i][0] > high[j][0] || low[j][0] > high[i][0] || low[i][1] > high[j][1] || low[j][1] > high[i][1]
				if !apart && meet(r, i, j) { // neighbours are never apart
					return false
				}
			}
		}
		return true
	}
	var tree rtree.RTreeG[int]
	simple := true
	for j := 0; j < n && simple; j++ {
		low, high := segment{r[j], r[j+1]}.bound()
		tree.Search(low, high, func(_, _ [2]float64, i int) bool {
			simple = !meet(r, i, j)
			return simple
		})
		tree.Insert(low, high, j)
	}
	return simple
}

// meet reports whether edges i < j of a closed ring meet elsewhere than
// neighbours do.
func meet(r orb.Ring, i, j int) bool {
	s, t := segment{r[i], r[i+1]}, segment{r[j], r[j+1]}
	switch {
	case j == i+1:
		return t.a != s.b || s.doublesBack(t.b)
	case i == 0 && j == len(r)-2:
		return s.a != t.b || t.doublesBack(s.b)
	}
	lowS, highS := s.bound()
	lowT, highT := t.bound()
	if lowS[0] > highT[0] || lowT[0] > highS[0] || lowS[1] > highT[1] || lowT[1] > highS[1] {
		return false
	}
	return orientation(s.a, s.b, t.a)*orientation(s.a, s.b, t.b) <= 0 &&
		orientation(t.a, t.b, s.a)*orientation(t.a, t.b, s.b) <= 0
}

// segment is a straight edge in longitude and latitude.
type segment struct{ a, b orb.Point }

func (s segment) bound() (low, high [2]float64) {
	return [2]float64{math.Min(s.a[0], s.b[0]), math.Min(s.a[1], s.b[1])},
		[2]float64{math.Max(s.a[0], s.b[0]), math.Max(s.a[1], s.b[1])}
}

// doublesBack reports whether an edge that goes on from s.b to p runs back along s.
func (s segment) doublesBack(p orb.Point) bool {
	if orientation(s.a, s.b, p) != 0 {
		return false
	}
	return (p[0]-s.b[0])*(s.a[0]-s.b[0])+(p[1]-s.b[1])*(s.a[1]-s.b[1]) > 0
}

// cross reports whether two segments properly cross, and about where.
func (s segment) cross(t segment) (orb.Point, bool) {
	if s.a == t.a || s.a == t.b || s.b == t.a || s.b == t.b {
		return orb.Point{}, false // neighbours, whose exact test would be slow
	}
	if orientation(s.a, s.b, t.a)*orientation(s.a, s.b, t.b) >= 0 ||
		orientation(t.a, t.b, s.a)*orientation(t.a, t.b, s.b) >= 0 {
		return orb.Point{}, false
	}
	dx, dy := s.b[0]-s.a[0], s.b[1]-s.a[1]
	ex, ey := t.b[0]-t.a[0], t.b[1]-t.a[1]
	f := ((t.a[0]-s.a[0])*ey - (t.a[1]-s.a[1])*ex) / (dx*ey - dy*ex)
	if !(f >= 0 && f <= 1) { // nearly parallel: any point of the shorter stretch will do
		f = 0.5
	}
	return orb.Point{s.a[0] + f*dx, s.a[1] + f*dy}, true
}

// InRing reports whether a point lies inside a closed ring or on its boundary, exactly.
func InRing(r orb.Ring, p orb.Point) bool {
	inside := false
	for i := 1; i < len(r); i++ {
		a, b := r[i-1], r[i]
		if a[1] > b[1] {
			a, b = b, a
		}
		if p[1] < a[1] || p[1] > b[1] {
			continue
		}
		side := orientation(a, b, p)
		if side == 0 && p[0] >= math.Min(a[0], b[0]) && p[0] <= math.Max(a[0], b[0]) {
			return true
		}
		if p[1] < b[1] && side > 0 { // half-open in latitude, so a vertex counts once
			inside = !inside
		}
	}
	return inside
}
