package data_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/referee"
)

var update = flag.Bool("update", false, "write golden files anew")

// The answers for Gaza, as text to be read in review.
func TestTheAnswersForGazaAreTheGoldenOnes(t *testing.T) {
	referee.Figures(t)
	ctx, s := context.Background(), embedded()
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }

	say("snapshot %s", s.Name())
	shares, err := s.Shares(ctx, "", date(t, "2026-01-20"))
	if err != nil {
		t.Fatal(err)
	}
	say("\nshares on 2026-01-20")
	for _, x := range shares {
		say("  %-16s %-9s %9.4f %%  %9.4f of %9.4f km²  band %.3f–%.3f  front %.3f km", x.Of, x.Basis, x.Percent, x.HeldKm2, x.TerritoryKm2,
			x.Uncertainty.PercentLow, x.Uncertainty.PercentHigh, x.Uncertainty.FrontKm)
	}
	claims, err := s.CheckedClaims(ctx, 0)
	if err != nil {
		t.Fatal(err)
	}
	say("\nclaims")
	for _, c := range claims {
		stated := c.StatedOn.String()
		if c.DayUnknown {
			stated = "day not shown, about " + c.AsOf.String()
		}
		if c.Kind == "" {
			say("  %s %s: %v–%v %%, %s", stated, c.ID, *c.PercentLow, *c.PercentHigh, c.Measures)
		} else {
			say("  %s %s: %s, %s", stated, c.ID, c.Published(), c.Measures)
		}
		for _, x := range c.Computed {
			if c.Kind == "" {
				say("    %-9s %9.4f %%, %+.4f points, inside the band: %v: %s", x.Basis, x.Percent, x.DifferencePoints, x.InsideBand, x.Words)
			} else {
				say("    %-9s %s: %s", x.Basis, x.InWords(), x.Words)
			}
		}
		if !c.Checkable {
			say("    not checkable: %s", c.Reason)
		}
		for _, y := range c.Yardsticks {
			say("    %-9s %s", y.Basis, y.Words)
		}
	}
	day := date(t, "2026-01-20")
	changes, err := s.Changes(ctx, data.ChangesQuery{From: day, To: day, Basis: "line-cut", Against: "traced"})
	if err != nil {
		t.Fatal(err)
	}
	say("\nline-cut against traced: %.4f km² more, %.4f km² less, %.4f km² in both, %+.4f points", changes.GainedKm2, changes.LostKm2, changes.KeptKm2, changes.Points)
	for _, d := range changes.Districts {
		say("  %-16s %+.4f km² %+.4f points", d.Of, d.GainedKm2-d.LostKm2, d.Points)
	}
	series, err := s.Series(ctx, data.Query{}, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	say("\nseries")
	for _, r := range series.Rows {
		say("  %s to %s: %.4f %%, gap %v", r.From, r.To, *r.Percent, r.Gap)
	}
	say("\nquality")
	for _, f := range s.Quality.Findings {
		say("  %s %v: %s", f.Rule, f.Features, f.Detail)
	}
	say("\nplaces")
	for _, p := range s.Places {
		at, err := s.At(ctx, p.Point, day)
		if err != nil {
			t.Fatal(err)
		}
		say("  %s in %v, %d zones, %.0f m from %s at %.1f°", p.ID, at.Territories, len(at.Zones), at.Nearest.DistanceM, at.Nearest.Line, at.Nearest.BearingDeg)
	}

	const name = "testdata/gaza.golden"
	if *update {
		if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the answers differ from %s (go test ./data -run Golden -update writes it anew):\n%s", name, b.String())
	}
}
