package look

import (
	"slices"

	"github.com/demarc-map/demarc/data"
)

// Mark is how land or a zone is drawn.
type Mark struct {
	ID      string   // data.HeldMark, data.SharedMark, or the status of what does not count
	Parties []string // ids; whose it is
	Paint   Paint
	Outline string // by day
	Dark    Shade  // the same on the dark page
}

// Shade is the colours and the outline of a mark on the dark page.
type Shade struct {
	Colours []string `json:"colours"`
	Outline string   `json:"outline"`
}

// Of is the mark of a zone of the snapshot.
func Of(s *data.Snapshot, z *data.Zone) Mark {
	if data.Counts(s, z) {
		return Held(s, z.Basis, z.Party)
	}
	return NotHeld(z.Status)
}

// NotHeld is the mark of a zone that does not count.
func NotHeld(status data.Status) Mark {
	c := OfStatus(status)
	return Mark{ID: string(status), Paint: Paint{Pattern(status), []string{c.Fill}}, Outline: c.Outline, Dark: Shade{[]string{c.Dark.Fill}, c.Dark.Outline}}
}

// Held is the mark of land that counts under a reading for some parties and for
// nobody else.
func Held(s *data.Snapshot, basisID string, parties ...string) Mark {
	measure := MeasureOf(s, basisID)
	m := Mark{ID: data.Land{Parties: parties}.Mark(), Parties: parties, Paint: Paint{Pattern: Solid}, Outline: Ink, Dark: Shade{Outline: Halo}}
	switch measure {
	case data.RestrictedBy:
		m.Paint.Pattern = Restricted
	case data.ClaimedBy:
		m.Paint.Pattern = Claims
	case data.HeldBy, data.BehindLine: // solid
	}
	positions := make([]int, len(parties))
	for i, id := range parties {
		positions[i] = positionOf(&s.Dataset, id)
	}
	slices.Sort(positions)
	colours := make([]Colour, len(parties))
	for i, position := range positions {
		colours[i] = colourOf(position)
		if position == 0 && measure == data.RestrictedBy {
			colours[i] = restricted()
		}
	}
	stripes := len(parties) > 0 && len(parties) <= MostStripes && positions[len(positions)-1] < len(palette())
	for _, c := range colours {
		if stripes || len(parties) == 1 {
			m.Paint.Colours = append(m.Paint.Colours, c.Fill)
			m.Dark.Colours = append(m.Dark.Colours, c.Dark.Fill)
		}
	}
	if len(parties) == 1 {
		m.Outline, m.Dark.Outline = colours[0].Outline, colours[0].Dark.Outline
	}
	return m
}

// MeasureOf is what a reading measures.
func MeasureOf(s *data.Snapshot, basisID string) data.Measure {
	if basis, ok := s.BasisByID(basisID); ok {
		return basis.Measure()
	}
	return data.HeldBy
}
