package data

import (
	"sync"

	"github.com/paulmach/orb"
)

// Snapshot is one immutable, checked version of a dataset. Its fields are for
// reading only; it is safe to share between goroutines.
type Snapshot struct {
	Contents         // features in the order of their ids; after the zones of zones.geojson those that control lines imply
	Epochs   []Epoch // of the whole dataset, without gaps between them, from the first evidence or mapped day on; the last is open
	Repairs  []Repair
	Quality  Quality // what the checks found when it was built

	name    string
	zones   zoneTree
	shapes  shapeIndexes   // made when asked for
	fields  sync.Map       // section → []Field, likewise
	lands   lands          // likewise
	ledgers editionLedgers // likewise
	box     struct {       // likewise
		once  sync.Once
		bound orb.Bound
	}
	headline map[string]Figures  // the default party's share of the whole, by Share.key
	readings map[string]*reading // by basis
	sources  map[string]Date     // of what is dated to the day, by id
}

// Name is "sha256:" and the hexadecimal SHA-256 of the canonical bytes.
func (s *Snapshot) Name() string { return s.name }

// FirstDate returns the first day that anything is said about: of the first
// evidence, or the first that a reading maps.
func (s *Snapshot) FirstDate() Date { return s.Epochs[0].From }

// Bound returns the bounding box of everything in the snapshot.
func (s *Snapshot) Bound() orb.Bound {
	s.box.once.Do(func() { s.box.bound = boundOf(&s.Contents) })
	return s.box.bound
}

func boundOf(s *Contents) orb.Bound {
	bound := s.Territories[0].Shape.Bound()
	for _, t := range s.Territories {
		bound = bound.Union(t.Shape.Bound())
	}
	for _, z := range s.Zones {
		bound = bound.Union(z.Shape.Bound())
	}
	for _, l := range s.Lines {
		bound = bound.Union(l.Shape.Bound())
	}
	for _, p := range s.Places {
		bound = bound.Union(p.Point.Bound())
	}
	for _, t := range s.Things {
		bound = bound.Union(t.Shape.Bound())
	}
	return bound
}

// TerritoryByID returns a territory or district.
func (s *Snapshot) TerritoryByID(id string) (*Territory, bool) {
	for i := range s.Territories {
		if s.Territories[i].ID == id {
			return &s.Territories[i], true
		}
	}
	return nil, false
}

// BasisByID returns a basis.
func (s *Snapshot) BasisByID(id string) (*Basis, bool) {
	for i := range s.Dataset.Bases {
		if s.Dataset.Bases[i].ID == id {
			return &s.Dataset.Bases[i], true
		}
	}
	return nil, false
}

// PartyByID returns a party.
func (s *Snapshot) PartyByID(id string) (*Party, bool) {
	for i := range s.Dataset.Parties {
		if s.Dataset.Parties[i].ID == id {
			return &s.Dataset.Parties[i], true
		}
	}
	return nil, false
}
