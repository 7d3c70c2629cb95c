package server

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strconv"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/tiles"

	"github.com/gorilla/mux"
)

// webMercatorQuad is the one tile matrix set there is tiles of.
const (
	webMercatorQuad    = "WebMercatorQuad"
	webMercatorQuadURI = "http://www.opengis.net/def/tilematrixset/OGC/1.0/" + webMercatorQuad
	webMercatorZooms   = 25 // of the registered definition: 0 to 24
)

// ogcTileMatrixSets answers GET /ogc/tileMatrixSets.
func (s *Server) ogcTileMatrixSets(r *http.Request) (*answer, error) {
	ask, err := s.ogcAsk(r, []string{"json"})
	if err != nil {
		return nil, err
	}
	return s.json(typeJSON, cacheLive, map[string]any{
		"links": []ogcLink{ask.link("self", typeJSON, "/tileMatrixSets", "How tiles are cut")},
		"tileMatrixSets": []map[string]any{{"id": webMercatorQuad, "title": "Web Mercator, 256 pixels", "uri": webMercatorQuadURI, "crs": webMercator.uri,
			"links": []ogcLink{ask.link("self", typeJSON, "/tileMatrixSets/"+webMercatorQuad, "The definition")}}},
	})
}

// ogcTileMatrixSet answers GET /ogc/tileMatrixSets/WebMercatorQuad (OGC Two
// Dimensional Tile Matrix Set 2.0, annex D.1).
func (s *Server) ogcTileMatrixSet(r *http.Request) (*answer, error) {
	if _, err := s.ogcAsk(r, []string{"json"}); err != nil {
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
	return s.json(typeJSON, cacheLive, map[string]any{"id": webMercatorQuad, "title": "Web Mercator, 256 pixels", "uri": webMercatorQuadURI,
		"crs": webMercator.uri, "orderedAxes": []string{"X", "Y"}, "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
		"tileMatrices": matrices})
}

// ogcTilesets answers GET /ogc/collections/{collection}/tiles.
func (s *Server) ogcTilesets(r *http.Request) (*answer, error) {
	c, err := s.collection(r)
	if err != nil {
		return nil, err
	}
	ask, err := s.ogcAsk(r, []string{"json"})
	if err != nil {
		return nil, err
	}
	tileset := ask.tileset(c)
	return s.json(typeJSON, ask.cacheFor(), map[string]any{
		"links":    []ogcLink{ask.link("self", typeJSON, c.path()+"/tiles", "The tilesets")},
		"tilesets": []map[string]any{tileset},
	})
}

// tileset says what a list of tilesets says of one.
func (a *ogcAsk) tileset(c *collection) map[string]any {
	return map[string]any{"title": c.title(), "dataType": "vector", "crs": webMercator.uri, "tileMatrixSetURI": webMercatorQuadURI, "links": a.tilesetLinks(c)}
}

func (a *ogcAsk) tilesetLinks(c *collection) []ogcLink {
	return []ogcLink{a.link("self", typeJSON, c.path()+"/tiles/"+webMercatorQuad, "The tileset"),
		a.link(relOGC+"tiling-scheme", typeJSON, "/tileMatrixSets/"+webMercatorQuad, "How its tiles are cut")}
}

// ogcTileset answers GET /ogc/collections/{collection}/tiles/WebMercatorQuad.
// The address of its tiles names the snapshot, the day and the basis, so those
// tiles never change.
func (s *Server) ogcTileset(r *http.Request) (*answer, error) {
	c, ask, edition, err := s.ogcEdition(r, "json")
	if err != nil {
		return nil, err
	}
	low, high := c.atlas.Zooms()
	limits := []map[string]any{}
	for z := low; z <= high; z++ {
		last := uint32(1)<<z - 1
		limits = append(limits, map[string]any{"tileMatrix": strconv.Itoa(int(z)), "minTileRow": 0, "maxTileRow": last, "minTileCol": 0, "maxTileCol": last})
	}
	b := c.snapshot.Bound()
	pinned := url.Values{"as_of": {edition.Epoch.From.String()}, "basis": {edition.Basis}, "snapshot": {c.snapshot.Name()}}
	tileset := ask.tileset(c)
	tileset["attribution"] = c.snapshot.Dataset.Attribution.In("en")
	tileset["tileMatrixSetLimits"] = limits
	tileset["boundingBox"] = map[string]any{"lowerLeft": b.Min, "upperRight": b.Max, "crs": crs84.uri, "orderedAxes": []string{"Lon", "Lat"}}
	tileset["layers"] = []map[string]any{{"id": c.section, "title": c.title(), "dataType": "vector", "geometryDimension": c.dimension}}
	tileset["links"] = append(ask.tilesetLinks(c), ogcLink{Rel: "item", Type: typeTile, Title: "A tile", Templated: true,
		Href: ask.root + c.path() + "/tiles/" + webMercatorQuad + "/{tileMatrix}/{tileRow}/{tileCol}?" + pinned.Encode()})
	a, err := s.json(typeJSON, ask.cacheForEdition(), tileset)
	if err != nil {
		return nil, err
	}
	a.headers = editionHeaders(edition, c.place)
	return a, nil
}

// ogcTile answers GET …/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}:
// the collection's layer of the dataset's tile, in the same bytes.
func (s *Server) ogcTile(r *http.Request) (*answer, error) {
	vars := mux.Vars(r)
	z, y, x, err := address(map[string]string{"z": vars["tileMatrix"], "x": vars["tileRow"], "tile": vars["tileCol"]})
	if err != nil {
		return nil, err
	}
	c, ask, edition, err := s.ogcEdition(r, "mvt")
	if err != nil {
		return nil, err
	}
	whole, err := c.atlas.Tile(r.Context(), edition, z, x, y)
	if err != nil {
		return nil, err
	}
	out := &answer{contentType: typeTile, cache: ask.cacheForEdition(), headers: editionHeaders(edition, c.place)}
	if whole == nil {
		return out, nil
	}
	layer, err := tiles.PickLayer(whole.Identity(), c.section)
	if layer == nil || err != nil {
		return out, err
	}
	held, err := s.cached(fmt.Sprint("ogc tile ", whole.Hash(), c.section), func(context.Context) (*answer, error) {
		return &answer{body: s.coder.Body(layer)}, nil
	})
	if err != nil {
		return nil, err
	}
	out.body = held.body
	return out, nil
}

// ogcEdition reads which map a tileset is asked for: of today under the default
// basis unless the query says otherwise.
func (s *Server) ogcEdition(r *http.Request, format string) (*collection, *ogcAsk, data.Edition, error) {
	c, err := s.collection(r)
	if err != nil {
		return nil, nil, data.Edition{}, err
	}
	ask, err := s.ogcAsk(r, []string{format})
	if err != nil {
		return nil, nil, data.Edition{}, err
	}
	e, err := c.snapshot.Edition(ask.basis, ask.asOf)
	return c, ask, e, err
}

// cacheForEdition is immutable for an answer that the query determines: without
// a day it moves with the clock.
func (a *ogcAsk) cacheForEdition() string {
	if !a.params.values.Has("as_of") {
		return cacheLive
	}
	return a.cacheFor()
}
