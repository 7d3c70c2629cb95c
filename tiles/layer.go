package tiles

import (
	"github.com/paulmach/orb"
)

// Layer is a named list of features. Tiles hold layers in the order given to
// NewTileset, and features in the order of their layer.
type Layer struct {
	Name     string // not empty, unique in the tileset
	Features []Feature
}

// Feature is a geometry in longitude and latitude (WGS 84 degrees) with its tags.
// Every geometry of orb is accepted; a collection is written as one feature for
// each dimension it has. Polygons may be wound either way.
type Feature struct {
	ID       string // written as FeatureID(ID); no id is written when empty
	Geometry orb.Geometry
	Tags     []Tag // written in this order; a key given twice is an error
}

// Tag is one attribute. Value is a string, bool, int, int64 or finite float64;
// a nil value is left out, as MVT knows no null.
type Tag struct {
	Key   string
	Value any
}

// FeatureID returns the number that stands for a feature id in tiles: FNV-1a of
// 64 bits, folded by exclusive or to the 53 bits that JavaScript reads exactly.
func FeatureID(id string) uint64 {
	const offset, prime, bits = 14695981039346656037, 1099511628211, 53
	hash := uint64(offset)
	for i := range len(id) {
		hash = (hash ^ uint64(id[i])) * prime
	}
	return (hash>>bits ^ hash) & (1<<bits - 1)
}
