package ogc

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strconv"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server/catalogue"
	"github.com/demarc-map/demarc/server/web"
	"github.com/demarc-map/demarc/tiles"

	"github.com/gorilla/mux"
)

// webMercatorQuad is the one tile matrix set there is tiles of.
const (
	webMercatorQuad    = "WebMercatorQuad"
	webMercatorQuadURI = "http://www.opengis.net/def/tilematrixset/OGC/1.0/" + webMercatorQuad
	webMercatorZooms   = 25 // of the registered definition: 0 to 24
)

// tileMatrixSets answers GET /ogc/tileMatrixSets.
func (s *service) tileMatrixSets(r *http.Request) (*web.Answer, error) {
	ask, err := s.ask(r, []string{"json"})
	if err != nil {
		return nil, err
	}
	return s.JSON(web.TypeJSON, web.CacheLive, map[string]any{
		"links": []link{ask.link("self", web.TypeJSON, "/tileMatrixSets", "How tiles are cut")},
		"tileMatrixSets": []map[string]any{{"id": webMercatorQuad, "title": "Web Mercator, 256 pixels", "uri": webMercatorQuadURI, "crs": webMercator.uri,
			"links": []link{ask.link("self", web.TypeJSON, "/tileMatrixSets/"+webMercatorQuad, "The definition")}}},
	})
}

// tileMatrixSet answers GET /ogc/tileMatrixSets/WebMercatorQuad (OGC Two
// Dimensional Tile Matrix Set 2.0, annex D.1).
func (s *service) tileMatrixSet(r *http.Request) (*web.Answer, error) {
	if _, err := s.ask(r, []string{"json"}); err != nil {
		return nil, err
	}
	const pixelM = 0.00028 // the standard's pixel, which scales refer to
	var matrices []map[string]any
	for z := range webMercatorZooms {
		side := math.Exp2(float64(z))
		cell := 2 * webMercatorEnd / 256 / side
		matrices = append(matrices, map[string]any{"id": strconv.Itoa(z), "scaleDenominator": cell / pixelM, "cellSize": cell, "cornerOfOrigin": "topLeft",
			"pointOfOrigin": []float64{-webMercatorEnd, webMercatorEnd}, "tileWidth": 256, "tileHeight": 256, "matrixWidth": side, "matrixHeight": side})
	}
	return s.JSON(web.TypeJSON, web.CacheLive, map[string]any{"id": webMercatorQuad, "title": "Web Mercator, 256 pixels", "uri": webMercatorQuadURI,
		"crs": webMercator.uri, "orderedAxes": []string{"X", "Y"}, "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
		"tileMatrices": matrices})
}

// tilesets answers GET /ogc/collections/{collection}/tiles.
func (s *service) tilesets(r *http.Request) (*web.Answer, error) {
	c, err := s.find(r)
	if err != nil {
		return nil, err
	}
	ask, err := s.ask(r, []string{"json"})
	if err != nil {
		return nil, err
	}
	tileset := ask.tileset(c)
	return s.JSON(web.TypeJSON, ask.cacheFor(), map[string]any{
		"links":    []link{ask.link("self", web.TypeJSON, c.path()+"/tiles", "The tilesets")},
		"tilesets": []map[string]any{tileset},
	})
}

// tileset says what a list of tilesets says of one.
func (a *asked) tileset(c *collection) map[string]any {
	return map[string]any{"title": c.title(), "dataType": "vector", "crs": webMercator.uri, "tileMatrixSetURI": webMercatorQuadURI, "links": a.tilesetLinks(c)}
}

func (a *asked) tilesetLinks(c *collection) []link {
	return []link{a.link("self", web.TypeJSON, c.path()+"/tiles/"+webMercatorQuad, "The tileset"),
		a.link(relOGC+"tiling-scheme", web.TypeJSON, "/tileMatrixSets/"+webMercatorQuad, "How its tiles are cut")}
}

