package tiles

import (
	"context"
	"fmt"
	"testing"

	"github.com/demarc-map/demarc/body"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
)

// coldTiles renders, round robin, the tiles around a place of each zoom.
func coldTiles(b *testing.B, set *Tileset, centre orb.Point, first, last uint32) {
	ctx := context.Background()
	var addresses []address
	for z := first; z <= last; z++ {
		at := maptile.At(centre, maptile.Zoom(z))
		addresses = append(addresses, address{z, at.X, at.Y})
	}
	b.ReportAllocs()
	size, i := 0, 0
	for b.Loop() {
		body, err := set.render(ctx, addresses[i%len(addresses)])
		if err != nil {
			b.Fatal(err)
		}
		if body != nil {
			size += len(body.Identity())
		}
		i++
	}
	b.ReportMetric(float64(size)/float64(i), "bytes/tile")
}

func BenchmarkColdTileOfTheReferenceData(b *testing.B) {
	coldTiles(b, tileset(b, reference(b), Options{}), orb.Point{34.41, 31.4}, 6, 16)
}

func BenchmarkColdTileOfBlocks100k(b *testing.B) {
	centre := orb.Point{31.3, 48.6}
	set := tileset(b, []Layer{{"zones", blocks(316, 316, 5, centre, 6)}}, Options{})
	for z := uint32(6); z <= 16; z += 2 {
		b.Run(fmt.Sprint("z", z), func(b *testing.B) { coldTiles(b, set, centre, z, z) })
	}
}

func BenchmarkDeepTileOfALargePolygon(b *testing.B) {
	centre := orb.Point{31.3, 48.6}
	zone := coast(100_000, centre, 6)
	set := tileset(b, []Layer{{"zones", []Feature{zone}}}, Options{})
	corner := zone.Geometry.(orb.Polygon)[0][12_345]
	for z := uint32(6); z <= 16; z += 2 {
		b.Run(fmt.Sprint("z", z), func(b *testing.B) { coldTiles(b, set, corner, z, z) })
	}
}

func BenchmarkHotTile(b *testing.B) {
	set := tileset(b, reference(b), Options{})
	at := maptile.At(orb.Point{34.41, 31.4}, 12)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := set.Tile(context.Background(), 12, at.X, at.Y); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCompress(b *testing.B) {
	set := tileset(b, reference(b), Options{})
	at := maptile.At(orb.Point{34.41, 31.4}, 9)
	held, err := set.Tile(context.Background(), 9, at.X, at.Y)
	if err != nil {
		b.Fatal(err)
	}
	coder := body.NewCoder()
	for name, form := range map[string]func(*Tile) []byte{"gzip": (*Tile).Gzip, "br": (*Tile).Brotli, "zstd": (*Tile).Zstd} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			size := 0
			for b.Loop() {
				size = len(form(&Tile{Body: coder.Body(held.Identity())}))
			}
			b.ReportMetric(float64(size)/float64(len(held.Identity())), "ratio")
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	for _, n := range []int{100, 316} {
		layers := []Layer{{"zones", blocks(n, n, 5, orb.Point{31.3, 48.6}, 6)}}
		b.Run(fmt.Sprint(n*n, " zones"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				tileset(b, layers, Options{})
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n*n), "ns/zone")
		})
	}
}

func BenchmarkColdTileOfAStrip(b *testing.B) {
	centre := orb.Point{31.3, 48.6}
	set := tileset(b, []Layer{{"zones", blocks(8, 8, 80, centre, 0.4)}}, Options{})
	for z := uint32(6); z <= 16; z += 2 {
		b.Run(fmt.Sprint("z", z), func(b *testing.B) { coldTiles(b, set, centre, z, z) })
	}
}
