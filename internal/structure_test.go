package internal

import (
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/house"
	"github.com/demarc-map/demarc/internal/referee"
)

// Bounds of a package in order.
const (
	mostMethods = 40   // of one type
	mostBackUp  = 10.0 // percent of the arrows between its files
	fewArrows   = 15   // of which one would be too large a part
)

func TestFilesLeanOnEachOtherOneWayAndNoTypeDoesEverything(t *testing.T) {
	rooms, err := house.Measure(referee.Root(), "./...")
	if err != nil {
		t.Fatal(err)
	}
	if len(rooms) < 20 {
		t.Fatalf("only %d packages were measured", len(rooms))
	}
	for _, r := range rooms {
		if r.Methods > mostMethods {
			t.Errorf("%s: %s has %d methods; more than %d know too much of each other", r.Package, r.Largest, r.Methods, mostMethods)
		}
		if len(r.Arrows) < fewArrows || r.Percent() <= mostBackUp {
			continue
		}
		t.Errorf("%s: %.0f%% of the arrows between its files run back up, more than %.0f%%:", r.Package, r.Percent(), mostBackUp)
		for _, a := range r.BackUp() {
			t.Logf("%s -> %s: %s", a.From, a.To, strings.Join(r.Arrows[a], " "))
		}
	}
}