// tileset answers GET /ogc/collections/{collection}/tiles/WebMercatorQuad.
// The address of its tiles names the snapshot, the day and the basis, so those
// tiles never change.
func (s *service) tileset(r *http.Request) (*web.Answer, error) {
	c, ask, edition, err := s.edition(r, "json")
	if err != nil {
		return nil, err
	}
	low, high := c.Atlas.Zooms()
	limits := []map[string]any{}
	for z := low; z <= high; z++ {
		last := uint32(1)<<z - 1
		limits = append(limits, map[string]any{"tileMatrix": strconv.Itoa(int(z)), "minTileRow": 0, "maxTileRow": last, "minTileCol": 0, "maxTileCol": last})
	}
	b := c.Snapshot.Bound()
	pinned := url.Values{"as_of": {edition.Epoch.From.String()}, "basis": {edition.Basis}, "snapshot": {c.Snapshot.Name()}}
	tileset := ask.tileset(c)
	tileset["attribution"] = c.Snapshot.Dataset.Credits().In("en")
	tileset["tileMatrixSetLimits"] = limits
	tileset["boundingBox"] = map[string]any{"lowerLeft": b.Min, "upperRight": b.Max, "crs": crs84.uri, "orderedAxes": []string{"Lon", "Lat"}}
	layer := map[string]any{"id": c.section, "title": c.title(), "dataType": "vector"}
	if c.dimension != data.Mixed {
		layer["geometryDimension"] = c.dimension
	}
	tileset["layers"] = []map[string]any{layer}
	tileset["links"] = append(ask.tilesetLinks(c), link{Rel: "item", Type: catalogue.TypeTile, Title: "A tile", Templated: true,
		Href: ask.root + c.path() + "/tiles/" + webMercatorQuad + "/{tileMatrix}/{tileRow}/{tileCol}?" + pinned.Encode()})
	a, err := s.JSON(web.TypeJSON, ask.cacheForEdition(), tileset)
	if err != nil {
		return nil, err
	}
	a.Headers = c.EditionHeaders(edition)
	return a, nil
}

// tile answers GET …/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}:
// the collection's layer of the dataset's tile, in the same bytes.
func (s *service) tile(r *http.Request) (*web.Answer, error) {
	vars := mux.Vars(r)
	z, y, x, err := catalogue.TileAddress(vars["tileMatrix"], vars["tileRow"], vars["tileCol"])
	if err != nil {
		return nil, err
	}
	c, ask, edition, err := s.edition(r, "mvt")
	if err != nil {
		return nil, err
	}
	whole, err := c.Atlas.Tile(r.Context(), edition, z, x, y)
	if err != nil {
		return nil, err
	}
	out := &web.Answer{ContentType: catalogue.TypeTile, Cache: ask.cacheForEdition(), Headers: c.EditionHeaders(edition), Opaque: true}
	if whole == nil {
		return out, nil
	}
	layer, err := tiles.PickLayer(whole.Identity(), c.section)
	if layer == nil || err != nil {
		return out, err
	}
	held, err := s.Cached(r.Context(), fmt.Sprint("ogc tile ", whole.Hash(), c.section), func(context.Context) (*web.Answer, error) {
		return &web.Answer{Body: s.Body(layer)}, nil
	})
	if err != nil {
		return nil, err
	}
	out.Body = held.Body
	return out, nil
}

// edition reads which map a tileset is asked for: of today under the default
// basis unless the query says otherwise.
func (s *service) edition(r *http.Request, format string) (*collection, *asked, data.Edition, error) {
	c, err := s.find(r)
	if err != nil {
		return nil, nil, data.Edition{}, err
	}
	ask, err := s.ask(r, []string{format})
	if err != nil {
		return nil, nil, data.Edition{}, err
	}
	e, err := c.Snapshot.Edition(ask.basis, ask.asOf)
	return c, ask, e, err
}

// cacheForEdition is immutable for an answer that the query determines: without
// a day it moves with the clock.
func (a *asked) cacheForEdition() string {
	if !a.params.Has("as_of") {
		return web.CacheLive
	}
	return a.cacheFor()
}
