// Package geojson reads GeoJSON (RFC 7946) strictly, and says what is wrong with
// it: the feature, the rule, the place in it. Nothing is guessed.
//
// Coordinates are longitude and latitude in degrees on WGS 84. Edges are
// straight lines in longitude and latitude. What comes out has rings that are
// closed and wound as RFC 7946 asks, without repeated points.
//
// The cost of reading is linear in the bytes that were sent, whatever their
// nesting; a context ends it at any stage.
//
// The files, in the order in which the bytes of a text go through them:
//
//   - feature.go: what is asked for and what comes out
//   - read.go: the way in
//   - reader.go, document.go: from bytes to the raw members of each feature
//   - batch.go: features in parallel, handed on in their order
//   - geometry.go, coordinates.go, positions.go: from raw members to shapes
//   - repair.go, turn.go: what loses nothing is repaired
//   - validity.go: polygons are made valid, or cleaned where that is asked for
//   - consistent.go, hidden.go: what contradicts itself is refused
//   - fault.go: the words for both
package geojson
