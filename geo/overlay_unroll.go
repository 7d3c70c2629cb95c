package geo

import "github.com/paulmach/orb"

// unroll brings all edges into one turn of longitude, so that what is the same
// place on Earth has the same x, and makes them relative to the middle.
//
// Where everything lies within one turn already nothing is moved. Otherwise
// polygons are moved by whole turns towards the first one; what then still
// sticks out is cut at the seam opposite to it and put back on the other side.
// The cut needs no new edges, since vertical ones have no area under them.
func (s *edgeSet) unroll() {
	if s.box.empty() {
		return
	}
	if s.box.east-s.box.west > 360 {
		first := s.middleOfFirst()
		s.moveTowards(first)
		if s.box.east-s.box.west > 360 {
			s.cutAt(first - 180)
		}
	}
	s.centre(orb.Point{s.box.middle(), s.box.south + (s.box.north-s.box.south)/2})
}

// centre makes the edges relative to an origin.
func (s *edgeSet) centre(origin orb.Point) {
	s.origin = origin
	for i := range s.edges {
		e := &s.edges[i]
		e.x1, e.x2 = e.x1-origin[0], e.x2-origin[0]
		e.y1, e.y2 = e.y1-origin[1], e.y2-origin[1]
	}
}

func (s *edgeSet) middleOfFirst() float64 {
	for _, p := range s.polygons {
		if !p.box.empty() {
			return p.box.middle()
		}
	}
	return 0
}

func (s *edgeSet) moveTowards(lon float64) {
	s.box = newExtent()
	for i := range s.polygons {
		p := &s.polygons[i]
		if p.box.empty() {
			continue
		}
		turn := p.box.turnTowards(lon)
		p.box.west, p.box.east = p.box.west+turn, p.box.east+turn
		for j := p.begin; j < p.end; j++ {
			s.edges[j].x1 += turn
			s.edges[j].x2 += turn
		}
		s.box.join(p.box)
	}
}

// cutAt cuts every edge at the meridians seam and seam+360, and moves what is
// outside of them inside. Each polygon's edges stay together.
func (s *edgeSet) cutAt(seam float64) {
	edges := make([]overlayEdge, 0, len(s.edges)+len(s.edges)/8)
	for i := range s.polygons {
		p := &s.polygons[i]
		begin := len(edges)
		for _, e := range s.edges[p.begin:p.end] {
			for _, turn := range [...]float64{-360, 0, 360} {
				if part, some := e.within(seam-turn, seam-turn+360); some {
					part.x1 += turn
					part.x2 += turn
					edges = append(edges, part)
				}
			}
		}
		p.begin, p.end = begin, len(edges)
	}
	s.edges = edges
	s.box.west, s.box.east = seam, seam+360
}

// within returns the part of the edge between two meridians.
func (e overlayEdge) within(west, east float64) (part overlayEdge, some bool) {
	part = e
	if e.x1 < west && e.x2 > west {
		part.x1, part.y1 = west, e.y(west)
	}
	if e.x2 > east && e.x1 < east {
		part.x2, part.y2 = east, e.y(east)
	}
	if e.x1 == e.x2 {
		return part, west <= e.x1 && e.x1 < east
	}
	return part, west <= part.x1 && part.x1 < part.x2 && part.x2 <= east
}
