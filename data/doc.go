// Package data holds the facts about one place and answers questions about them.
//
// A dataset is a folder of files (docs/dataset.md). Read checks it and returns
// an immutable Snapshot, named by the SHA-256 of its canonical bytes, or a
// Report of faults that names the file, feature, rule and place of each.
//
// Coordinates are longitude, latitude in degrees on WGS 84, edges are straight
// in longitude and latitude (RFC 7946), areas are square metres inside the
// package and square kilometres in answers. Time is whole UTC days; valid time
// is half-open, [from, to).
//
// The files, as a reader may go through them:
//
//   - model: dataset.go (what a dataset holds), date.go, text.go, finding.go, item.go and section.go (features as others see them)
//   - from files to a snapshot: read.go, properties.go, defaults.go, check.go, build.go, line_zones.go, epoch.go, headline.go, quality.go
//   - and back: encode.go, canonical.go, canonical_read.go, files.go
//   - kept for those who read the same bytes later: keeper.go, packed.go (with packed_rows.go, packed_values.go), unpack.go
//   - questions: share.go (with figures.go), share_polygon.go, series.go, changes.go, claims.go, at.go, split.go, find.go, edition.go, land.go, compare.go, tally.go (with those of that name)
//   - rooms: intake/ makes a dataset of foreign files, store/ keeps what was published, checked/ what was checked (in files of pack/), export/ and style/ write an edition for others
package data
