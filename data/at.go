package data

import (
	"slices"

	"github.com/paulmach/orb"
)

// Standing is what the dataset says about one place on one day.
type Standing struct {
	Lon         float64       `json:"lon"`
	Lat         float64       `json:"lat"`
	AsOf        Date          `json:"as_of"`
	Territories []string      `json:"territories"` // ids of the territories and districts it lies in
	Zones       []ZoneAt      `json:"zones"`       // under every basis, by id
	Readings    []ReadingAt   `json:"readings"`    // what each of them knows of the day
	Nearest     *NearestPlace `json:"nearest_line"`
}

// ReadingAt says of when what a reading says about a day is: of all its zones,
// not only of those that hold the place.
type ReadingAt struct {
	Basis    string    `json:"basis"`
	Measures Measure   `json:"measures"`
	Mapped   bool      `json:"mapped"`   // false: nothing is known of the day, rather than that nobody holds the place
	Evidence *Evidence `json:"evidence"` // nil where the day is not mapped
}

// ZoneAt is a zone that holds a place.
type ZoneAt struct {
	ID       string `json:"id"`
	Party    string `json:"party"`
	Basis    string `json:"basis"`
	Status   Status `json:"status"`
	Counts   bool   `json:"counts"` // as held under its basis
	Since    Date   `json:"since"`
	MappedOn Date   `json:"mapped_on"` // day of the evidence, see EvidenceDay
	Source   string `json:"source"`
}

// NearestPlace is the place on a control line that is nearest to a point.
type NearestPlace struct {
	Line       string  `json:"line"`
	Lon        float64 `json:"lon"`
	Lat        float64 `json:"lat"`
	DistanceM  float64 `json:"distance_m"`  // geodesic
	BearingDeg float64 `json:"bearing_deg"` // clockwise from north, from the point to the line
	AccuracyM  float64 `json:"accuracy_m"`  // of the line
}

// At answers for one place: which zones hold it under each basis, since when,
// and the nearest control line that is valid on the day; nil when there is
// none. Every place on a boundary belongs to the zone.
func (s *Snapshot) At(p orb.Point, asOf Date) (Standing, error) {
	out := Standing{Lon: p[0], Lat: p[1], AsOf: asOf, Territories: []string{}, Zones: []ZoneAt{}, Readings: readingsOn(s, asOf)}
	for i := range s.Territories {
		inside, err := s.shapes.contains(&s.Territories[i].Shape, p)
		if err != nil {
			return out, err
		}
		if inside {
			out.Territories = append(out.Territories, s.Territories[i].ID)
		}
	}
	var near []int32
	s.zones.search(s.Zones, p.Bound(), func(i int32) bool {
		if s.Zones[i].Valid.Contains(asOf) {
			near = append(near, i)
		}
		return true
	})
	slices.Sort(near)
	for _, i := range near {
		z := &s.Zones[i]
		inside, err := s.shapes.contains(&z.Shape, p)
		if err != nil {
			return out, err
		}
		if inside {
			basis, _ := s.BasisByID(z.Basis)
			out.Zones = append(out.Zones, ZoneAt{z.ID, z.Party, z.Basis, z.Status, basis.HoldsBy(z.Status), z.Valid.From, s.EvidenceDay(z), z.Source})
		}
	}
	for i := range s.Lines {
		l := &s.Lines[i]
		if !l.Valid.Contains(asOf) {
			continue
		}
		index, err := s.shapes.line(&l.Shape)
		if err != nil {
			return out, err
		}
		if at, metres, bearing, ok := index.Nearest(p); ok && (out.Nearest == nil || metres < out.Nearest.DistanceM) {
			out.Nearest = &NearestPlace{l.ID, at[0], at[1], metres, bearing, l.AccuracyM}
		}
	}
	return out, nil
}

// readingsOn tells what each reading knows of a day.
func readingsOn(s *Snapshot, day Date) []ReadingAt {
	out := make([]ReadingAt, len(s.Dataset.Bases))
	for i := range s.Dataset.Bases {
		b := &s.Dataset.Bases[i]
		r := s.readings[b.ID]
		out[i] = ReadingAt{Basis: b.ID, Measures: b.Measure()}
		epoch, mapped := r.on(day)
		if !mapped {
			continue
		}
		newest := r.newest[r.at(day)]
		if newest == 0 {
			newest = epoch.From
		}
		evidence := s.Dataset.evidence(newest, day)
		out[i].Mapped, out[i].Evidence = true, &evidence
	}
	return out
}
