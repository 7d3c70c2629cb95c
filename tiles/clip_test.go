package tiles

import (
	"context"
	"testing"

	"pgregory.net/rapid"
)

// winding counts how often rings wind round a point that is on none of them;
// the point is given doubled.
func winding(p point, rings [][]point) int {
	count := 0
	for _, r := range rings {
		for i, a := range r {
			b := r[(i+1)%len(r)]
			a, b = point{X: 2 * a.X, Y: 2 * a.Y}, point{X: 2 * b.X, Y: 2 * b.Y}
			switch {
			case a.Y <= p.Y && b.Y > p.Y && turn(a, b, p) > 0:
				count++
			case b.Y <= p.Y && a.Y > p.Y && turn(a, b, p) < 0:
				count--
			}
		}
	}
	return count
}

// near reports whether a doubled point is within two units of a ring.
func near(p point, rings [][]point) bool {
	for _, r := range rings {
		for i, a := range r {
			b := r[(i+1)%len(r)]
			ax, ay, bx, by := float64(2*a.X-p.X), float64(2*a.Y-p.Y), float64(2*b.X-p.X), float64(2*b.Y-p.Y)
			dx, dy := bx-ax, by-ay
			at := 0.0
			if l := dx*dx + dy*dy; l > 0 {
				at = min(max(-(ax*dx+ay*dy)/l, 0), 1)
			}
			x, y := ax+at*dx, ay+at*dy
			if x*x+y*y <= 16 {
				return true
			}
		}
	}
	return false
}

// anyRing draws a ring that may cross itself and often meets the window's sides and corners.
func anyRing(w window) *rapid.Generator[[]point] {
	place := rapid.OneOf(
		rapid.Int64Range(w.lo-w.length(), w.hi+w.length()),
		rapid.Int64Range(w.lo-3, w.lo+3),
		rapid.Int64Range(w.hi-3, w.hi+3),
		rapid.SampledFrom([]int64{w.lo, w.hi, (w.lo + w.hi) / 2}),
	)
	return rapid.Custom(func(t *rapid.T) []point {
		var ring []point
		for range rapid.IntRange(3, 12).Draw(t, "corners") {
			p := point{X: place.Draw(t, "x"), Y: place.Draw(t, "y")}
			if len(ring) == 0 || ring[len(ring)-1] != p {
				ring = append(ring, p)
			}
		}
		return ring
	})
}

// A clipped ring winds round every point of the window as the whole ring did,
// however it crosses itself, the sides and the corners.
func TestClippingKeepsTheWindingOfEveryPointInside(t *testing.T) {
	w := window{-4, 60}
	bridged := 0
	rapid.Check(t, func(t *rapid.T) {
		rings := rapid.SliceOfN(anyRing(w), 1, 3).Draw(t, "rings")
		c := clipper{window: w}
		for _, r := range rings {
			c.ring(r, false)
		}
		spans, sure := c.join(nil)
		if !sure {
			bridged++
		}
		var pieces [][]point
		for _, s := range spans {
			piece := c.points[s.begin:s.end]
			for _, p := range piece {
				if w.clamp(p) != p {
					t.Fatalf("%v is outside the window", p)
				}
			}
			pieces = append(pieces, piece)
		}
		for x := 2*w.lo + 1; x < 2*w.hi; x += 6 {
			for y := 2*w.lo + 1; y < 2*w.hi; y += 6 {
				p := point{X: x, Y: y}
				if near(p, rings) {
					continue
				}
				if got, want := winding(p, pieces), winding(p, rings); got != want {
					t.Fatalf("at %v/2 the pieces wind %d times, the rings %d: %v", p, got, want, pieces)
				}
			}
		}
	})
	t.Logf("%d of the checks had to be bridged", bridged)
}

// Whatever rings are clipped, what is drawn of them is valid.
func TestClippedAndCleanedPolygonsAreValid(t *testing.T) {
	w := window{-4, 60}
	rapid.Check(t, func(t *rapid.T) {
		rings := rapid.SliceOfN(anyRing(w), 1, 3).Draw(t, "rings")
		c := clipper{window: w}
		for _, r := range rings {
			c.ring(r, false)
		}
		spans, sure := c.join(nil)
		var clean cleaner
		cleaned, err := clean.polygons(context.Background(), w, c.points, spans, sure, false)
		if err != nil {
			t.Fatal(err)
		}
		if err := checkPolygons(toOrb(cleaned)); err != nil {
			t.Fatalf("%v: %v", err, cleaned)
		}
	})
}

// The pieces of a polygon over a board of windows add up to its area: only
// where a side is crossed is a point rounded, by half a unit.
func TestPiecesOverABoardOfWindowsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ring := anyRing(window{0, 64}).Draw(t, "ring")
		if len(ring) < 3 {
			return
		}
		var sum, crossings int64
		for x := int64(-64); x < 128; x += 32 {
			for y := int64(-64); y < 128; y += 32 {
				moved := make([]point, len(ring))
				for i, p := range ring {
					moved[i] = point{X: p.X - x, Y: p.Y - y}
				}
				c := clipper{window: window{0, 32}}
				c.ring(moved, false)
				spans, _ := c.join(nil)
				sum += c.doubleArea(spans)
				crossings += int64(len(c.chains))
			}
		}
		if d := sum - doubleArea(ring); max(d, -d) > 2*32*crossings {
			t.Fatalf("the pieces have %v of %v, %d chains", sum, doubleArea(ring), crossings)
		}
	})
}
