package data

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// Land is what is held, under a basis on the days of an epoch, by exactly the
// parties it names.
type Land struct {
	Parties []string // ids, in their order; more than one where land is held by several
	Shape   orb.MultiPolygon
}

// ID names the parties of the land: their ids, joined by a space.
func (l Land) ID() string { return strings.Join(l.Parties, " ") }

// Mark is HeldMark for land of one party, SharedMark for that of several.
func (l Land) Mark() string {
	if len(l.Parties) > 1 {
		return SharedMark
	}
	return HeldMark
}

// HeldLand returns what an edition counts as held, the zones of every party
// united: for each combination of parties that hold any land together one
// shape. Shapes are disjoint, valid and have no borders inside, and come in the
// order of their parties. What lies outside the territories is among them. It
// is computed once however many ask, and not to be changed. The errors are
// those of geo.Partition.
func (s *Snapshot) HeldLand(ctx context.Context, e Edition) ([]Land, error) {
	return s.lands.of(e, mostLands, func() ([]Land, error) { return heldLand(ctx, s, e) })
}

// heldLand computes the land of an edition.
func heldLand(ctx context.Context, s *Snapshot, e Edition) ([]Land, error) {
	basis, ok := s.BasisByID(e.Basis)
	if !ok {
		return nil, nil
	}
	byParty := map[string]orb.MultiPolygon{}
	for i := range s.Zones {
		z := &s.Zones[i]
		if z.Basis == basis.ID && z.Valid.Contains(e.Epoch.From) && basis.HoldsBy(z.Status) {
			byParty[z.Party] = append(byParty[z.Party], z.Shape...)
		}
	}
	parties := slices.Sorted(maps.Keys(byParty))
	layers := make([]orb.MultiPolygon, len(parties))
	for i, party := range parties {
		layers[i] = byParty[party]
	}
	parts, err := geo.Partition(ctx, layers...)
	if err != nil {
		return nil, err
	}
	out := make([]Land, len(parts))
	for i, part := range parts {
		out[i].Shape = part.Shape
		for _, k := range part.Layers {
			out[i].Parties = append(out[i].Parties, parties[k])
		}
	}
	return out, nil
}

// mostLands is of how many editions the held land is kept: those that a page
// shows beside one another.
const mostLands = 8
