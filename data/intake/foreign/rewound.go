package foreign

import "github.com/paulmach/orb"

// rewound turns the rings of polygons as RFC 7946 has them, in place: shells counter-
// clockwise, holes clockwise. It is for formats that let them turn either way, or
// otherwise, whose first ring is the shell.
func rewound(g orb.Geometry) orb.Geometry {
	switch g := g.(type) {
	case orb.Polygon:
		for i, ring := range g {
			if want := map[bool]orb.Orientation{true: orb.CCW, false: orb.CW}[i == 0]; len(ring) > 2 && ring.Orientation() == -want && !acrossTheMap(ring) {
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

// acrossTheMap reports whether an edge is longer than half the world. The winding of
// its ring then says which way it runs, so that package geojson refuses it as written.
func acrossTheMap(r orb.Ring) bool {
	for i := 1; i < len(r); i++ {
		if d := r[i][0] - r[i-1][0]; d > 180 || d < -180 {
			return true
		}
	}
	return false
}
