package foreign

import (
	"github.com/demarc-map/demarc/geojson"

	"github.com/paulmach/orb"
)

// rewound turns the rings of polygons as RFC 7946 has them, in place: shells counter-
// clockwise, holes clockwise. It is for formats that let them turn either way, or
// otherwise, whose first ring is the shell. The winding of a ring with an edge longer than half
// the world says which way it runs, so that package geojson refuses it as written.
func rewound(g orb.Geometry) orb.Geometry {
	switch g := g.(type) {
	case orb.Polygon:
		for i, ring := range g {
			if want := map[bool]orb.Orientation{true: orb.CCW, false: orb.CW}[i == 0]; len(ring) > 2 && ring.Orientation() == -want && geojson.LongEdge(ring) < 0 {
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
