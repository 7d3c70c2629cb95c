package arrange

import "math"

// Near calls found for every vertex of the polygons of any part that comes
// within reach units of an edge a–b of any part without being one of its ends.
// A pair may be found more than once. The parts may share edges, but must come
// from one arrangement. It is what a caller needs to know before it moves
// vertices a little, as when it rounds them to floats.
func Near(parts [][]Polygon, reach int64, found func(v, a, b Point)) {
	var segs []segment
	var points []key
	for _, part := range parts {
		for _, p := range part {
			for _, r := range p {
				for i, a := range r {
					b := r[(i+1)%len(r)]
					if less(b, a) {
						a, b = b, a
					}
					segs = append(segs, segment{a: a, b: b})
					points = append(points, a.key())
				}
			}
		}
	}
	if len(segs) == 0 {
		return
	}
	g := cells{margin: reach}
	g.build(segs, points, math.MaxInt32)
	for _, part := range parts {
		for _, p := range part {
			for _, r := range p {
				for _, v := range r {
					g.near(segs, v, reach, found)
				}
			}
		}
	}
}

func (g *cells) near(segs []segment, v Point, reach int64, found func(v, a, b Point)) {
	for _, k := range g.at(v) {
		s := &segs[k]
		if v == s.a || v == s.b || v.X < s.a.X-reach || v.X > s.b.X+reach ||
			v.Y < min(s.a.Y, s.b.Y)-reach || v.Y > max(s.a.Y, s.b.Y)+reach {
			continue
		}
		length := math.Hypot(float64(s.b.X-s.a.X), float64(s.b.Y-s.a.Y))
		if math.Abs(float64(orient(s.a, s.b, v))) <= float64(reach+1)*length {
			found(v, s.a, s.b)
		}
	}
}

// Side is 1 when c is left of a→b, −1 when it is right, and 0 when it is on the
// line through them. It is exact for points within Limit.
func Side(a, b, c Point) int { return sign(orient(a, b, c)) }
