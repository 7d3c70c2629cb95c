package tiles_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/drawn"
	"github.com/demarc-map/demarc/tiles"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/maptile"
	"github.com/paulmach/orb/planar"
	"github.com/paulmach/orb/project"
	"pgregory.net/rapid"
)

// unitsOf projects land to the tile units of a zoom.
func unitsOf(mp orb.MultiPolygon, z uint32) orb.MultiPolygon {
	out := project.MultiPolygon(mp.Clone(), project.WGS84.ToMercator)
	scale := 4096 * math.Exp2(float64(z)) / (2 * math.Pi * 6378137)
	return project.MultiPolygon(out, func(p orb.Point) orb.Point { return orb.Point{p[0] * scale, p[1] * scale} })
}

// Every drawn dataset lies in one tile up to zoom 6. What a vertex moves to the
// nearest unit and a simplified border give or take no more than a strip one
// unit wide along the border.
func TestTheHeldLandOfATileIsWhatCounts(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		s, _, err := data.Read(ctx, drawn.Dataset(t))
		if err != nil {
			t.Fatal(err)
		}
		e := data.Edition{Epoch: rapid.SampledFrom(s.Epochs).Draw(t, "epoch"), Basis: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "basis")}
		atlas, err := tiles.NewAtlas(ctx, s, tiles.Options{})
		if err != nil {
			t.Fatal(err)
		}
		z := rapid.Uint32Range(0, 6).Draw(t, "zoom")
		at := maptile.At(orb.Point{34.3, 31.3}, maptile.Zoom(z))
		tile, err := atlas.Tile(ctx, e, z, at.X, at.Y)
		if err != nil {
			t.Fatal(err)
		}
		layers, err := mvt.Unmarshal(tile.Identity())
		if err != nil {
			t.Fatal(err)
		}
		drawn := map[string]float64{}
		for _, l := range layers {
			if l.Name == data.HeldLayer {
				for _, f := range l.Features {
					drawn[f.Properties["id"].(string)] += math.Abs(planar.Area(f.Geometry))
				}
			}
		}
		lands, err := s.HeldLand(ctx, e)
		if err != nil {
			t.Fatal(err)
		}
		if len(drawn) != len(lands) {
			t.Fatalf("%d combinations of parties are drawn, %d hold land", len(drawn), len(lands))
		}
		for _, land := range lands {
			shape := unitsOf(land.Shape, z)
			id, want, border := strings.Join(land.Parties, " "), math.Abs(planar.Area(shape)), planar.Length(shape)
			if got := drawn[id]; math.Abs(got-want) > border+1 {
				t.Fatalf("zoom %d: %s holds %.1f square units, %.1f are drawn; %.1f may be lost along the border", z, id, want, got, border)
			}
		}
	})
}
