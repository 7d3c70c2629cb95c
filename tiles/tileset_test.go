package tiles

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"testing"

	"github.com/paulmach/orb"
)

func tileset(t testing.TB, layers []Layer, opt Options) *Tileset {
	t.Helper()
	set, err := NewTileset(t.Context(), layers, opt)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// shown gives the tiles of a zoom that show anything, with where they are.
func shown(t testing.TB, set *Tileset, z uint32) iter.Seq2[address, *Tile] {
	t.Helper()
	return func(yield func(address, *Tile) bool) {
		for x, y := range set.Covered(z) {
			body, err := set.Tile(context.Background(), z, x, y)
			if err != nil {
				t.Fatal(err)
			}
			if body != nil && !yield(address{z, x, y}, body) {
				return
			}
		}
	}
}

func text(t testing.TB, set *Tileset, z, x, y uint32) string {
	t.Helper()
	body, err := set.Tile(context.Background(), z, x, y)
	if err != nil {
		t.Fatal(err)
	}
	if body == nil {
		return ""
	}
	var out bytes.Buffer
	if err := Decode(&out, body.Identity()); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func square(west, south, east, north float64) orb.Polygon {
	return orb.Polygon{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}}
}

func TestATileShowsASquarePointAndLine(t *testing.T) {
	set := tileset(t, []Layer{
		{"zones", []Feature{{"a", square(-90, -45, 90, 45), []Tag{{"n", 7}, {"low", int64(-3)}, {"share", 0.5}, {"held", true}, {"none", nil}, {"name", "A"}}}}},
		{"empty", nil},
		{"lines", []Feature{{"b", orb.LineString{{-180, 0}, {180, 0}}, nil}}},
		{"places", []Feature{{"", orb.MultiPoint{{0, 0}, {90, 0}}, nil}}},
	}, Options{})
	want := `layer zones version 2 extent 4096 features 1
  feature 1086646154029559
    held = true
    low = -3
    n = 7
    name = "A"
    share = 0.5
    ring area 2.3552e+06: 1024,1473 3072,1473 3072,2623 1024,2623 1024,1473
layer lines version 2 extent 4096 features 1
  feature 1089944688915678
    line: 0,2048 4096,2048
layer places version 2 extent 4096 features 1
  feature
    points: 2048,2048 3072,2048
`
	if got := text(t, set, 0, 0, 0); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestATileInsideAPolygonIsTheFullSquare(t *testing.T) {
	set := tileset(t, []Layer{{"zones", []Feature{{"", square(-90, -45, 90, 45), nil}}}}, Options{})
	want := `layer zones version 2 extent 4096 features 1
  feature
    ring area 1.7842176e+07: -64,-64 4160,-64 4160,4160 -64,4160 -64,-64
`
	if got := text(t, set, 6, 30, 30); got != want {
		t.Errorf("got\n%s", got)
	}
	if got := text(t, set, 6, 2, 2); got != "" {
		t.Errorf("outside, got\n%s", got)
	}
}

func TestTilesOutsideTheMatrixOrTheZoomsAreRefused(t *testing.T) {
	set := tileset(t, nil, Options{MinZoom: 2, MaxZoom: 5})
	for _, a := range []address{{1, 0, 0}, {6, 0, 0}, {2, 4, 0}, {2, 0, 4}, {3, 1 << 31, 0}, {1 << 31, 0, 0}} {
		if _, err := set.Tile(context.Background(), a.z, a.x, a.y); !errors.Is(err, ErrOutside) {
			t.Errorf("%v: %v", a, err)
		}
	}
	if body, err := set.Tile(context.Background(), 2, 3, 3); body != nil || err != nil {
		t.Errorf("an empty tile is %v, %v", body, err)
	}
}
