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
package data
