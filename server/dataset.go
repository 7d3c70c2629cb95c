package server

import (
	"context"
	"fmt"
	"net/http"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/look"
	"github.com/demarc-map/demarc/data/mapcontext"
	"github.com/demarc-map/demarc/server/catalogue"
	"github.com/demarc-map/demarc/server/web"

	"github.com/paulmach/orb"
)

// datasets answers GET /v1: what is served, with extent in space and time.
func (f *facts) datasets(r *http.Request) (*web.Answer, error) {
	if err := f.ask.nothing(r); err != nil {
		return nil, err
	}
	current, err := f.ask.current.Served()
	if err != nil {
		return nil, err
	}
	base := f.site.Base(r)
	list := []map[string]any{}
	for _, id := range current.Order {
		snapshot := current.Find(id).Snapshot
		list = append(list, map[string]any{"id": id, "title": snapshot.Dataset.Title, "bbox": corners(snapshot.Bound()),
			"first_date": snapshot.FirstDate(), "snapshot": snapshot.Name(), "links": pathsOf(base, id)})
	}
	return f.site.JSON(web.TypeJSON, web.CacheLive, map[string]any{"datasets": list})
}

// dataset answers GET /v1/{dataset}: everything a client needs to ask on.
func (f *facts) dataset(r *http.Request) (*web.Answer, error) {
	q, err := f.ask.dataset(r)
	if err != nil {
		return nil, err
	}
	// The context is no part of a snapshot: what is said of one for ever does not name it.
	var around *mapcontext.Map
	if q.cache() == web.CacheLive {
		around = q.context()
	}
	key := fmt.Sprint("dataset ", q.loaded.Snapshot.Name(), " ", f.site.Base(r))
	if around != nil {
		key += " " + around.Name
	}
	return q.kept(f.site.Cached(r.Context(), key, func(context.Context) (*web.Answer, error) {
		return f.site.JSON(web.TypeJSON, web.CacheLive, described(f.site.Base(r), q.loaded, around))
	}))
}

// described is what there is to know of a dataset, and of its map context unless nil.
func described(base string, l *catalogue.Loaded, around *mapcontext.Map) map[string]any {
	snapshot := l.Snapshot
	d := &snapshot.Dataset
	out := map[string]any{
		"id": d.ID, "title": d.Title, "description": d.Description, "attribution": d.Attribution, "disclaimer": d.Disclaimer,
		"bbox": corners(snapshot.Bound()), "territory": d.Territory, "default_party": d.Party, "default_basis": d.Basis,
		"territories": territories(snapshot), "parties": d.Parties, "bases": d.Bases, "statuses": data.Statuses(),
		"epochs": snapshot.Epochs, "first_date": snapshot.FirstDate(), "sources": d.Sources, "things": thingLayers(snapshot),
		"reviewed_on": d.ReviewedOn, "review_after": d.ReviewAfter,
		"method": data.Method, "snapshot": snapshot.Name(), "links": pathsOf(base, d.ID),
		"look": look.For(snapshot),
	}
	if around != nil {
		out["context"] = contextFacts(base, l, around)
	}
	return out
}

// thingLayers lists a snapshot's layers of things without the things.
func thingLayers(s *data.Snapshot) []map[string]any {
	out := []map[string]any{}
	for i := range s.Dataset.Things {
		l := &s.Dataset.Things[i]
		sources := []string{}
		for _, source := range s.ThingSources(l.ID) {
			sources = append(sources, source.ID)
		}
		layer := map[string]any{"id": l.ID, "title": l.Title, "counts": l.Counts, "mapped_on": l.MappedOn, "attribution": l.Attribution,
			"sources": sources, "things": len(s.ThingsOf(l.ID))}
		if l.Note != nil {
			layer["note"] = l.Note
		}
		if l.By != "" {
			layer["by"] = l.By
		}
		out = append(out, layer)
	}
	return out
}

// territories lists a snapshot's territories without their shapes.
func territories(s *data.Snapshot) []map[string]any {
	out := make([]map[string]any, len(s.Territories))
	for i, t := range s.Territories {
		var parent any
		if t.Parent != "" {
			parent = t.Parent
		}
		out[i] = map[string]any{"id": t.ID, "name": t.Name, "parent": parent, "area_km2": t.AreaM2 / 1e6, "source": t.Source,
			"bbox": corners(t.Shape.Bound())}
		if t.PublishedAreaKm2 != 0 {
			out[i]["published_area_km2"] = t.PublishedAreaKm2
		}
	}
	return out
}

// corners are west, south, east and north in degrees.
func corners(b orb.Bound) []float64 { return []float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]} }

func pathsOf(base, dataset string) map[string]string {
	v1 := base + "/v1/" + dataset
	return map[string]string{"self": v1, "share": v1 + "/share", "shares": v1 + "/shares", "parties": v1 + "/parties", "things": v1 + "/things", "snapshot": v1 + "/snapshot", "history": v1 + "/history",
		"tilejson": base + "/tiles/" + dataset + ".json", "style": base + "/styles/" + dataset + ".json", "qgis": base + "/styles/" + dataset + ".qlr",
		"ogc": base + "/ogc/collections", "geopackage": base + "/export/" + dataset + ".gpkg"}
}
