package foreign

import "github.com/demarc-map/demarc/internal/shapefiles"

// shapefile is one in memory, with what is beside it by extension.
func shapefile(shp []byte, beside map[string][]byte) File {
	file := inMemory("a.shp", shp)
	file.Beside = shapefiles.Beside(beside)
	return file
}
