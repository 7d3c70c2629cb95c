// Package tiles makes vector tiles of layers of features: from longitude and
// latitude to Mapbox Vector Tile 2.1 bytes, ready to send.
//
// Coordinates inside a tile are in tile units, x right, y down, from the tile's
// upper left corner. Rings have positive area when they run clockwise on the
// screen, which is how MVT wants exterior rings. Everything is deterministic:
// the same layers give the same bytes, whatever was asked before and however
// many ask at once.
//
// # Contents, in the order in which tiles come about
//
// What is given:
//
//	layer.go, options.go     layers, features and tags; what can be chosen
//	atlas.go                 an Atlas: a tileset for each edition of a snapshot
//	editions.go, weight.go   editions held, by what they weigh
//	kept.go, packed.go       the first edition, kept for the next start
//	held.go                  the layer of held land
//	context.go               what lies around and below, from a map context
//	tileset.go               a Tileset: NewTileset prepares, Tile answers
//
// NewTileset prepares, once:
//
//	prepare.go, shapes.go    layers flat and on the grid (prepared.go)
//	project.go, box.go       a Mercator grid of 2³⁰ × 2³⁰ points, 37 mm at the equator
//	tags.go                  keys and values, numbered
//	details.go               from which zoom a zone of very many is in the tiles
//	simplify.go              from which zoom each vertex is kept, by the method of
//	                         Visvalingam and Whyatt (heap.go, junctions.go)
//	balance.go               how held land keeps its area when it is rounded
//	spans.go                 boxes of the spans of long rings
//	prerender.go             what has many vertices, drawn at the zooms where it fits
//	                         into a tile; tiles take it as it is (prerendered.go)
//
// Tile makes one, or has it:
//
//	store.go, warm.go        tiles held; warm ones for good
//	render.go                the steps below, on a canvas (canvas.go, view.go)
//	find.go                  find the parts whose boxes meet the tile
//	snap.go                  leave out vertices too small for the zoom, round the others
//	                         to tile units, 4096 a tile side
//	draw.go                  for each feature:
//	clip.go, clip_line.go      clip to the tile and its buffer (window.go)
//	clip_join.go               join the pieces along the edge, without bridges
//	clean.go, validity.go      clean until every polygon is valid (extent.go)
//	small_polygons.go          keep in sight what has no area left
//	thin.go, coverage.go       and what is long and too narrow, cell by cell
//	encode.go                  geometry and features to bytes (mvt.go, protobuf.go)
//	write.go, budget.go      layers, within the size budget
//
// Beside that:
//
//	covered.go               which tiles may show anything, for archives
//	decode.go, pick_layer.go tiles read back (message.go)
package tiles
