package export

import (
	"bytes"
	"encoding/binary"
	"math"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
)

// geometryBlob encodes a shape as GeoPackage stores it (OGC 12-128r17, clause
// 2.1.3): "GP", version, flags, reference system, box, well-known binary, all
// little-endian. A point is its own box.
func geometryBlob(shape orb.Geometry) ([]byte, error) {
	const littleEndian, withBox = 1, 1 << 1
	out := bytes.NewBuffer([]byte{'G', 'P', 0, littleEndian, 0, 0, 0, 0})
	binary.LittleEndian.PutUint32(out.Bytes()[4:], 4326)
	if _, isPoint := shape.(orb.Point); !isPoint {
		out.Bytes()[3] |= withBox
		for _, v := range bound(shape) {
			out.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(v)))
		}
	}
	encoder := wkb.NewEncoder(out)
	encoder.SetByteOrder(binary.LittleEndian)
	err := encoder.Encode(shape)
	return out.Bytes(), err
}

// bound returns the box of a shape as the formats of GeoPackage order it: west,
// east, south, north.
func bound(shape orb.Geometry) [4]float64 {
	b := shape.Bound()
	return [4]float64{b.Min[0], b.Max[0], b.Min[1], b.Max[1]}
}

// quoted writes a name for SQL.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
