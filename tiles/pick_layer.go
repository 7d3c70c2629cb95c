package tiles

import (
	"fmt"

	"google.golang.org/protobuf/encoding/protowire"
)

// PickLayer returns the tile that holds only one layer of a tile, its very
// bytes, or nil when the tile lacks that layer. Tiles of all layers, one after
// the other, are the tile they were picked from: so protobuf has it.
func PickLayer(tile []byte, name string) ([]byte, error) {
	for m := (message{tile}); ; {
		before := m.rest
		f, ok, err := m.next()
		if err != nil {
			return nil, fmt.Errorf("tiles: pick layer: %w", err)
		}
		if !ok {
			return nil, nil
		}
		if f.id != tileLayer || f.wire != protowire.BytesType {
			continue
		}
		is, err := nameOf(f.bytes)
		if err != nil {
			return nil, fmt.Errorf("tiles: pick layer: %w", err)
		}
		if is == name {
			return before[:len(before)-len(m.rest)], nil
		}
	}
}

func nameOf(layer []byte) (string, error) {
	for m := (message{layer}); ; {
		f, ok, err := m.next()
		if err != nil || !ok {
			return "", err
		}
		if f.id == layerName {
			return string(f.bytes), nil
		}
	}
}
