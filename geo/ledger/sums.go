package ledger

import (
	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// Sums are what a polygon, or a cell, has of the land, of what is held and of the front.
type Sums struct {
	LandM2    float64 // of the land
	HeldM2    float64 // of the land that zones hold
	OutsideM2 float64 // beside the land
	FrontM    float64 // length of the front
	SweptM2   float64 // the sum of length × accuracy over the front
	// The accuracies in metres of the most and the least exact front; both 0 without one.
	LeastM, MostM float64
}

// plus adds what two disjoint places have.
func (s Sums) plus(t Sums) Sums {
	if t.FrontM > 0 {
		if s.FrontM == 0 {
			s.LeastM, s.MostM = t.LeastM, t.MostM
		}
		s.LeastM, s.MostM = min(s.LeastM, t.LeastM), max(s.MostM, t.MostM)
	}
	s.LandM2, s.HeldM2, s.OutsideM2 = s.LandM2+t.LandM2, s.HeldM2+t.HeldM2, s.OutsideM2+t.OutsideM2
	s.FrontM, s.SweptM2 = s.FrontM+t.FrontM, s.SweptM2+t.SweptM2
	return s
}

// front is what a part of a front adds.
func front(lengthM, accuracyM float64) Sums {
	return Sums{FrontM: lengthM, SweptM2: lengthM * accuracyM, LeastM: accuracyM, MostM: accuracyM}
}

// outside is what polygons have where no land is.
func outside(polygons orb.MultiPolygon) (Sums, error) {
	areaM2, err := geo.Area(polygons)
	return Sums{OutsideM2: areaM2}, err
}
