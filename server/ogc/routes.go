package ogc

import "github.com/demarc-map/demarc/server/web"

// Resources lists the paths under /ogc.
func Resources(o Options) map[string]web.Methods {
	s := &service{o}
	const collection, quad = "/ogc/collections/{collection}", "/tiles/" + webMercatorQuad
	return map[string]web.Methods{
		"/ogc":                                   {Get: s.landing},
		"/ogc/":                                  {Get: s.landing}, // as people paste it, and as OpenAPI spells a root
		"/ogc/api":                               {Get: s.openAPI},
		"/ogc/conformance":                       {Get: s.conformance},
		"/ogc/collections":                       {Get: s.collections, Repeats: true},
		"/ogc/tileMatrixSets":                    {Get: s.tileMatrixSets},
		"/ogc/tileMatrixSets/" + webMercatorQuad: {Get: s.tileMatrixSet},
		collection:                               {Get: s.collection, Repeats: true},
		collection + "/queryables":               {Get: s.queryables},
		collection + "/items":                    {Get: s.items, Repeats: true},
		collection + "/items/{feature}":          {Get: s.item, Repeats: true},
		collection + "/tiles":                    {Get: s.tilesets},
		collection + quad:                        {Get: s.tileset, Repeats: true},
		collection + quad + "/{tileMatrix}/{tileRow}/{tileCol}": {Get: s.tile, NoDeadline: true, Repeats: true},
	}
}
