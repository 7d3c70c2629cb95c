package catalogue

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestATileHasOneSpelling(t *testing.T) {
	digits := rapid.StringMatching(`[+-]?0?[0-9٣]{0,11}`)
	rapid.Check(t, func(t *rapid.T) {
		zoom, column, row := digits.Draw(t, "z"), digits.Draw(t, "x"), digits.Draw(t, "y")
		suffix := rapid.SampledFrom([]string{"", ".mvt", ".pbf"}).Draw(t, "suffix")
		z, x, y, err := TileAddress(zoom, column, row+suffix)
		if err == nil && fmt.Sprint(z, x, y) != fmt.Sprint(zoom, " ", column, " ", row) {
			t.Fatalf("%q %q %q is read as %d %d %d", zoom, column, row, z, x, y)
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		z, x, y := rapid.Uint32().Draw(t, "z"), rapid.Uint32().Draw(t, "x"), rapid.Uint32().Draw(t, "y")
		gotZ, gotX, gotY, err := TileAddress(fmt.Sprint(z), fmt.Sprint(x), fmt.Sprint(y, ".mvt"))
		if err != nil || gotZ != z || gotX != x || gotY != y {
			t.Fatalf("%d %d %d is read as %d %d %d, %v", z, x, y, gotZ, gotX, gotY, err)
		}
	})
	if _, _, _, err := TileAddress("1", "1", "1.png"); err == nil {
		t.Error("a tile ends in .png")
	}
}
