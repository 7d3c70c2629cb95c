package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// widestEdge is the longest edge of a result, in degrees: after rounding to any
// grid it is still shorter than half a turn.
const widestEdge = 180 - 1e-4

// narrowed returns a path with vertices added on every edge wider than
// widestEdge: without them, a reader of the result could not tell which way round
// the Earth the edge runs. A path without such edges is returned as it is.
func narrowed[P ~[]orb.Point](path P, closed bool) P {
	var out P
	for i, p := range path {
		if out != nil {
			out = append(out, p)
		}
		q := path[(i+1)%len(path)]
		if width := math.Abs(q[0] - p[0]); width > widestEdge && (closed || i+1 < len(path)) {
			if out == nil {
				out = append(make(P, 0, len(path)+4), path[:i+1]...)
			}
			n := 2.0
			for width/n > widestEdge {
				n *= 2
			}
			for k := 1.0; k < n; k++ {
				out = append(out, orb.Point{p[0] + (q[0]-p[0])*k/n, p[1] + (q[1]-p[1])*k/n})
			}
		}
	}
	if out == nil {
		return path
	}
	return out
}
