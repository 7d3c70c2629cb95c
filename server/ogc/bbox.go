package ogc

import (
	"math"
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/server/web"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/project"
)

// webMercatorEnd is where the square of Web Mercator ends, in metres east and
// north of its middle: π·6378137.
const webMercatorEnd = 20037508.342789244

// readBBox reads bbox: west, south, east, north, or the same with a lowest
// height after south and a highest after north, which are passed over since no
// feature has a height. A west end east of the east end is a box across the
// antimeridian; the result then runs on past 180.
func readBBox(text string, crs system) (orb.Bound, error) {
	var n []float64
	for part := range strings.SplitSeq(text, ",") {
		v, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || math.IsNaN(v-v) || len(n) == 6 {
			return orb.Bound{}, web.BadRequest("bbox is four or six numbers with commas between them, not %q", web.Clip(text))
		}
		n = append(n, v)
	}
	switch len(n) {
	case 4:
	case 6:
		if n[2] > n[5] {
			return orb.Bound{}, web.BadRequest("bbox: the lowest height %v is above the highest %v", n[2], n[5])
		}
		n = []float64{n[0], n[1], n[3], n[4]}
	default:
		return orb.Bound{}, web.BadRequest("bbox is four or six numbers, not %d", len(n))
	}
	low, high := orb.Point{n[0], n[1]}, orb.Point{n[2], n[3]}
	if low[1] > high[1] {
		return orb.Bound{}, web.BadRequest("bbox: south %v is north of north %v", low[1], high[1])
	}
	if crs.to != nil {
		low, high = degrees(low), degrees(high)
	}
	if math.Abs(low[0]) > 180 || math.Abs(high[0]) > 180 || low[1] < -90 || high[1] > 90 {
		return orb.Bound{}, web.BadRequest("bbox: longitudes lie between -180 and 180, latitudes between -90 and 90; the order is west, south, east, north")
	}
	if low[0] > high[0] {
		high[0] += 360
	}
	return orb.Bound{Min: low, Max: high}, nil
}

// degrees turns a corner in Web Mercator into longitude and latitude. A map's
// window often reaches beyond the square; what lies there is cut off, but for
// the land beyond ±85.05°, which the edge of the square stands for.
func degrees(p orb.Point) orb.Point {
	inside := func(v float64) float64 { return min(max(v, -webMercatorEnd), webMercatorEnd) }
	q := project.Mercator.ToWGS84(orb.Point{inside(p[0]), inside(p[1])})
	q[0] = min(max(q[0], -180), 180)
	if math.Abs(p[1]) >= webMercatorEnd {
		q[1] = math.Copysign(90, p[1])
	}
	return q
}
