package archive

import (
	"encoding/binary"

	"github.com/klauspost/compress/gzip"
)

// entry is one entry of a PMTiles directory: a run of tiles with the same content,
// or with run 0 a directory below this one.
type entry struct {
	id     uint64 // of the first tile
	offset uint64 // in the tile data, or in the leaf directories
	length uint32
	run    uint32
}

// maxRoot is how long the compressed root directory may be: with the header it
// lies within the first 16 KiB, which readers fetch at once.
const maxRoot = 16384 - headerLength

// leastLeaf is how many entries a leaf directory has at the least; some 4 KiB.
const leastLeaf = 4096

// directories returns the root directory and the leaf directories, compressed, end
// to end: none when all entries fit in the root.
func directories(entries []entry) (root, leaves []byte, err error) {
	// An entry takes at least a byte even when it compresses well.
	if len(entries) < maxRoot {
		if root, err = directory(entries); err != nil || len(root) <= maxRoot {
			return root, nil, err
		}
	}
	for size := leastLeaf; ; size *= 2 {
		var above []entry
		leaves = leaves[:0]
		for begin := 0; begin < len(entries); begin += size {
			leaf, err := directory(entries[begin:min(begin+size, len(entries))])
			if err != nil {
				return nil, nil, err
			}
			above = append(above, entry{id: entries[begin].id, offset: uint64(len(leaves)), length: uint32(len(leaf))})
			leaves = append(leaves, leaf...)
		}
		if root, err = directory(above); err != nil || len(root) <= maxRoot {
			return root, leaves, err
		}
	}
}

// directory returns entries as PMTiles 3 stores them: their number, then column by
// column the steps between ids, the runs, the lengths and the offsets plus one, or 0
// for an offset right behind the entry before; variable-length integers, compressed.
func directory(entries []entry) ([]byte, error) {
	plain := binary.AppendUvarint(nil, uint64(len(entries)))
	var last uint64
	for _, e := range entries {
		plain = binary.AppendUvarint(plain, e.id-last)
		last = e.id
	}
	for _, e := range entries {
		plain = binary.AppendUvarint(plain, uint64(e.run))
	}
	for _, e := range entries {
		plain = binary.AppendUvarint(plain, uint64(e.length))
	}
	for i, e := range entries {
		if i > 0 && e.offset == entries[i-1].offset+uint64(entries[i-1].length) {
			plain = append(plain, 0)
		} else {
			plain = binary.AppendUvarint(plain, e.offset+1)
		}
	}
	return compress(plain, gzip.BestCompression)
}
