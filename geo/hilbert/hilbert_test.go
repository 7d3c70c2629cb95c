package hilbert

import (
	"testing"

	"pgregory.net/rapid"
)

func TestEachNumberIsACellAndEachCellANumber(t *testing.T) {
	for order := range uint(7) {
		seen := map[[2]uint32]bool{}
		for d := range uint64(1) << (2 * order) {
			x, y := Cell(order, d)
			if x>>order != 0 || y>>order != 0 || seen[[2]uint32{x, y}] {
				t.Fatalf("order %d: number %d is cell %d, %d", order, d, x, y)
			}
			seen[[2]uint32{x, y}] = true
			if got := Number(order, x, y); got != d {
				t.Fatalf("order %d: cell %d, %d has number %d, not %d", order, x, y, got, d)
			}
		}
	}
}

func TestLawsOfTheCurve(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		order := rapid.UintRange(1, MaxOrder-1).Draw(t, "order")
		last := uint64(1)<<(2*order) - 1
		d := rapid.Uint64Range(0, last).Draw(t, "number")
		x, y := Cell(order, d)
		if got := Number(order, x, y); got != d {
			t.Fatalf("cell %d, %d has number %d, not %d", x, y, got, d)
		}
		if d < last {
			if u, v := Cell(order, d+1); distance(x, u)+distance(y, v) != 1 {
				t.Fatalf("from %d, %d the curve goes to %d, %d", x, y, u, v)
			}
		}
		if u, v := Cell(order+1, 4*d+rapid.Uint64Range(0, 3).Draw(t, "quarter")); u>>1 != x || v>>1 != y {
			t.Fatalf("cell %d, %d falls into %d, %d", x, y, u, v)
		}
	})
}

func distance(a, b uint32) uint32 { return max(a, b) - min(a, b) }

// The values are those of the PMTiles 3 specification and of go-pmtiles' tests:
// the number of a tile counts the tiles of all lower zooms too.
func TestPMTilesNumbersTilesAlongTheSameCurve(t *testing.T) {
	for at, want := range map[[3]uint32]uint64{
		{0, 0, 0}: 0, {1, 0, 0}: 1, {1, 0, 1}: 2, {1, 1, 1}: 3, {1, 1, 0}: 4, {2, 0, 0}: 5, {12, 3423, 1763}: 19078479,
	} {
		z := uint(at[0])
		if got := (uint64(1)<<(2*z)-1)/3 + Number(z, at[1], at[2]); got != want {
			t.Errorf("%v has number %d, want %d", at, got, want)
		}
	}
}
