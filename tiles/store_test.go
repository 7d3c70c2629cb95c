package tiles

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestEveryFormOfABodyIsTheSameTile(t *testing.T) {
	set := tileset(t, []Layer{{"zones", blocks(5, 5, 10, orb.Point{34, 31}, 1)}}, Options{})
	at := maptile.At(orb.Point{34, 31}, 8)
	body, err := set.Tile(context.Background(), 8, at.X, at.Y)
	if err != nil {
		t.Fatal(err)
	}
	for name, form := range map[string]struct {
		bytes []byte
		open  func(io.Reader) (io.Reader, error)
	}{
		"gzip":   {body.Gzip(), func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
		"brotli": {body.Brotli(), func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil }},
		"zstd": {body.Zstd(), func(r io.Reader) (io.Reader, error) {
			return zstd.NewReader(r, zstd.WithDecoderConcurrency(1))
		}},
	} {
		r, err := form.open(bytes.NewReader(form.bytes))
		if err != nil {
			t.Fatal(err)
		}
		plain, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(plain, body.Identity()) || len(form.bytes) >= len(plain) {
			t.Errorf("%s: %d bytes of %d", name, len(form.bytes), len(plain))
		}
	}
}

func TestATileBelow150BytesIsNotCompressed(t *testing.T) {
	set := tileset(t, []Layer{{"zones", []Feature{{"", square(-90, -45, 90, 45), nil}}}}, Options{})
	body, err := set.Tile(context.Background(), 6, 30, 30)
	if err != nil {
		t.Fatal(err)
	}
	if body.Gzip() != nil || body.Brotli() != nil || body.Zstd() != nil {
		t.Error("it is compressed")
	}
}

func TestEqualTilesOfTwoTilesetsAreOneBody(t *testing.T) {
	store := NewStore(0)
	moved := square(-90, -45, 90, 46)
	one := tileset(t, []Layer{{"zones", []Feature{{"a", square(-90, -45, 90, 45), nil}}}}, Options{Store: store})
	two := tileset(t, []Layer{{"zones", []Feature{{"a", moved, nil}}}}, Options{Store: store})
	get := func(set *Tileset, z, x, y uint32) *Tile {
		body, err := set.Tile(context.Background(), z, x, y)
		if err != nil {
			t.Fatal(err)
		}
		return body
	}
	if a, b := get(one, 6, 30, 30), get(two, 6, 20, 35); a != b {
		t.Error("two full squares are two bodies")
	}
	if a, b := get(one, 3, 3, 2), get(two, 3, 3, 2); a == b || a.Hash() == b.Hash() {
		t.Error("the tiles at the border that moved are one")
	}
}

func TestWarmTilesAreThoseThatWouldBeMade(t *testing.T) {
	layers := []Layer{{"zones", blocks(5, 5, 10, orb.Point{34, 31}, 1)}}
	cold, warm := tileset(t, layers, Options{}), tileset(t, layers, Options{})
	made, err := warm.Warm(context.Background(), 30, 0)
	if err != nil {
		t.Fatal(err)
	}
	if made < 10 || made > 30 {
		t.Errorf("%d tiles made", made)
	}
	pyramid(t, cold, 8, func(a address, b *Tile) {
		w, err := warm.Tile(context.Background(), a.z, a.x, a.y)
		if err != nil || w == nil || w.Hash() != b.Hash() {
			t.Errorf("%v differs: %v", a, err)
		}
	})
}

func TestCoveredTilesAreAllThatAreNotEmpty(t *testing.T) {
	set := tileset(t, []Layer{{"zones", blocks(3, 3, 10, orb.Point{34, 31}, 1)}, {"places", []Feature{{"", orb.Point{-70, 10}, nil}}}}, Options{})
	covered := map[address]bool{}
	for x, y := range set.Covered(5) {
		covered[address{5, x, y}] = true
	}
	for x := range uint32(32) {
		for y := range uint32(32) {
			body, err := set.Tile(context.Background(), 5, x, y)
			if err != nil {
				t.Fatal(err)
			}
			if body != nil && !covered[address{5, x, y}] {
				t.Errorf("5/%d/%d is not empty", x, y)
			}
		}
	}
	if len(covered) > 8 {
		t.Errorf("%d tiles are covered", len(covered))
	}
}

func TestWhoGivesUpDoesNotSpoilTheTile(t *testing.T) {
	set := tileset(t, []Layer{{"zones", blocks(5, 5, 10, orb.Point{34, 31}, 1)}}, Options{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := set.Tile(ctx, 3, 4, 3); err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if body, err := set.Tile(context.Background(), 3, 4, 3); body == nil || err != nil {
		t.Error(body, err)
	}
}
