package tiles

import "github.com/demarc-map/demarc/geo/rtree"

// canvas is what one tile is made with; its memory serves the next one.
type canvas struct {
	prepared *prepared
	parts    *rtree.Tree[int32] // of prepared.parts
	options  *Options
	view     view
	found    []uint32
	path     []point
	spans    []span
	clipper  clipper
	cleaner  cleaner
	small    smallPolygons
	coverage coverage
	geometry geometry
	drawn    []drawn
	budget   budget
	writer   layerWriter
	tile     []byte
}

// newCanvas returns a canvas with room for a usual tile: growing into it would
// double the time of the first one.
func newCanvas(p *prepared, parts *rtree.Tree[int32], o *Options) *canvas {
	const features, size = 256, 16 << 10
	c := &canvas{prepared: p, parts: parts, options: o, found: make([]uint32, 0, features), drawn: make([]drawn, 0, features), tile: make([]byte, 0, size)}
	c.geometry.bytes, c.writer.features, c.writer.message = make([]byte, 0, size), make([]byte, 0, size), make([]byte, 0, size)
	c.cleaner.budget = cleanBudget
	return c
}

// drawn is a feature of the tile and the commands that draw it.
type drawn struct {
	feature  uint32
	commands span // of geometry.bytes
	bytes    int  // how many it takes in the tile
}
