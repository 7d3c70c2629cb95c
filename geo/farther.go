package geo

import (
	"cmp"
	"iter"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// farther finds the parts of stretches that are farther than limit metres from
// the edges of an index. It measures on a plane that touches the ellipsoid at
// the middle of the stretch, on which a limit of ten kilometres is right to a
// thousandth; longer stretches than longestFlat are taken in pieces.
type farther struct {
	index *Index
	limit float64      // metres
	near  [][2]float64 // shares of the stretch that are within the limit
}

// Farther returns the parts of a straight stretch that are farther than so many
// metres from every edge of the index, in the direction of the stretch: what
// [Front] keeps of a line beside a border. It is measured as there, and a part is
// no longer than a tenth of a degree.
func (x *Index) Farther(from, to orb.Point, metres float64) (parts [][2]orb.Point) {
	f := farther{index: x, limit: metres}
	for _, part := range f.append(nil, directed{from, to}) {
		parts = append(parts, [2]orb.Point{part.from, part.to})
	}
	return parts
}

// directed is a straight stretch.
type directed struct{ from, to orb.Point }

// at returns the place at the share t of the stretch.
func (d directed) at(t float64) orb.Point {
	switch t {
	case 0:
		return d.from
	case 1:
		return d.to
	}
	return orb.Point{d.from[0] + (d.to[0]-d.from[0])*t, d.from[1] + (d.to[1]-d.from[1])*t}
}

// longestFlat is how many degrees of latitude or longitude are taken as flat.
const longestFlat = 0.1

// append appends the far parts of a stretch.
func (f *farther) append(kept []directed, s directed) []directed {
	for piece := range s.flats() {
		at := 0.0
		for _, n := range f.within(piece) {
			if n[0] > at {
				kept = append(kept, directed{piece.at(at), piece.at(n[0])})
			}
			at = max(at, n[1])
		}
		if at < 1 {
			kept = append(kept, directed{piece.at(at), piece.to})
		}
	}
	return kept
}

// appendNear appends the other parts of a stretch.
func (f *farther) appendNear(kept []directed, s directed) []directed {
	for piece := range s.flats() {
		at := 0.0
		for _, n := range f.within(piece) {
			if from := max(at, n[0]); from < n[1] {
				kept = append(kept, directed{piece.at(from), piece.at(n[1])})
			}
			at = max(at, n[1])
		}
	}
	return kept
}

// flats are the pieces of a stretch that are short enough to be taken as flat.
func (d directed) flats() iter.Seq[directed] {
	return func(yield func(directed) bool) {
		pieces := max(1, math.Ceil(max(math.Abs(d.to[0]-d.from[0]), math.Abs(d.to[1]-d.from[1]))/longestFlat))
		for i := range int(pieces) {
			if !yield(directed{d.at(float64(i) / pieces), d.at(float64(i+1) / pieces)}) {
				return
			}
		}
	}
}

// within returns the shares of a stretch that are within the limit, by where they begin.
func (f *farther) within(s directed) [][2]float64 {
	flat := flatAt(s.at(0.5))
	box := orb.MultiPoint{s.from, s.to}.Bound()
	dx, dy := f.limit/flat.x, f.limit/flat.y
	box.Min, box.Max = orb.Point{box.Min[0] - dx, box.Min[1] - dy}, orb.Point{box.Max[0] + dx, box.Max[1] + dy}
	f.near = f.near[:0]
	f.index.Search(box, func(a, b orb.Point) bool {
		if from, to, ok := flat.within(s, a, b, f.limit); ok {
			f.near = append(f.near, [2]float64{from, to})
		}
		return true
	})
	slices.SortFunc(f.near, func(a, b [2]float64) int { return cmp.Compare(a[0], b[0]) })
	return f.near
}

// flat is a plane near a place: metres for a degree of longitude and latitude.
type flat struct{ x, y float64 }

// flatAt returns the plane that touches the ellipsoid at a place. A degree of
// longitude is a metre at the least, so that a limit spans some of them at the poles.
func flatAt(p orb.Point) flat {
	east, north := metresPerDegree(p[1])
	return flat{x: max(east, 1), y: north}
}

// within returns the run of a stretch, as shares of it, that is within limit
// metres of the edge from c to d. Those places are a convex capsule, which is
// two discs and a rectangle, so the run is one interval: the hull of the three.
func (m flat) within(s directed, c, d orb.Point, limit float64) (from, to float64, ok bool) {
	ax, ay := (s.from[0]-c[0])*m.x, (s.from[1]-c[1])*m.y
	dx, dy := (s.to[0]-s.from[0])*m.x, (s.to[1]-s.from[1])*m.y
	ex, ey := (d[0]-c[0])*m.x, (d[1]-c[1])*m.y
	from, to = math.Inf(1), math.Inf(-1)
	join := func(a, b float64) {
		if a <= b {
			from, to = min(from, a), max(to, b)
		}
	}
	join(alongDisc(ax, ay, dx, dy, limit))
	join(alongDisc(ax-ex, ay-ey, dx, dy, limit))
	if length := math.Hypot(ex, ey); length > 0 {
		ux, uy := ex/length, ey/length
		a1, b1 := alongBand(ax*ux+ay*uy, dx*ux+dy*uy, 0, length)
		a2, b2 := alongBand(ay*ux-ax*uy, dy*ux-dx*uy, -limit, limit)
		join(max(a1, a2), min(b1, b2))
	}
	from, to = max(from, 0), min(to, 1)
	return from, to, from <= to
}

// alongDisc returns from where to where the line (a + t·d) is within r of the
// origin; from > to when it never is.
func alongDisc(ax, ay, dx, dy, r float64) (from, to float64) {
	dd, ad, c := dx*dx+dy*dy, ax*dx+ay*dy, ax*ax+ay*ay-r*r
	if dd == 0 {
		return alongBand(c, 0, math.Inf(-1), 0)
	}
	root := ad*ad - dd*c
	if root < 0 {
		return 1, 0
	}
	root = math.Sqrt(root)
	return (-ad - root) / dd, (-ad + root) / dd
}

// alongBand returns from where to where low ≤ a + t·d ≤ high.
func alongBand(a, d, low, high float64) (from, to float64) {
	if d == 0 {
		if a < low || a > high {
			return 1, 0
		}
		return math.Inf(-1), math.Inf(1)
	}
	from, to = (low-a)/d, (high-a)/d
	return min(from, to), max(from, to)
}
