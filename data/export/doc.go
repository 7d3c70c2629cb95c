// Package export writes an edition, the map of a place on the days of one epoch
// under one basis, as a file to keep: GeoJSON, KML, CSV, CSV of zones
// with their shapes, GeoPackage and FlatGeobuf.
//
// KML, GeoPackage and FlatGeobuf have the land that counts as held as a layer beside
// the sections (layers.go), and what is filled is filled from it.
//
// Coordinates are longitude, latitude in degrees on WGS 84 in every format.
// Columns carry their unit in their name; areas and lengths are ellipsoidal, of
// the whole feature. The same snapshot and edition give the same bytes.
//
// Names, notes and ids are the dataset's. Formats that a person opens with a
// double click (CSV, KML) leave out the characters that turn the direction of
// text, and CSV quotes what a spreadsheet would compute.
package export
