package data

import (
	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// Slivers are the parts of what was gained and lost that the accuracy of the
// boundaries cannot tell from no change at all: pieces that are thinner, on
// average, than the accuracy of the least exact boundary of either state. Two
// drawings of one coast leave such pieces between them, and a front that moved by
// less than it is known does too. They are among what was gained and lost.
type Slivers struct {
	GainedSliverKm2 float64 `json:"gained_sliver_km2"`
	LostSliverKm2   float64 `json:"lost_sliver_km2"`
}

// sliversOf measures geometry, which lies on a grid and so may have a few square
// millimetres more than the comparison's own areas.
func sliversOf(gained, lost orb.MultiPolygon, c comparison, accuracyM float64) (Slivers, sliverPlaces, error) {
	g, err := thin(gained, accuracyM)
	if err != nil {
		return Slivers{}, sliverPlaces{}, err
	}
	l, err := thin(lost, accuracyM)
	return Slivers{min(g.areaM2, c.gained) / 1e6, min(l.areaM2, c.lost) / 1e6}, sliverPlaces{g.places, l.places}, err
}

// sliverPlaces are the places of slivers among the pieces of what was gained and lost.
type sliverPlaces struct{ gained, lost []int }

// thinPieces are the pieces of a geometry that are slivers: their area together and
// their places among all.
type thinPieces struct {
	areaM2 float64
	places []int
}

// thin returns the pieces whose mean width is below a number of metres. The mean
// width is twice the area divided by the length of the boundary, which of a long
// strip is its width.
func thin(pieces orb.MultiPolygon, widthM float64) (thinPieces, error) {
	out := thinPieces{places: []int{}}
	for i, piece := range pieces {
		area, err := geo.Area(piece)
		if err != nil {
			return out, err
		}
		if 2*area < widthM*geo.Length(piece) {
			out.areaM2 += area
			out.places = append(out.places, i)
		}
	}
	return out, nil
}
