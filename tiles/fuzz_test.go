package tiles

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"testing"

	"github.com/paulmach/orb"
)

// FuzzTile asks for any tile of any geometry: it is refused as outside, empty,
// or meets the contract.
func FuzzTile(f *testing.F) {
	f.Add(uint32(0), uint32(0), uint32(0), uint8(3), []byte{0, 0, 1, 1, 0, 2, 2, 0})
	f.Add(uint32(16), uint32(39039), uint32(26720), uint8(2), []byte{255, 255, 1, 1, 0, 128, 2, 0})
	f.Add(uint32(99), uint32(1<<31), uint32(7), uint8(1), []byte{9, 9, 9, 9})
	f.Fuzz(func(t *testing.T, z, x, y uint32, kind uint8, data []byte) {
		// Positions around the tile, as 256ths of it, two bytes each way.
		scale := float64(uint64(1) << min(z, 30))
		var line orb.LineString
		for len(data) >= 4 {
			dx := float64(int16(binary.LittleEndian.Uint16(data))) / 256
			dy := float64(int16(binary.LittleEndian.Uint16(data[2:]))) / 256
			line = append(line, unproject(onGrid((float64(x)+dx)/scale), onGrid((float64(y)+dy)/scale)))
			data = data[4:]
		}
		var g orb.Geometry
		switch kind % 4 {
		case 1:
			g = orb.MultiPoint(line)
		case 2:
			g = line
		case 3:
			g = orb.Polygon{orb.Ring(line[:len(line)/2]), orb.Ring(line[len(line)/2:])}
		default:
			g = orb.MultiPolygon{{orb.Ring(line)}, {orb.Ring(line[len(line)/2:])}}
		}
		set, err := NewTileset(t.Context(), []Layer{{"all", []Feature{{ID: "f", Geometry: g}}}}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		body, err := set.Tile(context.Background(), z, x, y)
		if errors.Is(err, ErrOutside) || err == nil && body == nil {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := checkTile(body.Identity(), []string{"all"}, 64); err != nil {
			t.Error(err)
		}
	})
}

// FuzzDecode reads any bytes: it gives text or an error.
func FuzzDecode(f *testing.F) {
	set, err := NewTileset(f.Context(), sampleLayers(), Options{})
	if err != nil {
		f.Fatal(err)
	}
	body, err := set.Tile(context.Background(), 8, 152, 104)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(body.Identity())
	f.Add([]byte{0x1a, 0x02, 0x78, 0x02})
	f.Fuzz(func(t *testing.T, tile []byte) {
		_ = Decode(io.Discard, tile)
	})
}
