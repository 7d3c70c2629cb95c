package export

import "github.com/demarc-map/demarc/data"

// Formats lists the formats in the order of how often they are wanted.
func Formats() []Format {
	all := []Format{
		{"geojson", "application/geo+json", false, writeGeoJSON, nil},
		{"gpkg", "application/geopackage+sqlite3", true, writeGeoPackage, nil},
		{"kml", "application/vnd.google-earth.kml+xml", false, writeKML, nil},
		{"csv", "text/csv; charset=utf-8", false, writeCSV, nil},
		{data.ZonesSection + ".wkt.csv", "text/csv; charset=utf-8", false, writeWKT, nil},
	}
	for _, layer := range data.LayerNames() {
		all = append(all, flatGeobuf(layer))
	}
	return all
}

// Find returns the format of a suffix.
func Find(suffix string) (Format, bool) {
	for _, f := range Formats() {
		if f.Suffix == suffix {
			return f, true
		}
	}
	return Format{}, false
}
