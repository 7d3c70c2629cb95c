package tiles_test

import (
	"bytes"
	"math"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/data/mapcontext"
	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/tiles"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/maptile"
)

// gazaContext is the embedded dataset with its context, and the tiles of that.
func gazaContext(t *testing.T) (*data.Snapshot, *mapcontext.Map, *tiles.Tileset) {
	t.Helper()
	s, _, err := data.Read(t.Context(), gaza.Files)
	if err != nil {
		t.Fatal(err)
	}
	m, _, err := mapcontext.Read(t.Context(), gaza.Context, 0)
	if err != nil {
		t.Fatal(err)
	}
	set, err := tiles.NewContext(t.Context(), m, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s, m, set
}

// Land of the neighbours meets the territory: what both cover is less than a sheet of
// 20 metres a side, far below what any map can show.
func TestTheLandOfTheContextMeetsTheTerritory(t *testing.T) {
	s, m, _ := gazaContext(t)
	territory, _ := s.TerritoryByID(s.Dataset.Territory)
	for _, land := range m.Layer(mapcontext.Land) {
		shape, ok := land.Geometry.(orb.MultiPolygon)
		if !ok {
			shape = orb.MultiPolygon{land.Geometry.(orb.Polygon)}
		}
		parts, err := geo.Partition(t.Context(), territory.Shape, shape)
		if err != nil {
			t.Fatal(err)
		}
		common := 0.0
		for _, part := range parts {
			if len(part.Layers) < 2 {
				continue
			}
			area, err := geo.Area(part.Shape)
			if err != nil {
				t.Fatal(err)
			}
			common += area
		}
		t.Logf("%s: %.0f m²", land.Title.In("en"), common)
		if common > 400 {
			t.Errorf("%s covers %.0f m² of the territory", land.Title.In("en"), common)
		}
	}
}

func TestTilesOfAContextDecodeAndShowMoreTheDeeperTheyAre(t *testing.T) {
	_, m, set := gazaContext(t)
	_, last := set.Zooms()
	at := orb.Point{34.45, 31.5} // Gaza City
	var before int
	for z := uint32(0); z <= last; z++ {
		tile := maptile.At(at, maptile.Zoom(z))
		made, err := set.Tile(t.Context(), z, tile.X, tile.Y)
		if err != nil {
			t.Fatal(err)
		}
		layers, err := mvt.Unmarshal(made.Identity())
		if err != nil {
			t.Fatalf("%d: %v", z, err)
		}
		lowest := 0
		for _, l := range layers {
			if l.Name == tiles.OmittedLayer {
				t.Errorf("zoom %d says that something is left out", z)
			}
			for _, f := range l.Features {
				lowest = max(lowest, int(f.Properties["rank"].(float64)))
			}
		}
		if lowest < before {
			t.Errorf("zoom %d shows ranks up to %d, the one above up to %d", z, lowest, before)
		}
		before = lowest
		if z == 0 && lowest > 2 || z == last && lowest < 4 {
			t.Errorf("zoom %d shows ranks up to %d", z, lowest)
		}
	}
	if len(set.Fields()) != len(m.Layers) {
		t.Errorf("%d layers, not %d", len(set.Fields()), len(m.Layers))
	}
}

// A first view is the tiles of a screen of 1440 by 900 pixels, the panel beside it,
// around the territory at the zoom at which that fills it.
func TestAFirstViewOfTheContextIsLight(t *testing.T) {
	s, _, set := gazaContext(t)
	b := s.Bound()
	for _, screen := range []struct {
		name                string
		width, height, most float64
	}{{"desktop", 1000, 900, 120_000}, {"phone", 390, 440, 80_000}} {
		room := screen.height - 84
		zoom := math.Log2(360 / 512.0 * min(room/((b.Max[1]-b.Min[1])/math.Cos(b.Center()[1]*math.Pi/180)), (screen.width-100)/(b.Max[0]-b.Min[0])))
		z := maptile.Zoom(math.Floor(zoom))
		pixel := 360 / 512.0 / math.Exp2(zoom)
		half := orb.Point{screen.width / 2 * pixel, screen.height / 2 * pixel * math.Cos(b.Center()[1]*math.Pi/180)}
		c := b.Center()
		first, last := maptile.At(orb.Point{c[0] - half[0], c[1] + half[1]}, z), maptile.At(orb.Point{c[0] + half[0], c[1] - half[1]}, z)
		total, count := 0, 0
		for x := first.X; x <= last.X; x++ {
			for y := first.Y; y <= last.Y; y++ {
				tile, err := set.Tile(t.Context(), uint32(z), x, y)
				if err != nil {
					t.Fatal(err)
				}
				if count++; tile != nil {
					total += len(tile.Gzip())
				}
			}
		}
		t.Logf("%s: zoom %.1f, %d tiles, %d bytes gzip", screen.name, zoom, count, total)
		if float64(total) > screen.most {
			t.Errorf("%s: the context of a first view takes %d bytes", screen.name, total)
		}
	}
}

func TestTilesOfAContextAreTheSameEachTime(t *testing.T) {
	_, _, one := gazaContext(t)
	_, _, two := gazaContext(t)
	for x, y := range one.Covered(9) {
		a, err := one.Tile(t.Context(), 9, x, y)
		if err != nil {
			t.Fatal(err)
		}
		b, err := two.Tile(t.Context(), 9, x, y)
		if err != nil {
			t.Fatal(err)
		}
		if (a == nil) != (b == nil) || a != nil && !bytes.Equal(a.Identity(), b.Identity()) {
			t.Errorf("9/%d/%d differs", x, y)
		}
	}
}
