// Package foreign reads vector files of other programs and hands them on as
// GeoJSON texts (RFC 7946), which package geojson reads as strictly as any other:
// one reader says what is wrong with a shape, whatever file it came in.
//
// A format is told by the first bytes of a file, not by its name. What comes out
// is longitude and latitude on WGS 84; a file of another coordinate system is
// refused with the command that transforms it.
//
// The files, in the order in which a file goes through them:
//
//   - source.go: what is asked for and what comes out
//   - input.go: a file on its way
//   - open.go: the way in, and which formats there are
//   - unwrap.go: gzip, byte order marks, UTF-16
//   - text.go: from features to a GeoJSON text
//   - crs.go, wkt_crs.go: coordinate systems by all their names
//   - layers.go: the layer that is read of several
//   - binary.go: well-known binary
//   - geopackage.go, geopackage_features.go, sqlite.go: GeoPackage
//   - flatgeobuf.go, and those of that name: FlatGeobuf
//   - geojson.go: GeoJSON and its text sequences
package foreign
