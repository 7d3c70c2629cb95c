package intake

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
)

// places are the points that were taken, each once.
type places struct {
	all   []data.Place
	known map[string]bool
	ids   Names
}

func newPlaces() *places {
	return &places{known: map[string]bool{}, ids: Names{kind: "place", taken: map[string]bool{}}}
}

// add takes a point. Its id is the one that is mapped, or made of its name, or a
// number. A point that is in several states, alike in all, is one place.
func (p *places) add(one drawn, point orb.Point) {
	z := one.zone
	key := fmt.Sprint(point, one.kind, z.Name, z.Source, z.Extra, z.ID)
	if p.known[key] {
		return
	}
	p.known[key] = true
	base := z.ID
	for _, lang := range slices.Sorted(maps.Keys(z.Name)) {
		base = cmp.Or(base, Slug(z.Name[lang]))
	}
	id := p.ids.free(base)
	p.ids.taken[id] = true
	p.all = append(p.all, data.Place{ID: id, Name: z.Name, Kind: one.kind, Source: z.Source, Extra: z.Extra, Point: point})
}
