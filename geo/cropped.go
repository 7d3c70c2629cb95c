package geo

import "github.com/paulmach/orb"

// Cropped returns polygons that cover inside a box, its edges included, exactly
// what the given ones cover there, with few vertices outside it: what is asked
// about a small place of a large shape then costs what the place holds. Rings
// may cross themselves outside the box, where what they cover is not theirs any
// more. Polygons that span more than half a turn of longitude come back as they are.
//
// Between vertices that all lie beyond one side of the box a ring runs straight:
// the way it ran and the straight one both stay beyond that side, so no place
// inside is wound round differently.
func Cropped(polygons orb.MultiPolygon, box orb.Bound) orb.MultiPolygon {
	var out orb.MultiPolygon
	for _, p := range polygons {
		bound := p.Bound()
		if bound.Max[0]-bound.Min[0] > 180 {
			return polygons
		}
		if !bound.Intersects(box) {
			continue
		}
		var cropped orb.Polygon
		for i, ring := range p {
			if ring = croppedRing(ring, box); len(ring) >= 4 {
				cropped = append(cropped, ring)
			} else if i == 0 {
				break // the shell winds round nothing in the box
			}
		}
		if len(cropped) > 0 {
			out = append(out, cropped)
		}
	}
	return out
}

func croppedRing(ring orb.Ring, box orb.Bound) orb.Ring {
	out := make(orb.Ring, 0, 16)
	last := 0 // the sides that the last vertex kept lies beyond
	for i, p := range ring {
		here := beyond(p, box)
		if i > 0 && i+1 < len(ring) && last&here&beyond(ring[i+1], box) != 0 {
			continue
		}
		out, last = append(out, p), here
	}
	return out
}

// beyond returns a bit for each side of the box that a position lies beyond
// (D. Cohen and I. Sutherland's codes, 1967).
func beyond(p orb.Point, box orb.Bound) (sides int) {
	if p[0] < box.Min[0] {
		sides |= 1
	} else if p[0] > box.Max[0] {
		sides |= 2
	}
	if p[1] < box.Min[1] {
		sides |= 4
	} else if p[1] > box.Max[1] {
		sides |= 8
	}
	return sides
}
