package server

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/mapcontext"
	"github.com/demarc-map/demarc/data/style"
	"github.com/demarc-map/demarc/server/catalogue"
	"github.com/demarc-map/demarc/server/web"
	"github.com/demarc-map/demarc/tiles"

	"github.com/gorilla/mux"
)

// logged is a reader of contexts that logs why one is refused.
func logged(read catalogue.ContextOf, log *slog.Logger) catalogue.ContextOf {
	if read == nil {
		return nil
	}
	return func(ctx context.Context, dataset string) (*mapcontext.Map, error) {
		m, err := read(ctx, dataset)
		if err != nil && ctx.Err() == nil {
			log.Error("map context refused; the map is drawn with the one before, or without", "dataset", dataset, "error", err)
		}
		return m, err
	}
}

// surrounded is a question about a dataset that has a map context.
type surrounded struct {
	*question
	*catalogue.Context
}

// context reads a question about the map context of the dataset that the path names.
// Where the parameter context names the one that is served, the answer never changes.
func (a *asker) context(r *http.Request) (*surrounded, error) {
	q, err := a.open(r, mux.Vars(r)["dataset"], []string{"context"})
	if err != nil {
		return nil, err
	}
	return q.surrounded()
}

// around reads what context does about the dataset that the parameter area names.
func (a *asker) around(r *http.Request) (*surrounded, error) {
	p, err := catalogue.ReadParameters(r, a.now(), "area", "context", "lang", "theme")
	if err != nil {
		return nil, err
	}
	q := &question{Parameters: p}
	if err := a.area(q); err != nil {
		return nil, err
	}
	return q.surrounded()
}

func (q *question) surrounded() (*surrounded, error) {
	id := q.loaded.Snapshot.Dataset.ID
	found := q.catalogue.Context(id)
	if found == nil {
		return nil, web.NotFound("the dataset %q has no map context", id)
	}
	return &surrounded{q, found}, nil
}

// context is the map context of the dataset, nil when it has none.
func (q *question) context() *mapcontext.Map {
	if found := q.catalogue.Context(q.loaded.Snapshot.Dataset.ID); found != nil {
		return found.Map
	}
	return nil
}

func (s *surrounded) cache() string {
	if s.Get("context") == s.Map.Name {
		return web.CacheImmutable
	}
	return web.CacheLive
}

// contextTile answers GET /tiles/{dataset}/context/{z}/{x}/{y}.mvt.
func (l *layers) contextTile(r *http.Request) (*web.Answer, error) {
	vars := mux.Vars(r)
	z, x, y, err := catalogue.TileAddress(vars["z"], vars["x"], vars["tile"])
	if err != nil {
		return nil, err
	}
	q, err := l.ask.context(r)
	if err != nil {
		return nil, err
	}
	tile, err := q.Tiles.Tile(r.Context(), z, x, y)
	if err != nil {
		return nil, err
	}
	out := &web.Answer{ContentType: catalogue.TypeTile, Cache: q.cache(), Opaque: true}
	if tile != nil { // an empty one has no body
		out.Body, out.Sent = tile.Body, l.counts.tile(tile.Notes)
	}
	return out, nil
}

// contextJSON answers GET /tiles/{dataset}/context.json (TileJSON 3.0.0). The tile
// addresses in it name the context, so those tiles may be kept for ever.
func (l *layers) contextJSON(r *http.Request) (*web.Answer, error) {
	q, err := l.ask.context(r)
	if err != nil {
		return nil, err
	}
	minZoom, maxZoom := q.Tiles.Zooms()
	return l.site.JSON(web.TypeJSON, q.cache(), map[string]any{
		"tilejson": "3.0.0", "name": q.loaded.Snapshot.Dataset.ID + ", map background", "version": "1.0.0", "scheme": "xyz", "format": "pbf",
		"description": "For orientation: no evidence",
		"attribution": data.AsHTML(q.Map.Attribution.In("en")), "tiles": []string{l.contextAddress(r, q.loaded, q.Map)},
		"minzoom": minZoom, "maxzoom": maxZoom, "bounds": corners(q.Tiles.Bounds()), "vector_layers": q.Tiles.VectorLayers(),
	})
}

// contextAddress is the address of the tiles of a context, with {z}, {x} and {y} in it.
func (l *layers) contextAddress(r *http.Request, of *catalogue.Loaded, m *mapcontext.Map) string {
	return l.site.Base(r) + "/tiles/" + of.Snapshot.Dataset.ID + "/context/{z}/{x}/{y}.mvt?" + url.Values{"context": {m.Name}}.Encode()
}

// styleContext is what a style draws around the edition, nil for nothing.
func (l *layers) styleContext(asked *styled) *style.Context {
	found := asked.catalogue.Context(asked.loaded.Snapshot.Dataset.ID)
	if found == nil {
		return nil
	}
	minZoom, maxZoom := found.Tiles.Zooms()
	return &style.Context{Map: found.Map, Layer: tiles.ContextLayer, Tiles: l.contextAddress(asked.request, asked.loaded, found.Map),
		Bounds: found.Tiles.Bounds(), MinZoom: minZoom, MaxZoom: maxZoom}
}

// contextFacts is what a client needs so as to show the context of a dataset.
func contextFacts(base string, of *catalogue.Loaded, m *mapcontext.Map) map[string]any {
	id, named := of.Snapshot.Dataset.ID, url.Values{"context": {m.Name}}
	out := map[string]any{"attribution": m.Attribution, "tilejson": base + "/tiles/" + id + "/context.json?" + named.Encode()}
	if m.MappedIn != 0 {
		out["mapped_in"] = m.MappedIn
	}
	if m.Bearing != 0 {
		out["bearing"] = m.Bearing
	}
	if box, ok := m.Extent(); ok {
		out["extent"] = corners(box)
	}
	if len(m.Locator) > 0 {
		named.Set("area", id)
		out["locator"] = base + "/locator.svg?" + named.Encode()
	}
	return out
}
