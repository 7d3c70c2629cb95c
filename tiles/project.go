package tiles

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

const (
	gridBits = 30
	gridSize = 1 << gridBits

	// maxLatitude is where the Mercator square ends: atan(sinh π).
	maxLatitude = 85.051128779806592
)

// vertex is a position on the Mercator grid: x east from 180° W, y south from
// maxLatitude, both from 0 to gridSize.
type vertex struct{ x, y int32 }

// project returns the grid point nearest to a position. Latitudes beyond
// ±maxLatitude and longitudes beyond ±180° go to the edge of the square; a
// position that is not finite is an error. The conversions to float64 forbid
// fused multiply-add, so that every processor gets the same point.
func project(p orb.Point) (vertex, error) {
	lon, lat := p[0], p[1]
	if math.IsNaN(lon-lon) || math.IsNaN(lat-lat) {
		return vertex{}, fmt.Errorf("position [%v %v] is not finite", lon, lat)
	}
	lon = min(max(lon, -180), 180)
	lat = min(max(lat, -maxLatitude), maxLatitude)
	sin := math.Sin(float64(lat * (math.Pi / 180)))
	x := (lon + 180) / 360
	y := 0.5 - math.Log((1+sin)/(1-sin))/(4*math.Pi)
	return vertex{onGrid(x), onGrid(y)}, nil
}

func onGrid(v float64) int32 {
	return int32(min(max(math.Floor(float64(v*gridSize)+0.5), 0), gridSize))
}

// unproject returns the position of a grid point.
func unproject(x, y int32) orb.Point {
	n := math.Pi * (1 - 2*float64(y)/gridSize)
	return orb.Point{float64(x)/gridSize*360 - 180, math.Atan(math.Sinh(n)) * 180 / math.Pi}
}

// less orders vertices by x, then by y.
func (v vertex) less(w vertex) bool { return v.x < w.x || v.x == w.x && v.y < w.y }
