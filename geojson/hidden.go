package geojson

import (
	"math"
	"slices"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// agreement is how far, relative to the area, a polygon's own area may lie from
// the area it covers before its rings are taken to contradict each other.
const agreement = 1e-9

// hidden finds rings that are so small that areas do not tell when they lie where
// they should not: a hole outside its shell or in another hole, a polygon in
// another polygon.
func hidden(mp orb.MultiPolygon) []geo.Flaw {
	if len(mp) == 1 && len(mp[0]) == 1 {
		return nil
	}
	own, err := geo.Area(mp)
	if err != nil {
		return nil // told by then
	}
	var flaws []geo.Flaw
	first := make([]int, len(mp)) // number of the shell of each polygon
	for i := 1; i < len(mp); i++ {
		first[i] = first[i-1] + len(mp[i-1])
	}
	for i, p := range mp {
		for j, r := range p {
			if area, err := geo.SignedArea(r); err != nil || math.Abs(area) > 2*agreement*own+1e-6 {
				continue
			}
			if other, over := misplaced(mp, i, j, first); over {
				flaws = append(flaws, geo.Flaw{Kind: geo.RingsOverlap, Place: r[0], Rings: [2]int{other, first[i] + j}})
			}
		}
	}
	return flaws
}

// misplaced returns the number of a ring that ring j of polygon i lies over.
func misplaced(mp orb.MultiPolygon, i, j int, first []int) (other int, over bool) {
	r := mp[i][j]
	if j > 0 {
		if !lies(r, mp[i][0]) {
			return first[i], true
		}
		for k, hole := range mp[i][1:] {
			if k+1 != j && lies(r, hole) {
				return first[i] + k + 1, true
			}
		}
		return 0, false
	}
	for k, p := range mp {
		if k != i && lies(r, p[0]) && !slices.ContainsFunc(p[1:], func(hole orb.Ring) bool { return lies(r, hole) }) {
			return first[k], true
		}
	}
	return 0, false
}

// lies reports whether a ring that crosses no other lies in another.
func lies(r, in orb.Ring) bool {
	box := in.Bound()
	if !box.Contains(r[0]) {
		return false
	}
	for i := 1; i < len(r); i++ {
		if !geo.InRing(in, r[i]) || !geo.InRing(in, orb.Point{(r[i-1][0] + r[i][0]) / 2, (r[i-1][1] + r[i][1]) / 2}) {
			return false
		}
	}
	return true
}
