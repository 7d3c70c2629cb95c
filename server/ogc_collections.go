package server

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/demarc-map/demarc/data"

	"github.com/gorilla/mux"
)

// ogcSection is a section of the map as a collection of each dataset. Its id is
// the dataset's, a hyphen and end.
type ogcSection struct {
	section, end, title, about string
	dimension                  int // of its geometry: 0 points, 1 lines, 2 areas
}

// ogcSections are in the order of the layers of a tile.
func ogcSections() [4]ogcSection {
	return [4]ogcSection{
		{"territories", "territories", "territories and districts", "The land that percentages are percentages of", 2},
		{"zones", "zones", "zones held", "Land that a party holds, on every day and under every basis: the properties basis, valid_from and valid_to tell which; valid_to is the first day on which it no longer holds", 2},
		{"control_lines", "control-lines", "control lines", "Pullback, ceasefire and deployment lines, of every day and basis", 1},
		{"places", "places", "places", "Crossings and towns, for orientation", 0},
	}
}

// collection is one section of one dataset.
type collection struct {
	*place
	ogcSection
	id string
}

func newCollection(p *place, section ogcSection) collection {
	return collection{p, section, p.snapshot.Dataset.ID + "-" + section.end}
}

func (c *collection) path() string { return "/collections/" + c.id }
func (c *collection) title() string {
	return c.snapshot.Dataset.Title.In("en") + ": " + c.ogcSection.title
}
func (c *collection) about() string { return c.ogcSection.about }

// fields are the properties that each of its features has, if only as null.
func (c *collection) fields() []data.Field { return c.snapshot.Fields(c.section) }

// collections are those of the datasets asked about that hold any feature.
func (a *ogcAsk) collections() ([]collection, error) {
	places, err := a.places()
	if err != nil {
		return nil, err
	}
	var out []collection
	for _, p := range places {
		for _, section := range ogcSections() {
			if p.snapshot.Count(section.section) > 0 {
				out = append(out, newCollection(p, section))
			}
		}
	}
	return out, nil
}

// collection returns the collection that the path names, of the snapshot that
// the query names. It is found before the parameters are checked, since they
// depend on it.
func (s *Server) collection(r *http.Request) (*collection, error) {
	current, err := s.served()
	if err != nil {
		return nil, err
	}
	id, query := mux.Vars(r)["collection"], r.URL.Query()
	for _, section := range ogcSections() {
		dataset, ok := strings.CutSuffix(id, "-"+section.end)
		place := current.find(dataset)
		if !ok || place == nil {
			continue
		}
		if query.Has("snapshot") {
			if place = current.named(dataset, query.Get("snapshot")); place == nil {
				return nil, notFound("that snapshot is not served; the current one is %s", current.find(dataset).snapshot.Name())
			}
		}
		if place.snapshot.Count(section.section) > 0 {
			c := newCollection(place, section)
			return &c, nil
		}
	}
	return nil, notFound("there is no collection %q; /ogc/collections lists them", clipped(id))
}

// ogcCollections answers GET /ogc/collections.
func (s *Server) ogcCollections(r *http.Request) (*answer, error) {
	ask, err := s.ogcAsk(r, []string{"json"})
	if err != nil {
		return nil, err
	}
	all, err := ask.collections()
	if err != nil {
		return nil, err
	}
	return s.cached(ask.key("collections", all...), func(context.Context) (*answer, error) {
		described := []map[string]any{}
		for _, c := range all {
			d, err := ask.describe(&c)
			if err != nil {
				return nil, err
			}
			described = append(described, d)
		}
		return s.json(typeJSON, ask.cacheFor(), map[string]any{
			"links":       []ogcLink{ask.link("self", typeJSON, "/collections", "The collections"), ask.link("root", typeJSON, "", "Where it all begins")},
			"collections": described,
		})
	})
}

// ogcCollection answers GET /ogc/collections/{collection}.
func (s *Server) ogcCollection(r *http.Request) (*answer, error) {
	c, err := s.collection(r)
	if err != nil {
		return nil, err
	}
	ask, err := s.ogcAsk(r, []string{"json"})
	if err != nil {
		return nil, err
	}
	return s.cached(ask.key("collection", *c), func(context.Context) (*answer, error) {
		described, err := ask.describe(c)
		if err != nil {
			return nil, err
		}
		a, err := s.json(typeJSON, ask.cacheFor(), described)
		if err != nil {
			return nil, err
		}
		a.headers = snapshotHeader(c.place)
		return a, nil
	})
}

// describe tells what a collection holds, where, when, and where to ask on.
func (a *ogcAsk) describe(c *collection) (map[string]any, error) {
	found, err := c.snapshot.Find(c.section, data.Wanted{})
	if err != nil {
		return nil, err
	}
	b, days := found.Bound(), found.Days()
	dataset := &c.snapshot.Dataset
	return map[string]any{
		"id": c.id, "title": c.title(), "description": c.about(), "attribution": dataset.Attribution.In("en"), "itemType": "feature",
		"extent": map[string]any{
			"spatial":  map[string]any{"bbox": [][]float64{{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}}, "crs": crs84.uri},
			"temporal": map[string]any{"interval": [][]any{{moment(days.From), moment(days.To)}}, "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"},
		},
		"crs": []string{crs84.uri, webMercator.uri}, "storageCrs": crs84.uri,
		"links": []ogcLink{
			a.link("self", typeJSON, c.path(), "This collection"),
			a.link("items", typeGeoJSON, c.path()+"/items", "Its features"),
			a.link(relOGC+"queryables", typeSchema, c.path()+"/queryables", "The properties to filter by"),
			a.link(relOGC+"tilesets-vector", typeJSON, c.path()+"/tiles", "The same as vector tiles"),
			{Href: withQuery(a.base+"/tiles/"+dataset.ID+".json", a.carried), Rel: "related", Type: typeJSON, Title: "TileJSON of all four layers"},
			{Href: a.base + "/v1/" + dataset.ID, Rel: "describedby", Type: typeJSON, Title: "Parties, bases, epochs and sources"},
		},
	}, nil
}

// moment is the start of a day (RFC 3339), nil for an open end.
func moment(d data.Date) any {
	if d == 0 {
		return nil
	}
	return fmt.Sprint(d, "T00:00:00Z")
}
