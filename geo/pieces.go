package geo

import (
	"slices"

	"github.com/paulmach/orb"
)

// Piece is a straight piece of a line that lies in each of several geometries as
// a whole, or not at all.
type Piece struct {
	From, To orb.Point
	LengthM  float64
	In       []bool // by index, whether it lies in its polygons; their boundary belongs to them
}

// Pieces cuts a line where it crosses edges of the indexes, and at its vertices.
// Lengths add up to that of [Length]: between two vertices, where the geodesic is
// shorter than the straight edge, each piece gets its share of the geodesic. The
// error is that of [NewIndex].
func Pieces(line orb.LineString, indexes ...*Index) ([]Piece, error) {
	edges, err := NewIndex(line)
	if err != nil {
		return nil, err
	}
	var out []Piece
	for i := range edges.segments {
		out = appendPieces(out, &edges.segments[i], indexes)
	}
	return out, nil
}

// overlap is a part of an edge that runs along the boundary of an index.
type overlap struct {
	index    int
	from, to float64 // shares of the edge
}

func appendPieces(out []Piece, edge *indexSegment, indexes []*Index) []Piece {
	if edge.a == edge.b {
		return out
	}
	cuts, onBoundary := []float64{0, 1}, []overlap(nil)
	box := orb.MultiPoint{edge.a, edge.b}.Bound()
	for k, x := range indexes {
		x.Search(box, func(a, b orb.Point) bool {
			turn := turnsApart(edge, a, b)
			a[0], b[0] = a[0]+turn, b[0]+turn
			from, to, collinear, ok := edge.common(a, b)
			if !ok {
				return true
			}
			cuts = append(cuts, from, to)
			if collinear {
				onBoundary = append(onBoundary, overlap{k, from, to})
			}
			return true
		})
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	lengths, sum := make([]float64, len(cuts)-1), 0.0
	for i := range lengths {
		lengths[i] = Distance(edge.at(cuts[i]), edge.at(cuts[i+1]))
		sum += lengths[i]
	}
	if sum == 0 {
		return out
	}
	whole := Distance(edge.a, edge.b)
	for i, length := range lengths {
		middle := cuts[i] + (cuts[i+1]-cuts[i])/2
		piece := Piece{From: edge.at(cuts[i]), To: edge.at(cuts[i+1]), LengthM: whole * length / sum, In: make([]bool, len(indexes))}
		for k, x := range indexes {
			piece.In[k] = x.Contains(edge.at(middle))
		}
		for _, a := range onBoundary {
			if a.from <= middle && middle <= a.to && len(indexes[a.index].rings) > 0 {
				piece.In[a.index] = true
			}
		}
		out = append(out, piece)
	}
	return out
}

// turnsApart is by how many degrees of whole turns an edge is moved to lie beside another.
func turnsApart(edge *indexSegment, a, b orb.Point) float64 {
	e := edge.extent()
	for _, turn := range []float64{0, 360, -360, 720, -720} {
		if min(a[0], b[0])+turn <= e.east && max(a[0], b[0])+turn >= e.west {
			return turn
		}
	}
	return 0
}

// common returns from where to where, as shares of the edge, it has places in
// common with another: one place where they cross or touch, a stretch where both
// lie on one straight line.
func (s *indexSegment) common(a, b orb.Point) (from, to float64, collinear, ok bool) {
	sideA, sideB := orientation(s.a, s.b, a), orientation(s.a, s.b, b)
	if sideA == 0 && sideB == 0 {
		from, to = s.share(a), s.share(b)
		from, to = max(0, min(from, to)), min(1, max(from, to))
		return from, to, true, from <= to
	}
	if sideA*sideB > 0 || orientation(a, b, s.a)*orientation(a, b, s.b) > 0 {
		return 0, 0, false, false
	}
	dx, dy := s.b[0]-s.a[0], s.b[1]-s.a[1]
	ex, ey := b[0]-a[0], b[1]-a[1]
	t := ((a[0]-s.a[0])*ey - (a[1]-s.a[1])*ex) / (dx*ey - dy*ex)
	if !(t >= 0) { // by rounding
		t = 0
	}
	t = min(t, 1)
	return t, t, false, true
}

// share is where along the edge a place of it lies.
func (s *indexSegment) share(p orb.Point) float64 {
	dx, dy := s.b[0]-s.a[0], s.b[1]-s.a[1]
	if dx*dx >= dy*dy {
		return (p[0] - s.a[0]) / dx
	}
	return (p[1] - s.a[1]) / dy
}
