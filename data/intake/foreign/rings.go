package foreign

import "github.com/paulmach/orb"

// fromRings makes polygons of rings whose direction says what they are: clockwise
// shells and counter-clockwise holes, in any order (ESRI Shapefile Technical
// Description, 1998, page 8; Esri JSON has the same). Each hole goes to the
// innermost shell around it. All rings come out reversed, as RFC 7946 wants them.
// When the rings contradict their directions, doubt says how it was understood.
func fromRings(rings []orb.Ring) (polygons orb.MultiPolygon, doubt string) {
	isHole, around := directed(rings)
	if len(rings) == 1 {
		return orb.MultiPolygon{{rings[0]}}, ""
	}
	depth := depths(around)
	lost := len(orphans(isHole, around))
	turnedRound := lost > 0
	for i, hole := range isHole {
		turnedRound = turnedRound && hole == (depth[i]%2 == 0)
	}
	switch {
	case turnedRound:
		doubt = "its rings run the other way round, shells counter-clockwise; they are read by what lies in what"
		for i := range isHole {
			isHole[i] = !isHole[i]
			rings[i].Reverse()
		}
	case lost > 0:
		doubt = "a ring that runs as holes do lies in no shell, and is taken for a shell"
	}
	return assembled(rings, isHole, around), doubt
}

// esriPolygons makes polygons of rings in any order, of which those that run clockwise are
// shells and the others holes: each of the innermost shell round it. It returns the
// numbers of the holes that no shell is round.
func esriPolygons(rings []orb.Ring) (polygons orb.MultiPolygon, outside []int) {
	isHole, around := directed(rings)
	return assembled(rings, isHole, around), orphans(isHole, around)
}

// directed reverses rings, and tells of each whether it runs as holes do and which is the
// innermost one around it, -1 for none.
func directed(rings []orb.Ring) (isHole []bool, around []int) {
	isHole = make([]bool, len(rings))
	for i, r := range rings {
		r.Reverse()
		isHole[i] = planarArea(r) < 0
	}
	if len(rings) == 1 {
		return isHole, []int{-1}
	}
	return isHole, nesting(rings)
}

// assembled puts holes into the shells around them; one in no shell is a shell.
func assembled(rings []orb.Ring, isHole []bool, around []int) orb.MultiPolygon {
	var polygons orb.MultiPolygon
	shell := shells(isHole, around)
	number := make([]int, len(rings)) // of the polygon that each shell begins
	for i, r := range rings {
		if !isHole[i] || shell[i] < 0 {
			number[i] = len(polygons)
			polygons = append(polygons, orb.Polygon{r})
		}
	}
	for i, r := range rings {
		if isHole[i] && shell[i] >= 0 {
			of := number[shell[i]]
			polygons[of] = append(polygons[of], r)
		}
	}
	return polygons
}

// orphans are the numbers of the holes that lie in no shell.
func orphans(isHole []bool, around []int) []int {
	var lost []int
	for i, shell := range shells(isHole, around) {
		if isHole[i] && shell < 0 {
			lost = append(lost, i)
		}
	}
	return lost
}

// shells finds for each ring the innermost shell around it, -1 for none.
func shells(isHole []bool, around []int) []int {
	return upwards(around, -1, func(parent int, above int) int {
		if isHole[parent] {
			return above
		}
		return parent
	})
}

// depths counts for each ring those around it.
func depths(around []int) []int {
	return upwards(around, 0, func(_ int, above int) int { return above + 1 })
}

// upwards works something out for every ring from what it is for the ring around
// it, each once; outermost rings have top.
func upwards(around []int, top int, of func(parent, above int) int) []int {
	out := make([]int, len(around))
	known := make([]bool, len(around))
	var path []int
	for i := range around {
		at := i
		for ; !known[at] && around[at] >= 0; at = around[at] {
			path = append(path, at)
		}
		if !known[at] {
			out[at], known[at] = top, true
		}
		for ; len(path) > 0; path = path[:len(path)-1] {
			at = path[len(path)-1]
			out[at], known[at] = of(around[at], out[around[at]]), true
		}
	}
	return out
}
