package data

import (
	"context"

	"github.com/paulmach/orb"
)

// LineAt says where a place lies by the line of a party under a reading: between
// the land that it holds, and the land that it does not. The line is the one that
// land near it is measured from, see MethodOfDistance.
type LineAt struct {
	Party   string     `json:"party"`
	Side    LandSide   `json:"side"`
	Certain bool       `json:"certain"` // false: so near the line that it may as well lie on the other side
	Nearest *LinePlace `json:"nearest"` // nil where the party holds all of the territory, and no line cuts it
}

// LinePlace is the place on a line that is nearest to a point.
type LinePlace struct {
	Lon        float64 `json:"lon"`
	Lat        float64 `json:"lat"`
	DistanceM  float64 `json:"distance_m"`  // geodesic
	BearingDeg float64 `json:"bearing_deg"` // clockwise from north, from the point to the line
	AccuracyM  float64 `json:"accuracy_m"`  // of the line there
}

// linesKey is what the lines of all readings depend on.
type linesKey struct {
	whole string // id of the territory
	epoch Epoch  // of the whole dataset
}

// readingLines are the lines of a reading by party, in the order of the dataset's parties.
type readingLines struct {
	basis string
	lines []partyLine
}

// partyLine is the line of one party.
type partyLine struct {
	party string
	paths linePaths
}

// mostLines is of how many days and territories lines are kept ready.
const mostLines = 4

// linesOn draws the lines that the readings have on a day, of parties that hold
// land then. They are computed once however many ask.
func linesOn(ctx context.Context, s *Snapshot, whole *Territory, day Date) ([]readingLines, error) {
	epoch, _ := s.EpochOf(day)
	return s.lines.of(linesKey{whole.ID, epoch}, mostLines, func() ([]readingLines, error) {
		out := make([]readingLines, len(s.Dataset.Bases))
		for i := range s.Dataset.Bases {
			b := &s.Dataset.Bases[i]
			out[i].basis = b.ID
			if _, mapped := s.readings[b.ID].on(day); !mapped {
				continue
			}
			for _, party := range s.Dataset.Parties {
				d := &divided{land: whole}
				if err := d.drawLine(ctx, s, Query{Of: whole.ID, Party: party.ID, Basis: b.ID, AsOf: day}, b, whole); err != nil {
					return nil, err
				}
				if len(d.held) == 0 {
					continue
				}
				paths, err := pathsOf(d.lines)
				if err != nil {
					return nil, err
				}
				out[i].lines = append(out[i].lines, partyLine{party.ID, paths})
			}
		}
		return out, nil
	})
}

// addLines tells, by reading, where the place lies by the lines of the day.
func (at *Standing) addLines(ctx context.Context, s *Snapshot) error {
	whole, ok := s.TerritoryByID(s.Dataset.Territory)
	inside := len(at.Territories) > 0
	if inside {
		whole, ok = s.TerritoryByID(at.Territories[0])
	}
	if !ok {
		return nil
	}
	all, err := linesOn(ctx, s, wholeOf(s, whole), at.AsOf)
	if err != nil {
		return err
	}
	p := orb.Point{at.Lon, at.Lat}
	for i := range at.Readings {
		r := &at.Readings[i]
		for _, line := range all[i].lines {
			side := sideBy(inside, at.heldBy(line.party, r.Basis))
			r.Lines = append(r.Lines, LineAt{line.party, side, side == Outside || !line.paths.blurs(p), line.paths.nearest(p)})
		}
	}
	return nil
}

// heldBy reports whether a zone of the party holds the place and counts under the reading.
func (at *Standing) heldBy(party, basis string) bool {
	for _, z := range at.Zones {
		if z.Party == party && z.Basis == basis && z.Counts {
			return true
		}
	}
	return false
}
