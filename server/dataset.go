package server

import (
	"context"
	"net/http"

	"github.com/demarc-map/demarc/data"
)

// datasets answers GET /v1: what is served, with extent in space and time.
func (s *Server) datasets(r *http.Request) (*answer, error) {
	if _, err := s.parameters(r); err != nil {
		return nil, err
	}
	current, err := s.served()
	if err != nil {
		return nil, err
	}
	base := s.base(r)
	list := []map[string]any{}
	for _, id := range current.order {
		snapshot := current.places[id].snapshot
		list = append(list, map[string]any{"id": id, "title": snapshot.Dataset.Title, "bbox": bbox(snapshot),
			"first_date": snapshot.FirstDate(), "snapshot": snapshot.Name(), "links": pathsOf(base, id)})
	}
	return s.json(typeJSON, cacheLive, map[string]any{"datasets": list})
}

// dataset answers GET /v1/{dataset}: everything a client needs to ask on.
func (s *Server) dataset(r *http.Request) (*answer, error) {
	place, p, err := s.asked(r)
	if err != nil {
		return nil, err
	}
	snapshot := place.snapshot
	d := &snapshot.Dataset
	return p.kept(s.json(typeJSON, cacheLive, map[string]any{
		"id": d.ID, "title": d.Title, "description": d.Description, "attribution": d.Attribution, "disclaimer": d.Disclaimer,
		"bbox": bbox(snapshot), "territory": d.Territory, "default_party": d.Party, "default_basis": d.Basis,
		"territories": territories(snapshot), "parties": d.Parties, "bases": d.Bases, "statuses": data.Statuses(),
		"epochs": snapshot.Epochs, "first_date": snapshot.FirstDate(), "sources": d.Sources,
		"method": data.Method, "snapshot": snapshot.Name(), "links": pathsOf(s.base(r), d.ID),
	}))
}

// snapshot answers GET /v1/{dataset}/snapshot: the canonical bytes whose
// SHA-256 is the snapshot's name.
func (s *Server) snapshot(r *http.Request) (*answer, error) {
	place, p, err := s.asked(r)
	if err != nil {
		return nil, err
	}
	return p.kept(s.cached("snapshot "+place.snapshot.Name(), func(context.Context) (*answer, error) {
		text, err := place.snapshot.Canonical()
		if err != nil {
			return nil, err
		}
		return &answer{contentType: typeJSON, body: s.coder.Body(text), cache: cacheLive, headers: snapshotHeader(place)}, nil
	}))
}

const typeJSON = "application/json"

// territories lists a snapshot's territories without their shapes.
func territories(s *data.Snapshot) []map[string]any {
	out := make([]map[string]any, len(s.Territories))
	for i, t := range s.Territories {
		var parent any
		if t.Parent != "" {
			parent = t.Parent
		}
		b := t.Shape.Bound()
		out[i] = map[string]any{"id": t.ID, "name": t.Name, "parent": parent, "area_km2": t.AreaM2 / 1e6, "source": t.Source,
			"bbox": []float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}}
		if t.PublishedAreaKm2 != 0 {
			out[i]["published_area_km2"] = t.PublishedAreaKm2
		}
	}
	return out
}

// bbox is west, south, east, north in degrees.
func bbox(s *data.Snapshot) []float64 {
	b := s.Bound()
	return []float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
}

func pathsOf(base, dataset string) map[string]string {
	v1 := base + "/v1/" + dataset
	return map[string]string{"self": v1, "share": v1 + "/share", "shares": v1 + "/shares", "snapshot": v1 + "/snapshot", "history": v1 + "/history",
		"tilejson": base + "/tiles/" + dataset + ".json", "style": base + "/styles/" + dataset + ".json", "qgis": base + "/styles/" + dataset + ".qlr",
		"ogc": base + "/ogc/collections", "geopackage": base + "/export/" + dataset + ".gpkg"}
}

func snapshotHeader(p *place) map[string]string {
	return map[string]string{"Demarc-Snapshot": p.snapshot.Name()}
}
