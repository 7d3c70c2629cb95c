package tiles

import (
	"context"
	"testing"
)

// pyramid calls visit with every tile of a tileset that is not empty, up to a
// zoom, going down only where there is something.
func pyramid(t testing.TB, set *Tileset, last uint32, visit func(a address, b *Tile)) {
	t.Helper()
	var down func(a address)
	down = func(a address) {
		body, err := set.Tile(context.Background(), a.z, a.x, a.y)
		if err != nil {
			t.Fatal(err)
		}
		if body == nil {
			return
		}
		visit(a, body)
		if a.z < last {
			for k := range uint32(4) {
				down(address{a.z + 1, 2*a.x + k&1, 2*a.y + k>>1})
			}
		}
	}
	down(address{})
}

func TestEveryTileOfTheReferenceDataIsValid(t *testing.T) {
	layers := reference(t)
	var names []string
	for _, l := range layers {
		names = append(names, l.Name)
	}
	set := tileset(t, layers, Options{})
	count, bytes := 0, 0
	pyramid(t, set, 14, func(a address, b *Tile) {
		count++
		bytes += len(b.Identity())
		if err := checkTile(b.Identity(), names, 64); err != nil {
			t.Errorf("%v: %v", a, err)
		}
	})
	if count < 100 {
		t.Errorf("only %d tiles", count)
	}
	t.Logf("%d tiles, %d bytes", count, bytes)
}
