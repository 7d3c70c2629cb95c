package ogc

import (
	"net/http"

	"github.com/demarc-map/demarc/server/web"
)

// classes are the conformance classes that are answered in full.
func classes() []string {
	return []string{
		"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
		"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
		"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
		"http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
		"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
		"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
		"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
		"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
		"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
		"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/oas30",
	}
}

// conformance answers GET /ogc/conformance.
func (s *service) conformance(r *http.Request) (*web.Answer, error) {
	if _, err := s.ask(r, []string{"json"}); err != nil {
		return nil, err
	}
	return s.JSON(web.TypeJSON, web.CacheLive, map[string]any{"conformsTo": classes()})
}
