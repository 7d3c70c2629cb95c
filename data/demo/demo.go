// Package demo embeds a dataset of an island that does not exist, with what one
// epoch of a real place cannot show: three parties, contested and unheld land, two
// years of changes with a gap and a change of method, several readings, claims of
// each kind. Package gen makes it.
package demo

import (
	"embed"
	"io/fs"
)

//go:embed *.json *.geojson
var files embed.FS

// Files is the dataset's folder, as data.Read takes it.
func Files() fs.FS { return files }
