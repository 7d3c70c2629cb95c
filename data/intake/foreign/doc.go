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
//   - source.go, feature.go: what is asked for and what comes out
//   - input.go: a file on its way
//   - open.go: the way in, and which formats there are
//   - no_map.go: what is got in the place of a map
//   - unwrap.go, encoding.go: gzip, byte order marks, UTF-16, what is no UTF-8
//   - zip.go, zip_choice.go: archives; beside.go: what lies beside a file
//   - crs.go, wkt_crs.go: coordinate systems by all their names
//   - gdal.go: what GDAL reads instead, where the user says so
//   - layers.go: the layer that is read of several
//   - properties.go, together.go: names and geometries that several formats share
//   - wkt.go, binary.go: well-known text and binary
//   - rewound.go: rings that may turn either way
//   - outline.go, json_head.go, positions.go: kinds of JSON told apart, and what they share
//   - own.go: exports of demarc
//   - geojson.go, watch.go: GeoJSON that passes through
//   - partial.go: what servers say of how much of their answer a text is
//   - sequence.go, texts.go: features and geometries one after the other
//   - esri.go, esri_shapes.go: Esri JSON
//   - topojson.go, topojson_arcs.go: TopoJSON
//   - csv.go, csv_columns.go, csv_cells.go: CSV and TSV
//   - kml.go, and those of that name, of the elements of xml.go: KML
//   - shapefile.go, shape.go, shape_records.go: the .shp of a Shapefile
//   - rings.go, nesting.go, nesting_tree.go: shells and holes told apart, of Esri JSON and of Shapefiles
//   - dbf.go, and those of that name: its table
//   - geopackage.go, geopackage_features.go, sqlite.go: GeoPackage
//   - flatgeobuf.go, and those of that name: FlatGeobuf
//   - text.go: from features to a GeoJSON text
package foreign
