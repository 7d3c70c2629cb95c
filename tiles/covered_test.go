package tiles

import (
	"context"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// tail is a zone of 30 km with a tail of 100 km by 3 m, which has no width at low zooms.
func tail() []Layer {
	return []Layer{{"zones", []Feature{{"tail", orb.Polygon{{
		{34, 31}, {34.3, 31}, {34.3, 31.15}, {35.3, 31.15}, {35.3, 31.15003}, {34.3, 31.15003}, {34.3, 31.3}, {34, 31.3}, {34, 31},
	}}, nil}}}}
}

func TestATileBelowAnEmptyOneMayShowSomething(t *testing.T) {
	set := tileset(t, tail(), Options{})
	shown := func(z, x, y uint32) bool {
		body, err := set.Tile(context.Background(), z, x, y)
		if err != nil {
			t.Fatal(err)
		}
		return body != nil
	}
	for z := range uint32(16) {
		for x, y := range set.Covered(z + 1) {
			if shown(z+1, x, y) && !shown(z, x/2, y/2) {
				return
			}
		}
	}
	t.Error("no such tile: going down from tiles that are not empty would do")
}

func TestWhatIsSearchedForATileHoldsWhatIsSearchedBelow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		options, err := Options{
			Extent: rapid.SampledFrom([]uint32{256, 512, 4096}).Draw(t, "extent"),
			Buffer: rapid.Uint32Range(1, 128).Draw(t, "buffer"),
		}.withDefaults()
		if err != nil {
			t.Fatal(err)
		}
		z := rapid.Uint32Range(1, options.MaxZoom).Draw(t, "zoom")
		x, y := rapid.Uint32Range(0, 1<<z-1).Draw(t, "x"), rapid.Uint32Range(0, 1<<z-1).Draw(t, "y")
		below, above := options.view(z, x, y), options.view(z-1, x/2, y/2)
		if b, a := below.search(), above.search(); a.Union(b) != a {
			t.Errorf("%v is not in %v", b, a)
		}
	})
}

func TestEveryTileThatShowsAnythingIsCoveredOnce(t *testing.T) {
	for name, layers := range map[string][]Layer{
		"tail": tail(),
		"mixed": {
			{"zones", blocks(3, 3, 10, orb.Point{34, 31}, 60)},
			{"lines", []Feature{{"", orb.LineString{{-179, -80}, {179, 80}}, nil}}},
			{"places", []Feature{{"", orb.Point{-180, 85.05}, nil}, {"", orb.Point{180, -85.05}, nil}}},
		},
	} {
		set := tileset(t, layers, Options{})
		for z := range uint32(8) {
			covered := map[address]int{}
			for x, y := range set.Covered(z) {
				covered[address{z, x, y}]++
			}
			for x := range uint32(1) << z {
				for y := range uint32(1) << z {
					body, err := set.Tile(context.Background(), z, x, y)
					if err != nil {
						t.Fatal(err)
					}
					if n := covered[address{z, x, y}]; n > 1 || n == 0 && body != nil {
						t.Errorf("%s: %d/%d/%d is covered %d times", name, z, x, y, n)
					}
				}
			}
		}
	}
}

func TestCoveredTilesFollowEachOtherAlongTheCurve(t *testing.T) {
	set := tileset(t, []Layer{{"zones", []Feature{{"", square(-180, -85.06, 180, 85.06), nil}}}}, Options{})
	for z := range uint32(7) {
		count, lastX, lastY := 0, uint32(0), uint32(0)
		for x, y := range set.Covered(z) {
			if steps := max(x, lastX) - min(x, lastX) + max(y, lastY) - min(y, lastY); count > 0 && steps != 1 || count == 0 && x+y != 0 {
				t.Errorf("%d: %d/%d follows %d/%d", z, x, y, lastX, lastY)
			}
			count, lastX, lastY = count+1, x, y
		}
		if count != 1<<(2*z) || lastX != 1<<z-1 || lastY != 0 {
			t.Errorf("%d: %d tiles up to %d/%d", z, count, lastX, lastY)
		}
	}
}
