// Package mapcontext reads what a map shows around and below its zones, so that a
// stranger sees where it is: land, built-up land, water, roads, borders, places, and
// a coarse part for an inset.
//
// Context is no evidence. No figure, no snapshot and no name of one depends on it,
// and a fault in it refuses nothing else.
//
// Coordinates are WGS 84 longitude and latitude in degrees.
//
//	map.go       a Map: its layers and features
//	read.go      Read: a folder of files, strictly
//	document.go  context.json
//	feature.go   the properties of one feature
package mapcontext
