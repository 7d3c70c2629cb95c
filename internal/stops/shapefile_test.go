//go:build unix && !race

package stops

import (
	"strconv"

	"github.com/demarc-map/demarc/data/intake/foreign"
	"github.com/demarc-map/demarc/internal/shapefiles"

	"github.com/paulmach/orb"
)

// degrees is the .prj of a Shapefile in longitude and latitude.
const degrees = `GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`

// shapefile is zones as a Shapefile with a table of their ids.
func shapefile(zones []orb.MultiPolygon) foreign.File {
	ids := shapefiles.Column{Name: "id", Kind: 'C', Size: 10}
	var records [][]byte
	for k, zone := range zones {
		var rings []orb.Ring
		for _, p := range clockwise(zone) {
			rings = append(rings, p...)
		}
		records, ids.Values = append(records, shapefiles.Polygon(rings)), append(ids.Values, "z"+strconv.Itoa(k))
	}
	file := asFile("a.shp", shapefiles.Shapes(records))
	file.Beside = shapefiles.Beside(map[string][]byte{"dbf": shapefiles.Table(0, len(zones), ids), "prj": []byte(degrees)})
	return file
}
