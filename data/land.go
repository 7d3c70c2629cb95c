package data

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

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
	return s.lands.of(e, func() ([]Land, error) { return heldLand(ctx, s, e) })
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

// lands holds the held land of the editions asked for last.
type lands struct {
	mu   sync.Mutex
	held []*editionLand // asked for last at the end
}

// editionLand is the held land of one edition, once somebody has computed it.
type editionLand struct {
	edition Edition
	mu      sync.Mutex
	known   bool
	land    []Land
}

// mostLands is of how many editions the held land is kept: those that a page
// shows beside one another.
const mostLands = 8

// of returns the land of an edition. It is computed by whoever asks first; who
// asks meanwhile waits, and computes it when the first gave up.
func (l *lands) of(e Edition, compute func() ([]Land, error)) ([]Land, error) {
	found := l.entry(e)
	found.mu.Lock()
	defer found.mu.Unlock()
	if found.known {
		return found.land, nil
	}
	land, err := compute()
	if err != nil {
		return nil, err
	}
	found.land, found.known = land, true
	return land, nil
}

func (l *lands) entry(e Edition) *editionLand {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.IndexFunc(l.held, func(other *editionLand) bool { return other.edition == e })
	found := &editionLand{edition: e}
	if i >= 0 {
		found = l.held[i]
		l.held = slices.Delete(l.held, i, i+1)
	}
	if l.held = append(l.held, found); len(l.held) > mostLands {
		l.held = slices.Delete(l.held, 0, 1)
	}
	return found
}
