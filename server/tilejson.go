package server

import (
	"net/http"
	"net/url"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/style"
	"github.com/demarc-map/demarc/server/web"

	"github.com/gorilla/mux"
)

// tileJSON answers GET /tiles/{dataset}.json (TileJSON 3.0.0). The tile
// addresses in it name the snapshot and the epoch's first day, so those tiles
// never change and may be kept for ever. Clients show attribution and legend as
// HTML, so they are escaped.
func (l *layers) tileJSON(r *http.Request) (*web.Answer, error) {
	q, err := l.ask.edition(r, mux.Vars(r)["dataset"])
	if err != nil {
		return nil, err
	}
	vectorLayers, err := q.loaded.Atlas.VectorLayers(r.Context(), q.edition)
	if err != nil {
		return nil, err
	}
	dataset := &q.loaded.Snapshot.Dataset
	centre, zoom := opening(q.loaded.Snapshot)
	minZoom, maxZoom := q.loaded.Atlas.Zooms()
	a, err := l.site.JSON(web.TypeJSON, q.cache(), map[string]any{
		"tilejson": "3.0.0", "name": dataset.Title.In("en"), "description": dataset.Description.In("en"), "version": "1.0.0",
		"attribution": data.AsHTML(dataset.Credits().In("en")), "scheme": "xyz", "format": "pbf",
		"tiles":   []string{l.tileAddress(r, q)},
		"minzoom": minZoom, "maxzoom": maxZoom,
		// Across the antimeridian bounds are the whole width: by TileJSON 3.0.0 they must not wrap, and clients read west > east as nothing.
		"bounds":        corners(q.loaded.Snapshot.Bound()),
		"center":        []float64{centre[0], centre[1], float64(zoom)},
		"vector_layers": vectorLayers, "outline_zoom": style.OutlineZoom(q.loaded.Snapshot, q.edition),
		"legend": data.AsHTML(dataset.Disclaimer.In("en")), "snapshot": q.loaded.Snapshot.Name(), "epoch": q.edition.Epoch, "basis": q.edition.Basis,
	})
	if err != nil {
		return nil, err
	}
	a.Headers = q.loaded.EditionHeaders(q.edition)
	return a, nil
}

// tileAddress is the address of an edition's tiles, with {z}, {x} and {y} in it.
func (l *layers) tileAddress(r *http.Request, q *question) string {
	pinned := url.Values{"as_of": {q.edition.Epoch.From.String()}, "basis": {q.edition.Basis}, "snapshot": {q.loaded.Snapshot.Name()}}
	return l.site.Base(r) + "/tiles/" + q.loaded.Snapshot.Dataset.ID + "/{z}/{x}/{y}.mvt?" + pinned.Encode()
}
