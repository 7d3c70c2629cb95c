package server

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/demarc-map/demarc/data"
)

// OGC API is answered by the ogc*.go files: Features and Tiles for geographic
// information systems. A dataset is offered as up to four collections, one for
// each section of its map.

const (
	typeGeoJSON = "application/geo+json"
	typeHTML    = "text/html; charset=utf-8"
	typeSchema  = "application/schema+json"
	typeOpenAPI = "application/vnd.oai.openapi+json;version=3.0"

	relOGC = "http://www.opengis.net/def/rel/ogc/1.0/"
)

// ogcResources is the list of the paths under /ogc.
func (s *Server) ogcResources() map[string]methods {
	const collection, quad = "/ogc/collections/{collection}", "/tiles/" + webMercatorQuad
	return map[string]methods{
		"/ogc":                                   {get: s.ogcLanding},
		"/ogc/":                                  {get: s.ogcLanding}, // as people paste it, and as OpenAPI spells a root
		"/ogc/api":                               {get: s.ogcAPI},
		"/ogc/conformance":                       {get: s.ogcConformance},
		"/ogc/collections":                       {get: s.ogcCollections, repeats: true},
		"/ogc/tileMatrixSets":                    {get: s.ogcTileMatrixSets},
		"/ogc/tileMatrixSets/" + webMercatorQuad: {get: s.ogcTileMatrixSet},
		collection:                               {get: s.ogcCollection, repeats: true},
		collection + "/queryables":               {get: s.ogcQueryables},
		collection + "/items":                    {get: s.ogcItems, repeats: true},
		collection + "/items/{feature}":          {get: s.ogcItem, repeats: true},
		collection + "/tiles":                    {get: s.ogcTilesets},
		collection + quad:                        {get: s.ogcTileset, repeats: true},
		collection + quad + "/{tileMatrix}/{tileRow}/{tileCol}": {get: s.ogcTile, tile: true, repeats: true},
	}
}

// ogcAsk is what every path under /ogc is asked with. A day, a reading and a
// snapshot go along in every link of the answer, so that a client that is given
// one address stays on the day it was given.
type ogcAsk struct {
	root      string // what the links begin with, up to and with /ogc
	base      string // the same up to /ogc
	params    *parameters
	catalogue *catalogue
	asOf      data.Date  // today when the query names no day
	basis     string     // "" for the default one
	carried   url.Values // as_of, basis and snapshot, as they were given
}

// ogcAsk reads the parameters that all paths under /ogc have, and those known;
// f is the format that is asked for, one of formats.
func (s *Server) ogcAsk(r *http.Request, formats []string, known ...string) (*ogcAsk, error) {
	p, err := s.parameters(r, append(known, "f", "as_of", "basis", "snapshot")...)
	if err != nil {
		return nil, err
	}
	if f := p.values.Get("f"); p.values.Has("f") && !contains(formats, f) {
		return nil, badRequest("f: this path has %s, not %q", strings.Join(formats, " and "), clipped(f))
	}
	current, err := s.served()
	if err != nil {
		return nil, err
	}
	base := s.base(r)
	ask := &ogcAsk{root: base + "/ogc", base: base, params: p, catalogue: current, carried: url.Values{}}
	if ask.asOf, err = p.date("as_of"); err != nil {
		return nil, err
	}
	if ask.basis, err = p.id("basis"); err != nil {
		return nil, err
	}
	for _, name := range []string{"as_of", "basis", "snapshot"} {
		if p.values.Has(name) {
			ask.carried[name] = p.values[name]
		}
	}
	return ask, nil
}

// places are the datasets asked about: that of the snapshot when one is named,
// else all.
func (a *ogcAsk) places() ([]*place, error) {
	named := a.params.values.Get("snapshot")
	var out []*place
	for _, id := range a.catalogue.order {
		switch place := a.catalogue.named(id, named); {
		case !a.params.values.Has("snapshot"):
			out = append(out, a.catalogue.places[id])
		case place != nil:
			out = append(out, place)
		}
	}
	if out == nil {
		return nil, notFound("the snapshot %q is not served", clipped(named))
	}
	return out, nil
}

// address is a path under /ogc with what every link carries.
func (a *ogcAsk) address(path string) string { return withQuery(a.root+path, a.carried) }

func withQuery(address string, values url.Values) string {
	if len(values) == 0 {
		return address
	}
	return address + "?" + values.Encode()
}

// key is what an answer to the same question about the same collections is held by.
func (a *ogcAsk) key(what string, all ...collection) string {
	key := "ogc " + what
	for _, c := range all {
		key += " " + c.snapshot.Name() + c.id
	}
	return key + " " + a.base + " " + a.params.values.Encode()
}

// cacheFor is immutable for an answer that a snapshot determines.
func (a *ogcAsk) cacheFor() string {
	if a.params.values.Has("snapshot") {
		return cacheImmutable
	}
	return cacheLive
}

// ogcLink is a link of OGC API – Common.
type ogcLink struct {
	Href      string `json:"href"`
	Rel       string `json:"rel"`
	Type      string `json:"type,omitempty"`
	Title     string `json:"title,omitempty"`
	Templated bool   `json:"templated,omitempty"`
}

// link leads to a path under /ogc.
func (a *ogcAsk) link(rel, contentType, path, title string) ogcLink {
	return ogcLink{Href: a.address(path), Rel: rel, Type: contentType, Title: title}
}

// ogcClasses are the conformance classes that are answered in full.
func ogcClasses() []string {
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

// ogcConformance answers GET /ogc/conformance.
func (s *Server) ogcConformance(r *http.Request) (*answer, error) {
	if _, err := s.ogcAsk(r, []string{"json"}); err != nil {
		return nil, err
	}
	return s.json(typeJSON, cacheLive, map[string]any{"conformsTo": ogcClasses()})
}
