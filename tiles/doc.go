// Package tiles makes vector tiles of layers of features: from longitude and
// latitude to Mapbox Vector Tile 2.1 bytes, ready to send.
//
// NewTileset projects every position once to a Mercator grid of 2³⁰ × 2³⁰
// points (x east, y south, 37 mm at the equator) and weighs it for
// simplification (weigh.go). What has many vertices it draws ahead, by the same
// steps, at the zooms where it fits into a tile (ahead.go). A tile is then made
// in one pass, which takes what is prerendered and shown whole as it is:
//
//	find      the parts whose boxes meet the tile (find.go)
//	simplify  pass over vertices too small for the zoom (walk.go, weigh.go)
//	snap      round to tile units, 4096 a tile side (walk.go)
//	cut       to the tile and its buffer, without bridges along the edge (cut.go, link.go)
//	clean     until every polygon is valid (clean.go), keeping tiny ones in sight (tiny.go)
//	encode    to bytes within the size budget (encode.go, budget.go)
//
// Coordinates inside a tile are in tile units, x right, y down, from the tile's
// upper left corner. Rings have positive area when they run clockwise on the
// screen, which is how MVT wants exterior rings.
//
// Everything is deterministic: the same layers give the same bytes, whatever
// was asked before and however many ask at once.
package tiles
