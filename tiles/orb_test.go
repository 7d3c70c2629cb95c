package tiles

import (
	"github.com/paulmach/orb"

	"github.com/demarc-map/demarc/geo/arrange"
)

// toOrb returns polygons of tile units with closed rings.
func toOrb(polygons []arrange.Polygon) orb.MultiPolygon {
	var multi orb.MultiPolygon
	for _, p := range polygons {
		var polygon orb.Polygon
		for _, r := range p {
			var ring orb.Ring
			for _, q := range r {
				ring = append(ring, orb.Point{float64(q.X), float64(q.Y)})
			}
			polygon = append(polygon, append(ring, ring[0]))
		}
		multi = append(multi, polygon)
	}
	return multi
}
