package gen

import (
	"math"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
)

// island is the land, and the district that each cell of it belongs to.
type island struct {
	land      cells
	districts [len(districtNames)]cells
}

// newIsland raises the island: an oval of about 60 by 50 km with a rough coast,
// and isles of four cells or more.
func newIsland() *island {
	land := cells{}
	for y := -60; y <= 60; y += 3 {
		for x := -40; x <= 40; x++ {
			if c := (cell{x, y}); (x-y/3)%2 == 0 && height(c.middle()) > 0 {
				land[c] = true
			}
		}
	}
	out := &island{land: cells{}}
	for _, part := range land.parts() {
		if len(part) < 4 {
			continue
		}
		for c := range part {
			out.land[c] = true
		}
	}
	out.fill()
	out.divide()
	return out
}

// height is above 0 on land.
func height(p orb.Point) float64 {
	return 1 - math.Pow(p[0]/28, 2) - math.Pow(p[1]/23, 2) + 0.9*rough(20, p[0]+3, p[1], 14)
}

// fill makes land of what the land encloses.
func (i *island) fill() {
	sea := cells{}
	for y := -69; y <= 69; y += 3 {
		for x := -45; x <= 45; x++ {
			if c := (cell{x, y}); (x-y/3)%2 == 0 && !i.land[c] {
				sea[c] = true
			}
		}
	}
	for _, part := range sea.parts()[1:] { // the first holds the corner of the map
		for c := range part {
			i.land[c] = true
		}
	}
}

// divide gives each cell to the district whose seat is nearest, by a rough measure.
// A part of a district that is cut off goes to the district it touches, but for isles.
func (i *island) divide() {
	of := map[cell]int{}
	for _, c := range i.land.sorted() {
		p, best := c.middle(), math.Inf(1)
		p = orb.Point{p[0] + 4*rough(30, p[0], p[1], 10), p[1] + 4*rough(40, p[0], p[1], 10)}
		for d, seat := range districtSeats {
			if away := math.Hypot(p[0]-seat[0], p[1]-seat[1]); away < best {
				best, of[c] = away, d
			}
		}
	}
	for d := range i.districts {
		i.districts[d] = cells{}
	}
	for c, d := range of {
		i.districts[d][c] = true
	}
	for d := range i.districts {
		parts := i.districts[d].parts()
		for _, part := range parts {
			if len(part) > 8 {
				continue
			}
			for _, c := range part.sorted() {
				for _, b := range beyond {
					if other, ok := of[cell{c.x + b.x, c.y + b.y}]; ok && other != d {
						delete(i.districts[d], c)
						i.districts[other][c], of[c] = true, other
						break
					}
				}
			}
		}
	}
}

func territories(i *island) []data.Territory {
	out := []data.Territory{{ID: "velmar", Name: words("Velmar (invented)", "فيلمار (مختلقة)", "ולמאר (בדיוני)"), Source: "invented", Shape: i.land.outline(i.land, fine)}}
	for d, name := range districtNames {
		out = append(out, data.Territory{ID: name.id, Name: name.text, Parent: "velmar", Source: "invented", Shape: i.districts[d].outline(i.land, fine)})
	}
	return out
}
