package tiles

import (
	"context"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/maptile"

	"github.com/demarc-map/demarc/geo/arrange"
)

// seams measures, inside the window of a tile, the places that no polygon of a
// layer covers and those that more than one does.
func seams(t testing.TB, layer *mvt.Layer, w window) (gaps, overlaps []arrange.Polygon) {
	t.Helper()
	var a arrange.Arrangement
	a.AddRing([]point{w.corner(0), w.corner(1), w.corner(2), w.corner(3)}, 1, 1)
	for _, f := range layer.Features {
		multi, ok := f.Geometry.(orb.MultiPolygon)
		if !ok {
			multi = orb.MultiPolygon{f.Geometry.(orb.Polygon)}
		}
		for _, polygon := range multi {
			for _, r := range polygon {
				var ring []point
				for _, p := range r[:len(r)-1] {
					ring = append(ring, point{X: int64(p[0]), Y: int64(p[1])})
				}
				a.AddRing(ring, 0, 1)
			}
		}
	}
	if err := a.Node(context.Background()); err != nil {
		t.Fatal(err)
	}
	gaps = a.Polygons(func(c arrange.Coverage) bool { return c.Of(1) > 0 && c.Of(0) < 1 })
	overlaps = a.Polygons(func(c arrange.Coverage) bool { return c.Of(0) > 1 })
	return gaps, overlaps
}

// width is about how wide a polygon is: its area over half its perimeter.
func width(p arrange.Polygon) float64 {
	var area, perimeter float64
	for _, r := range p {
		area += float64(doubleArea(r)) / 2
		for i, a := range r {
			b := r[(i+1)%len(r)]
			perimeter += math.Hypot(float64(b.X-a.X), float64(b.Y-a.Y))
		}
	}
	return area / (perimeter / 2)
}

func TestNeighboursKeepTheirBorderAtEveryZoom(t *testing.T) {
	centre := orb.Point{35.5, 47.5}
	set := tileset(t, []Layer{{"zones", blocks(48, 48, 40, centre, 6)}}, Options{})
	for z := uint32(8); z <= 12; z++ {
		at := maptile.At(centre, maptile.Zoom(z))
		var gapCount, overlapCount int
		var widest float64
		for dx := uint32(0); dx < 2; dx++ {
			for dy := uint32(0); dy < 2; dy++ {
				body, err := set.Tile(context.Background(), z, at.X+dx, at.Y+dy)
				if err != nil {
					t.Fatal(err)
				}
				layers, err := mvt.Unmarshal(body.Identity())
				if err != nil {
					t.Fatal(err)
				}
				if err := checkTile(body.Identity(), []string{"zones"}, 64); err != nil {
					t.Error(err)
				}
				// The window lies inside the partition at these zooms.
				gaps, overlaps := seams(t, layers[0], window{-64, 4160})
				gapCount, overlapCount = gapCount+len(gaps), overlapCount+len(overlaps)
				for _, p := range append(gaps, overlaps...) {
					widest = max(widest, width(p))
					if width(p) > 1 {
						t.Errorf("zoom %d: a seam %.2f wide: %v", z, width(p), p)
					}
				}
			}
		}
		t.Logf("zoom %d: %d gaps, %d overlaps, at most %.2f units wide", z, gapCount, overlapCount, widest)
	}
}
