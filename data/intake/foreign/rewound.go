package foreign

import "github.com/paulmach/orb"

// rewound turns the rings of polygons as RFC 7946 has them, in place: shells counter-
// clockwise, holes clockwise. It is for formats that let them turn either way, whose
// first ring is the shell.
func rewound(g orb.Geometry) orb.Geometry {
	switch g := g.(type) {
	case orb.Polygon:
		for i, ring := range g {
			if want := map[bool]orb.Orientation{true: orb.CCW, false: orb.CW}[i == 0]; len(ring) > 2 && ring.Orientation() == -want {
				ring.Reverse()
			}
		}
	case orb.MultiPolygon:
		for _, p := range g {
			rewound(p)
		}
	case orb.Collection:
		for _, member := range g {
			rewound(member)
		}
	}
	return g
}
