// Package ogc answers OGC API – Features and OGC API – Tiles for geographic
// information systems. A dataset is offered as up to four collections, one for
// each section of its map.
//
// routes.go is the list of paths; each resource has a file: landing.go,
// openapi.go, conformance.go, collections.go, queryables.go, items.go and tiles.go.
// ask.go reads what every path is asked with; bbox.go, datetime.go and crs.go read
// the parameters of the standard.
package ogc
