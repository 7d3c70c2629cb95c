package server

import (
	"net/http"

	"github.com/demarc-map/demarc/server/catalogue"
	"github.com/demarc-map/demarc/server/web"

	"github.com/gorilla/mux"
)

// tile answers GET /tiles/{dataset}/{z}/{x}/{y}.mvt.
func (l *layers) tile(r *http.Request) (*web.Answer, error) {
	vars := mux.Vars(r)
	z, x, y, err := catalogue.TileAddress(vars["z"], vars["x"], vars["tile"])
	if err != nil {
		return nil, err
	}
	q, err := l.ask.edition(r, vars["dataset"])
	if err != nil {
		return nil, err
	}
	tile, err := q.loaded.Atlas.Tile(r.Context(), q.edition, z, x, y)
	if err != nil {
		return nil, err
	}
	out := &web.Answer{ContentType: catalogue.TypeTile, Cache: q.cache(), Headers: q.loaded.EditionHeaders(q.edition), Opaque: true}
	if tile != nil { // an empty one has no body
		out.Body, out.Sent = tile.Body, l.counts.tile(tile.Notes)
	}
	return out, nil
}
