// Package gen makes the dataset of data/demo: an island that does not exist, in
// the open ocean, and two years of its history. The same program makes the same
// bytes. Lengths are kilometres in a plane, x to the east and y to the north of
// the middle of the island, until they are written as degrees.
package gen

import (
	"math"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
)

const seed = 1848

// Files returns the dataset's folder: names to texts.
func Files() (map[string][]byte, error) {
	island := newIsland()
	contents := data.Contents{Dataset: description(), Territories: territories(island), Zones: zones(island), Lines: lines(), Places: places(), Claims: claims()}
	return contents.Files()
}

// The middle of the island, and how long a degree is there.
const (
	lon0, lat0   = -30.0, -30.0
	kmLon, kmLat = 96.49, 110.85
)

// degrees places a point of the plane on the Earth, on a grid of 0.0001° (about 10 m).
func degrees(p orb.Point) orb.Point {
	return orb.Point{math.Round((lon0+p[0]/kmLon)*1e4) / 1e4, math.Round((lat0+p[1]/kmLat)*1e4) / 1e4}
}
