package served

import "strings"

// LinksTo counts the addresses in an answer that begin with a host and path.
func LinksTo(body []byte, base string) int {
	text := strings.ReplaceAll(string(body), "%2F", "/") // a layer of QGIS holds addresses within addresses
	return strings.Count(text, "//"+base+"/") + strings.Count(text, "//"+base+`"`)
}

// PathsWithLinks are resources whose answers hold absolute links.
func PathsWithLinks() []string {
	return []string{"/", "/v1", "/v1/gaza", "/v1/gaza/share", "/v1/gaza/shares", "/v1/gaza/claims", "/v1/gaza/parties", "/tiles/gaza.json", "/tiles/gaza/metadata.json",
		"/styles/gaza.json", "/styles/gaza.qlr", "/openapi.json", "/ogc", "/ogc?f=html", "/ogc/api", "/ogc/collections", "/ogc/collections/gaza-zones", "/ogc/collections/gaza-zones/queryables",
		"/ogc/collections/gaza-zones/items", "/ogc/collections/gaza-zones/tiles", "/ogc/tileMatrixSets"}
}
