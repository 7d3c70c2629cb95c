package data

// Measure says what land under a reading is: what a share is a share of.
type Measure string

// The measures.
const (
	HeldBy       Measure = "held"
	BehindLine   Measure = "behind-line" // behind a line that the party published
	RestrictedBy Measure = "restricted"  // where the party restricts movement
	ClaimedBy    Measure = "claimed"
)

// Measures lists every measure.
func Measures() []Measure { return []Measure{HeldBy, BehindLine, RestrictedBy, ClaimedBy} }

// Of says in English what is measured, of a party: "held by Israel". A figure
// is told in these words, for land behind a line is not land that is held.
func (m Measure) Of(party string) string {
	switch m {
	case HeldBy: // and what no file can hold, below
	case BehindLine:
		return "behind the line published by " + party
	case RestrictedBy:
		return "restricted by " + party
	case ClaimedBy:
		return "claimed by " + party
	}
	return "held by " + party
}

// Measure is what the reading measures: HeldBy where it says nothing.
func (b *Basis) Measure() Measure {
	if b.Measures == "" {
		return HeldBy
	}
	return b.Measures
}
