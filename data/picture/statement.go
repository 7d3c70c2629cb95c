package picture

import (
	"context"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/look"
	"github.com/demarc-map/demarc/data/mapcontext"
)

// Statement is what a picture or the head of the page states of one share, in
// one language.
type Statement struct {
	Words    *Words
	Snapshot *data.Snapshot
	Share    data.Share      // of the snapshot
	Context  *mapcontext.Map // drawn below and around it; nil for none

	land []data.Land // what counts as held; for pictures
}

// Stated is a statement with the land that a picture of it shows. The errors are
// those of [data.Snapshot.HeldLand].
func Stated(ctx context.Context, words *Words, s *data.Snapshot, share data.Share) (Statement, error) {
	edition, err := s.Edition(share.Basis, share.AsOf)
	if err != nil {
		return Statement{}, err
	}
	land, err := s.HeldLand(ctx, edition)
	return Statement{Words: words, Snapshot: s, Share: share, land: land}, err
}

func (s *Statement) dataset() *data.Dataset { return &s.Snapshot.Dataset }

// In returns a text of the dataset in the language.
func (s *Statement) In(t data.Text) string { return t.In(s.Words.Lang) }

// Place names the territory or district.
func (s *Statement) Place() string {
	t, _ := s.Snapshot.TerritoryByID(s.Share.Of)
	return s.In(t.Name)
}

// Held says what the figure measures, in the words of its reading, and of what place.
func (s *Statement) Held() string {
	party, _ := s.Snapshot.PartyByID(s.Share.Party)
	return look.Capital(look.Phrase(s.Share.Measures, s.Words.Lang, s.In(party.Name))) + ": " + s.Place()
}

// Date names the day of the evidence: never the day asked about without it.
func (s *Statement) Date() string {
	return s.Words.Say("as_mapped", "date", s.Words.day(s.Share.Evidence.Newest))
}

// Age says how old the evidence was on the day asked about.
func (s *Statement) Age() string {
	return s.Words.Count("evidence_age", s.Share.Evidence.AgeDays, "date", s.Words.day(s.Share.AsOf))
}

// Percent is the share.
func (s *Statement) Percent() string { return s.Words.Percent(s.Share.Percent) }

// Title is that of the page: figure, place, day.
func (s *Statement) Title() string { return s.Percent() + " · " + s.Place() + " · " + s.Date() }

// Areas says how much of how much.
func (s *Statement) Areas() string {
	return s.Words.Say("of_area", "held", s.Words.SquareKm(s.Share.HeldKm2), "total", s.Words.SquareKm(s.Share.TerritoryKm2))
}

// Band says how far a shifted outline moves the figure.
func (s *Statement) Band() string {
	u := s.Share.Uncertainty
	return s.Words.Say("band", "low", s.Words.Percent(u.PercentLow), "high", s.Words.Percent(u.PercentHigh))
}

// Reading names the basis.
func (s *Statement) Reading() string {
	basis, _ := s.Snapshot.BasisByID(s.Share.Basis)
	return s.Words.Say("reading_named", "name", s.In(basis.Name))
}

// Attribution says whom the data is from.
func (s *Statement) Attribution() string { return s.In(s.dataset().Attribution) }

// Disclaimer says what the data does not claim.
func (s *Statement) Disclaimer() string { return s.In(s.dataset().Disclaimer) }

// Alt says what the picture is of, for those who do not see it.
func (s *Statement) Alt() string {
	return s.Words.Say("map_of", "place", s.In(s.dataset().Title), "date", s.Date(), "age", s.Age())
}
