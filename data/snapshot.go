package data

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"sync"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
	"github.com/tidwall/rtree"
)

// Snapshot is one immutable, checked version of a dataset. Its fields are for
// reading only; it is safe to share between goroutines.
type Snapshot struct {
	Contents         // features in the order of their ids; after the zones of zones.geojson those that control lines imply
	Epochs   []Epoch // without gaps between them, from the first evidence on; the last is open
	Repairs  []Repair
	Quality  Quality // what the checks found when it was built

	name     string
	zones    rtree.RTreeG[int32]   // positions in Zones by bounding box
	shapes   shapeIndexes          // made when asked for
	fields   sync.Map              // section → []Field, likewise
	headline map[string]Figures    // the default party's share of the whole, by Share.key
	drawn    map[string]drawnShare // the same by the second method
	says     map[string][]bool     // by basis, for each epoch: whether the basis maps it
}

// Epoch is a longest run of days in which nothing changes.
type Epoch = Interval

// Name is "sha256:" and the hexadecimal SHA-256 of the canonical bytes.
func (s *Snapshot) Name() string { return s.name }

// Canonical returns the bytes that Name is the hash of: a JSON object of the
// dataset's files, after repairs, features in the order of their ids, in the
// canonical form of RFC 8785. They are written anew at each call.
func (s *Snapshot) Canonical() ([]byte, error) { return s.canonicalBytes() }

// FirstDate returns the first day for which there is evidence.
func (s *Snapshot) FirstDate() Date { return s.Epochs[0].From }

// Bound returns the bounding box of everything in the snapshot.
func (s *Snapshot) Bound() orb.Bound {
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

// EpochOf returns the epoch a day belongs to, false for a day before the first evidence.
func (s *Snapshot) EpochOf(day Date) (Epoch, bool) {
	i := s.epochAt(day)
	if i < 0 {
		return Epoch{}, false
	}
	return s.Epochs[i], true
}

// build derives what questions need from what was read. What is wrong with the
// geometry goes to the report; an error means that the work was cut short.
func (s *Snapshot) build(ctx context.Context, report *Report) error {
	s.sort()
	named := s.hash()
	if Workers(ctx) == 1 {
		named <- <-named // one after the other
	}
	err := s.derive(ctx, report)
	name := <-named
	s.name = name.text
	return errors.Join(err, name.err)
}

// hashed is the name of a snapshot, or why it has none.
type hashed struct {
	text string
	err  error
}

// hash computes the name while other work goes on that changes nothing in the
// files' contents: what is derived from lines comes after the zones it sees.
func (s *Snapshot) hash() chan hashed {
	out, contents := make(chan hashed, 1), s.Contents
	go func() {
		hash := sha256.New()
		err := contents.writeCanonical(hash)
		out <- hashed{"sha256:" + hex.EncodeToString(hash.Sum(nil)), err}
	}()
	return out
}

// derive does the rest of build.
func (s *Snapshot) derive(ctx context.Context, report *Report) (err error) {
	for i := range s.Territories {
		t := &s.Territories[i]
		if t.AreaM2, err = geo.Area(t.Shape); err != nil {
			report.refuse(Fault{File: territoriesFile, Feature: t.ID, Rule: "not-measurable", Detail: err.Error()})
		}
	}
	s.lieInside(report)
	if err := s.imply(ctx, report); err != nil {
		return err
	}
	s.Epochs = epochs(s.Zones, s.Lines)
	s.says = s.mappings()
	for i, z := range s.Zones {
		b := z.Shape.Bound()
		s.zones.Insert(b.Min, b.Max, int32(i))
	}
	if len(report.Faults) > 0 {
		return nil
	}
	return s.inspect(ctx, report)
}

// lieInside faults a zone or line that lies outside every territory but would
// not with its axes swapped, and a dataset in which all of them lie outside,
// which is how a foreign grid shows. Other zones outside are noted (findOutside).
func (s *Snapshot) lieInside(report *Report) {
	all := s.Territories[0].Shape.Bound()
	for _, t := range s.Territories {
		all = all.Union(t.Shape.Bound())
	}
	var outside []Fault
	check := func(file, id string, g orb.Geometry) {
		b := g.Bound()
		if b.Intersects(all) {
			return
		}
		fault := Fault{File: file, Feature: id, Rule: "outside", Place: nearPoint("", b.Center()), Detail: "everything lies outside the territories"}
		swapped := orb.Bound{Min: orb.Point{b.Min[1], b.Min[0]}, Max: orb.Point{b.Max[1], b.Max[0]}}
		if swapped.Intersects(all) {
			fault.Rule, fault.Detail = "swapped-axes", "latitude and longitude are swapped: the order is longitude, latitude"
			report.refuse(fault)
		}
		outside = append(outside, fault)
	}
	for _, z := range s.Zones {
		check(zonesFile, z.ID, z.Shape)
	}
	for _, l := range s.Lines {
		check(linesFile, l.ID, l.Shape)
	}
	if len(outside) == len(s.Zones)+len(s.Lines) && outside[0].Rule == "outside" {
		report.refuse(outside[0])
	}
}
