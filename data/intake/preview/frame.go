package preview

import "github.com/paulmach/orb"

// frame is a box around a bounding box of west, south, east and north in degrees, a
// twentieth larger on each side. Its edges are cut short: one that spans more than
// half the Earth would say nothing of which half.
func frame(bbox []float64) orb.MultiPolygon {
	margin := max((bbox[2]-bbox[0])/20, (bbox[3]-bbox[1])/20, 1e-4)
	west, east := max(bbox[0]-margin, -180), min(bbox[2]+margin, 180)
	south, north := max(bbox[1]-margin, -89.9), min(bbox[3]+margin, 89.9)
	var ring orb.Ring
	const parts = 8
	for n := range parts + 1 {
		ring = append(ring, orb.Point{west + (east-west)*float64(n)/parts, south})
	}
	for n := range parts + 1 {
		ring = append(ring, orb.Point{east - (east-west)*float64(n)/parts, north})
	}
	return orb.MultiPolygon{{append(ring, ring[0])}}
}
