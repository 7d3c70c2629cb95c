// Package gen makes the dataset of data/demo: an island that does not exist, in
// the open ocean, and two years of its history. The same program makes the same
// bytes. Lengths are kilometres in a plane, x to the east and y to the north of
// the middle of the island, until they are written as degrees.
package gen

import (
	"github.com/demarc-map/demarc/data"
)

// Files returns the dataset's folder: names to texts.
func Files() (map[string][]byte, error) {
	island := newIsland()
	contents := data.Contents{Dataset: description(), Territories: territories(island), Zones: zones(island), Lines: lines(), Places: places(), Claims: claims()}
	return contents.Files()
}
