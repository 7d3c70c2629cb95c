package look_test

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/demo"
	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/data/look"
	"github.com/demarc-map/demarc/data/words"
)

func read(t *testing.T, files fs.FS) *data.Snapshot {
	t.Helper()
	s, _, err := data.Read(context.Background(), files)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAZoneIsDrawnAsHeldWhenItCountsAndNoOther(t *testing.T) {
	for _, s := range []*data.Snapshot{read(t, gaza.Files), read(t, demo.Files())} {
		for i := range s.Zones {
			z := &s.Zones[i]
			m := look.Of(s, z)
			if data.Counts(s, z) != (m.ID == data.HeldMark) || data.MarkOf(s, z) != m.ID {
				t.Errorf("%s counts: %v, is drawn as %s", z.ID, data.Counts(s, z), m.ID)
			}
			if m.ID == data.HeldMark && m.Paint.Pattern == look.Pattern(z.Status) {
				t.Errorf("%s counts and has the hatch of its status", z.ID)
			}
		}
	}
}

func TestRestrictedLandDoesNotLookHeld(t *testing.T) {
	s := read(t, gaza.Files)
	held, restricted := look.Held(s, "traced", "israel"), look.Held(s, "restricted", "israel")
	if held.Paint.Name() == restricted.Paint.Name() || held.Paint.Colours[0] == restricted.Paint.Colours[0] || restricted.Paint.Plain() {
		t.Errorf("%+v and %+v", held, restricted)
	}
	if words := restricted.Words(s, "restricted", "en"); words != "Restricted by Israel" {
		t.Error(words)
	}
	if words := held.Words(s, "traced", "en"); words != "Behind the line published by Israel" {
		t.Error(words)
	}
}

func TestEveryEntryOfALegendIsNamedInEveryLanguageAndDrawnApart(t *testing.T) {
	for _, s := range []*data.Snapshot{read(t, gaza.Files), read(t, demo.Files())} {
		for basis, entries := range look.For(s).Legend {
			drawn := map[string]bool{}
			for _, e := range entries {
				for _, lang := range words.Langs() {
					if e.Words[lang] == "" || strings.ContainsAny(e.Words[lang], "{}") {
						t.Errorf("%s: %s in %s is %q", basis, e.Mark, lang, e.Words[lang])
					}
				}
				key := fmt.Sprint(e.Pattern, e.Colours)
				if drawn[key] {
					t.Errorf("%s: two entries are drawn as %s", basis, key)
				}
				drawn[key] = true
			}
			if len(entries) < 2 || entries[len(entries)-1].Mark != "rest" {
				t.Errorf("%s: %+v", basis, entries)
			}
		}
	}
}

func TestLandOfSeveralHasTheColoursOfAll(t *testing.T) {
	s := read(t, demo.Files())
	m := look.Held(s, s.Dataset.Basis, "army", "front")
	seen := map[string]bool{}
	for y := range m.Paint.Side() {
		for x := range m.Paint.Side() {
			c := m.Paint.At(x, y)
			seen[fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)] = true
		}
	}
	for _, p := range []string{"army", "front"} {
		if fill := look.OfParty(&s.Dataset, p).Fill; !seen[fill] || len(seen) != 2 {
			t.Errorf("%s is not in %v", fill, seen)
		}
	}
}

func TestWhereThereAreNoPatternsLandOfSeveralHasTheirMixedColour(t *testing.T) {
	s := read(t, demo.Files())
	one, other := look.Held(s, s.Dataset.Basis, "army").Paint.Flat(), look.Held(s, s.Dataset.Basis, "front").Paint.Flat()
	both := look.Held(s, s.Dataset.Basis, "army", "front").Paint.Flat()
	half := func(a, b uint8) int { return (int(a) + int(b) + 1) / 2 }
	if int(both.R) != half(one.R, other.R) || int(both.G) != half(one.G, other.G) || int(both.B) != half(one.B, other.B) || both.A != one.A {
		t.Errorf("%v is not between %v and %v", both, one, other)
	}
	if one != look.At(look.OfParty(&s.Dataset, "army").Fill, look.Opacity) {
		t.Errorf("land of one party is %v", one)
	}
	if pale := look.NotHeld(data.Claimed).Paint.Flat(); pale.A >= one.A {
		t.Errorf("what does not count is as opaque as what does: %v", pale)
	}
	if many := look.Held(s, s.Dataset.Basis).Paint.Flat(); many.A == 0 {
		t.Error("land of more parties than stripes can show is not filled")
	}
}

func TestALineHasTheColourInItsIDElseThatOfItsKind(t *testing.T) {
	for _, c := range []struct{ id, kind, want string }{
		{"yellow-line", "", look.Yellow}, {"orange-line", "pullback", look.Orange}, {"yellowstone-road", "deployment", look.OtherLine},
		{"road", "pullback", look.Yellow}, {"road", "restriction", look.Orange}, {"l", "", look.OtherLine},
	} {
		if got := look.LineColour(c.id, c.kind); got != c.want {
			t.Errorf("%s, %s is %s, not %s", c.id, c.kind, got, c.want)
		}
	}
}
