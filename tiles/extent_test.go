package tiles

import (
	"testing"

	"pgregory.net/rapid"
)

// Extents join and meet as the boxes do that they stand for, whatever the window.
func TestExtentsAreBoxes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		length := rapid.Uint64Range(1, 16384).Draw(t, "length")
		size := everyLane * extent(length)
		place := rapid.OneOf(rapid.Uint64Range(0, length), rapid.SampledFrom([]uint64{0, length, length / 2}))
		anyExtent := func(name string) (box, extent) {
			x0, y0, x1, y1 := place.Draw(t, name), place.Draw(t, name), place.Draw(t, name), place.Draw(t, name)
			b := boxOf([]vertex{{int32(x0), int32(y0)}, {int32(x1), int32(y1)}})
			return b, extentAt(x0, y0, size).join(extentAt(x1, y1, size))
		}
		b, e := anyExtent("one")
		c, f := anyExtent("other")
		if got, want := e.reach(size).meets(f), b.Meets(c); got != want {
			t.Fatalf("%v and %v: meet %v, want %v", b, c, got, want)
		}
		u := b.Union(c)
		if got, want := e.join(f), extentAt(uint64(u.MinX), uint64(u.MinY), size).join(extentAt(uint64(u.MaxX), uint64(u.MaxY), size)); got != want {
			t.Fatalf("%v and %v join to %x, want %x", b, c, got, want)
		}
		if e.join(nothing) != e || nothing.join(e) != e {
			t.Fatal("nothing adds something")
		}
		side := int32(length)
		if got, want := e.onPerimeter(), b.MinX == 0 || b.MinY == 0 || b.MaxX == side || b.MaxY == side; got != want {
			t.Fatalf("%v is on the perimeter: %v", b, got)
		}
	})
}
