package data_test

import (
	"context"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
)

// The expected figures are those of the reference data (GEOS overlay, pyproj areas).
func TestTheRestrictedZoneOfGazaIsAReadingOfItsOwn(t *testing.T) {
	for of, percent := range map[string]float64{"gaza-strip": 64.37, "north-gaza": 82.0, "gaza": 45.5, "deir-al-balah": 33.5, "khan-younis": 65.3, "rafah": 95.9} {
		for _, day := range []string{"2026-09-24", "2026-11-27"} {
			s, err := embedded().Share(context.Background(), data.Query{Of: of, Basis: "restricted", AsOf: date(t, day)})
			if err != nil {
				t.Fatal(err)
			}
			near(t, of, s.Percent, percent, 0.05)
			if of == "gaza-strip" {
				near(t, "held", s.HeldKm2, 234.98, 0.01)
			}
		}
	}
	for basis, percent := range map[string]float64{"traced": 53.138, "line-cut": 54.528} {
		s, err := embedded().Share(context.Background(), data.Query{Basis: basis, AsOf: date(t, "2026-11-27")})
		if err != nil {
			t.Fatal(err)
		}
		near(t, basis, s.Percent, percent, 0.0005)
	}
}

func TestEachReadingOfGazaSaysThatItMeasuresWhatWasPublished(t *testing.T) {
	s := embedded()
	want := map[string]data.Measure{"traced": data.BehindLine, "line-cut": data.BehindLine, "restricted": data.RestrictedBy}
	for _, b := range s.Dataset.Bases {
		if b.Measures != want[b.ID] {
			t.Errorf("%s measures %q", b.ID, b.Measures)
		}
	}
	for _, z := range s.Zones {
		if z.Status != data.Published || z.MappedOn == 0 {
			t.Errorf("%s is %s, mapped on %s", z.ID, z.Status, z.MappedOn)
		}
	}
}

func TestEachClaimAboutGazaIsQuotedShortlyAndHasItsAddress(t *testing.T) {
	pages := map[string]bool{}
	for _, c := range embedded().Claims {
		if !strings.HasPrefix(c.URL, "https://") || c.SeenIn == "" || c.Who == "" {
			t.Errorf("%s: url %q, seen in %q, said by %q", c.ID, c.URL, c.SeenIn, c.Who)
		}
		if words := len(strings.Fields(c.Quote)); words == 0 || words > 12 {
			t.Errorf("%s: the quote has %d words", c.ID, words)
		}
		if key := c.URL + c.Measures; pages[key] {
			t.Errorf("%s: a source of the same figure is told twice", c.ID)
		} else {
			pages[key] = true
		}
	}
}
