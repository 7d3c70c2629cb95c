package gen

import (
	"math"

	"github.com/paulmach/orb"
)

const seed = 1848

// The middle of the island, and how long a degree is there.
const (
	lon0, lat0   = -30.0, -30.0
	kmLon, kmLat = 96.49, 110.85
)

// degrees places a point of the plane on the Earth, on a grid of 0.0001° (about 10 m).
func degrees(p orb.Point) orb.Point {
	return orb.Point{math.Round((lon0+p[0]/kmLon)*1e4) / 1e4, math.Round((lat0+p[1]/kmLat)*1e4) / 1e4}
}

// The harbour, and the town with its radius, km.
var (
	harbour      = orb.Point{-20, -3}
	town, townKm = orb.Point{7, 12.5}, 4.6
)
