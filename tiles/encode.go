package tiles

import (
	"encoding/binary"

	"google.golang.org/protobuf/encoding/protowire"
)

// geometry writes the commands of features, one after the other.
type geometry struct {
	bytes []byte
	at    point // the cursor, at 0, 0 when a feature begins
}

func (g *geometry) command(id, count int) {
	g.bytes = appendVarint(g.bytes, uint64(count)<<3|uint64(id))
}

func (g *geometry) to(p point) {
	x, y := zigzag(p.X-g.at.X), zigzag(p.Y-g.at.Y)
	if x|y < 0x80 { // a byte each, as nearly always
		g.bytes = append(g.bytes, byte(x), byte(y))
	} else {
		g.bytes = appendVarint(appendVarint(g.bytes, x), y)
	}
	g.at = p
}

func zigzag(v int64) uint64 { return uint64(uint32(v<<1) ^ uint32(v>>63)) }

func (g *geometry) points(ps []point) {
	g.command(moveTo, len(ps))
	for _, p := range ps {
		g.to(p)
	}
}

// line writes an open line of at least two different points.
func (g *geometry) line(ps []point) {
	g.command(moveTo, 1)
	g.to(ps[0])
	g.command(lineTo, len(ps)-1)
	for _, p := range ps[1:] {
		g.to(p)
	}
}

// ring writes a ring, given without its closing point.
func (g *geometry) ring(ps []point) {
	g.line(ps)
	g.command(closePath, 1)
}

// rendering writes a feature of which the commands after the first point are given.
func (g *geometry) rendering(from point, commands []byte) {
	g.command(moveTo, 1)
	g.to(from)
	g.bytes = append(g.bytes, commands...)
}

// firstPoint returns the point that commands which begin at 0, 0 move to first,
// and what comes after it.
func firstPoint(commands []byte) (point, []byte) {
	rest := commands[1:] // a MoveTo of one point is one byte
	x, n := binary.Uvarint(rest)
	y, m := binary.Uvarint(rest[n:])
	return point{X: unzigzag(x), Y: unzigzag(y)}, rest[n+m:]
}

func unzigzag(v uint64) int64 { return int64(v>>1) ^ -int64(v&1) }

// layerWriter writes the features of one layer of one tile. Keys and values are
// numbered as they are first used in the tile.
type layerWriter struct {
	features   []byte
	keys       numbering
	values     numbering
	message    []byte
	tagNumbers []byte
}

func (w *layerWriter) reset(keys, values int) {
	w.features = w.features[:0]
	w.keys.reset(keys)
	w.values.reset(values)
}

// feature appends a feature with its tags and geometry commands, and returns
// how many bytes it takes.
func (w *layerWriter) feature(f *feature, tags []tagRef, commands []byte) int {
	m := w.message[:0]
	if f.hasID {
		m = appendVarint(appendTag(m, featureID, protowire.VarintType), f.id)
	}
	if len(tags) > 0 {
		n := w.tagNumbers[:0]
		for _, t := range tags {
			n = appendVarint(n, uint64(w.keys.of(t.key)))
			n = appendVarint(n, uint64(w.values.of(t.value)))
		}
		m = appendBytes(m, featureTags, n)
		w.tagNumbers = n
	}
	m = append(appendTag(m, featureType, protowire.VarintType), byte(f.kind))
	m = appendBytes(m, featureGeometry, commands)
	before := len(w.features)
	w.features = appendBytes(w.features, layerFeatures, m)
	w.message = m
	return len(w.features) - before
}

// appendLayer appends the layer to a tile.
func (w *layerWriter) appendLayer(tile []byte, name string, keys, values []string, extent uint32) []byte {
	m := w.message[:0]
	for _, k := range w.keys.used {
		m = appendString(m, layerKeys, keys[k])
	}
	for _, v := range w.values.used {
		m = appendString(m, layerValues, values[v])
	}
	m = appendVarint(appendTag(m, layerExtent, protowire.VarintType), uint64(extent))
	w.message = m
	var buffer [64]byte
	head := append(appendTag(buffer[:0], layerVersion, protowire.VarintType), 2)
	head = appendString(head, layerName, name)
	tile = appendVarint(appendTag(tile, tileLayer, protowire.BytesType), uint64(len(head)+len(w.features)+len(m)))
	tile = append(tile, head...)
	tile = append(tile, w.features...)
	return append(tile, m...)
}

// numbering numbers what a layer of a tile uses in the order of first use.
type numbering struct {
	number []uint32 // 0 is unused, else one more than the number
	used   []uint32
}

func (n *numbering) reset(size int) {
	for _, u := range n.used {
		if int(u) < len(n.number) {
			n.number[u] = 0
		}
	}
	n.used = n.used[:0]
	if size > len(n.number) {
		n.number = append(n.number, make([]uint32, size-len(n.number))...)
	}
}

func (n *numbering) of(global uint32) uint32 {
	if n.number[global] == 0 {
		n.used = append(n.used, global)
		n.number[global] = uint32(len(n.used))
	}
	return n.number[global] - 1
}
