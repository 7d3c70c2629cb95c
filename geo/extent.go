package geo

import "math"

// extent is a box in longitude and latitude, empty as the zero value of newExtent.
type extent struct {
	west, south, east, north float64
}

func newExtent() extent {
	return extent{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
}

func (e *extent) add(x, y float64) {
	if x < e.west {
		e.west = x
	}
	if x > e.east {
		e.east = x
	}
	if y < e.south {
		e.south = y
	}
	if y > e.north {
		e.north = y
	}
}

func (e *extent) join(f extent) {
	e.west, e.east = min(e.west, f.west), max(e.east, f.east)
	e.south, e.north = min(e.south, f.south), max(e.north, f.north)
}

func (e extent) empty() bool { return !(e.west <= e.east) }

// middle is the longitude half way.
func (e extent) middle() float64 { return e.west + (e.east-e.west)/2 }

// turnTowards returns the multiple of 360 that brings the middle nearest to a
// longitude.
func (e extent) turnTowards(lon float64) float64 {
	return 360 * math.Round((lon-e.middle())/360)
}
