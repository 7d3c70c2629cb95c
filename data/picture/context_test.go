package picture

import (
	"bytes"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/data/look"
	"github.com/demarc-map/demarc/data/mapcontext"
)

// surrounded is a statement of the embedded dataset with its context.
func surrounded(t *testing.T, lang string) Statement {
	t.Helper()
	said := stated(t, "2026-01-20", lang)
	var err error
	if said.Context, _, err = mapcontext.Read(t.Context(), gaza.Context, 0); err != nil {
		t.Fatal(err)
	}
	return said
}

func TestTheContextLiesBelowTheZonesAndItsNamesAboveThem(t *testing.T) {
	drawing := string(SVG(surrounded(t, "en")))
	last := -1
	for _, mark := range []string{look.Sea, `fill="` + look.Neighbour, `fill="` + look.Land, `stroke="` + look.MainRoad, look.OfParty(&stated(t, "2026-01-20", "en").Snapshot.Dataset, "israel").Outline, ">Gaza City<", ">Mediterranean Sea<"} {
		at := strings.Index(drawing, mark)
		if at < last || at < 0 {
			t.Errorf("%s stands at %d, what lies below it at %d", mark, at, last)
		}
		last = at
	}
}

func TestAPictureNamesWhomItsContextIsFromAndOfWhichYear(t *testing.T) {
	for lang, want := range map[string]string{"en": "Background as mapped in 2021: © OpenStreetMap contributors (ODbL 1.0)", "ar": "OpenStreetMap", "he": "OpenStreetMap"} {
		said := surrounded(t, lang)
		if credit := said.Credit(); !strings.Contains(credit, want) || !strings.Contains(credit, "2021") || !strings.HasPrefix(credit, strings.TrimSuffix(said.Attribution(), ".")) {
			t.Errorf("%s: %q", lang, credit)
		}
		said.Context = nil
		if said.Credit() != said.Attribution() {
			t.Errorf("%s: without a context the credit is %q", lang, said.Credit())
		}
	}
}

func TestNamesOfTheContextLieApartAndOnThePaper(t *testing.T) {
	s := newSheet(surrounded(t, "en"), svgPaper())
	towns := s.towns(svgPaper(), 1, nil)
	if len(towns) < 10 {
		t.Fatalf("only %d names", len(towns))
	}
	for i, one := range towns {
		if !inside(svgPaper(), one.box()) {
			t.Errorf("%s leaves the paper", one.said)
		}
		for _, other := range towns[i+1:] {
			if one.box().Intersects(other.box()) {
				t.Errorf("%s and %s lie on each other", one.said, other.said)
			}
		}
	}
}

func TestTheWordsOfAnInsetAreReadable(t *testing.T) {
	for _, dark := range []bool{false, true} {
		l := locatorLooks(dark)
		for _, words := range []string{l.ink, l.mark} {
			for _, ground := range []string{l.land, l.sea, l.halo} {
				if got := look.Contrast(words, ground); got < 4.5 {
					t.Errorf("dark %v: %s on %s has a contrast of %.2f", dark, words, ground, got)
				}
			}
		}
	}
}

func TestAnInsetMarksTheTerritoryAndIsSmall(t *testing.T) {
	for _, lang := range []string{"en", "ar", "he"} {
		said := surrounded(t, lang)
		for _, dark := range []bool{false, true} {
			drawing := Locator(said.Words, said.Snapshot, said.Context, dark)
			if !bytes.Contains(drawing, []byte(locatorLooks(dark).mark)) || len(drawing) > 9000 || strings.Count(string(drawing), "<text") < 4 {
				t.Errorf("%s, dark %v: %d bytes with %d names", lang, dark, len(drawing), strings.Count(string(drawing), "<text"))
			}
		}
		said.Context = &mapcontext.Map{}
		if Locator(said.Words, said.Snapshot, said.Context, false) != nil {
			t.Error("there is an inset of nothing")
		}
	}
}
