package tiles

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geo"
)

// BenchmarkColdTileWithHeldLand makes cold tiles with the layer of held land and
// without it, in turns, and reports how much longer they take with it: the median
// of the ratios of neighbouring turns, and the quarter below and above it.
func BenchmarkColdTileWithHeldLand(b *testing.B) {
	centre := orb.Point{31.3, 48.6}
	for _, m := range []struct {
		name        string
		zones       []Feature
		first, last uint32
	}{
		{"strip", blocks(8, 8, 80, centre, 0.4), 6, 16},
		{"blocks-100k", blocks(316, 316, 5, centre, 6), 0, 16},
	} {
		var shapes orb.MultiPolygon
		for i := range m.zones {
			m.zones[i].Tags = append(m.zones[i].Tags, Tag{"counts", true})
			shapes = append(shapes, m.zones[i].Geometry.(orb.Polygon))
		}
		lands, err := geo.Partition(context.Background(), shapes)
		if err != nil {
			b.Fatal(err)
		}
		without := []Layer{{data.ZonesSection, m.zones}}
		with := append([]Layer{{data.HeldLayer, []Feature{{ID: "alpha", Geometry: lands[0].Shape}}}}, without...)
		sets := [2]*Tileset{}
		for k, layers := range [2][]Layer{with, without} {
			if sets[k], err = newTilesetWith(b.Context(), layers, detailsOf(layers), Options{}); err != nil {
				b.Fatal(err)
			}
		}
		for z := m.first; z <= m.last; z += 2 {
			b.Run(fmt.Sprintf("%s/z%d", m.name, z), func(b *testing.B) {
				at := maptile.At(centre, maptile.Zoom(z))
				var ratios []float64
				var took [2]time.Duration
				for b.Loop() {
					for k, set := range sets {
						start := time.Now()
						if _, err := set.render(context.Background(), address{z, at.X, at.Y}); err != nil {
							b.Fatal(err)
						}
						took[k] = time.Since(start)
					}
					ratios = append(ratios, float64(took[0])/float64(took[1]))
				}
				slices.Sort(ratios)
				n := len(ratios)
				b.ReportMetric(ratios[n/2], "ratio")
				b.ReportMetric(ratios[n/4], "lower")
				b.ReportMetric(ratios[n*3/4], "upper")
			})
		}
	}
}
