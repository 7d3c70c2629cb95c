package server

import (
	"net/http"
	"net/url"

	"github.com/demarc-map/demarc/data"

	"github.com/gorilla/mux"
)

// tileJSON answers GET /tiles/{dataset}.json (TileJSON 3.0.0). The tile
// addresses in it name the snapshot and the epoch's first day, so those tiles
// never change and may be kept for ever.
func (s *Server) tileJSON(r *http.Request) (*answer, error) {
	place, edition, cache, err := s.edition(r, mux.Vars(r)["dataset"])
	if err != nil {
		return nil, err
	}
	vectorLayers, err := place.atlas.VectorLayers(edition)
	if err != nil {
		return nil, err
	}
	dataset, b := &place.snapshot.Dataset, place.snapshot.Bound()
	minZoom, maxZoom := place.atlas.Zooms()
	a, err := s.json(typeJSON, cache, map[string]any{
		"tilejson": "3.0.0", "name": dataset.Title.In("en"), "description": dataset.Description.In("en"), "version": "1.0.0",
		"attribution": dataset.Attribution.In("en"), "scheme": "xyz", "format": "pbf",
		"tiles":   []string{s.tileAddress(r, place, edition)},
		"minzoom": minZoom, "maxzoom": maxZoom,
		"bounds":        []float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]},
		"center":        []float64{(b.Min[0] + b.Max[0]) / 2, (b.Min[1] + b.Max[1]) / 2, 10},
		"vector_layers": vectorLayers,
		"legend":        dataset.Disclaimer.In("en"), "snapshot": place.snapshot.Name(), "epoch": edition.Epoch, "basis": edition.Basis,
	})
	if err != nil {
		return nil, err
	}
	a.headers = editionHeaders(edition, place)
	return a, nil
}

// tileAddress is the address of an edition's tiles, with {z}, {x} and {y} in it.
func (s *Server) tileAddress(r *http.Request, p *place, e data.Edition) string {
	pinned := url.Values{"as_of": {e.Epoch.From.String()}, "basis": {e.Basis}, "snapshot": {p.snapshot.Name()}}
	return s.base(r) + "/tiles/" + p.snapshot.Dataset.ID + "/{z}/{x}/{y}.mvt?" + pinned.Encode()
}
