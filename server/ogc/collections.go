package ogc

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server/catalogue"
	"github.com/demarc-map/demarc/server/web"

	"github.com/gorilla/mux"
)

// kind is a section of the map as a collection of each dataset. Its id is
// the dataset's, a hyphen and end.
type kind struct {
	section, end, title, about string
	dimension                  int // of its geometry: 0 points, 1 lines, 2 areas, data.Mixed any
}

// kinds are in the order of the layers of a tile.
func kinds() [5]kind {
	return [5]kind{
		{"territories", "territories", "territories and districts", "The land that percentages are percentages of", 2},
		{"zones", "zones", "zones held", "Land that a party holds, on every day and under every basis: the properties basis, valid_from and valid_to tell which; valid_to is the first day on which it no longer holds", 2},
		{"control_lines", "control-lines", "control lines", "Pullback, ceasefire and deployment lines, of every day and basis", 1},
		{"places", "places", "places", "Crossings and towns, for orientation", 0},
		{"things", "things", "things", "Schools, roads, built-up area or whatever else layers of the dataset hold, to be counted on either side of the line, as mapped on the day that mapped_on tells", data.Mixed},
	}
}

// collection is one section of one dataset.
type collection struct {
	*catalogue.Loaded
	kind
	id string
}

func newCollection(l *catalogue.Loaded, k kind) collection {
	return collection{l, k, l.Snapshot.Dataset.ID + "-" + k.end}
}

func (c *collection) path() string { return "/collections/" + c.id }
func (c *collection) title() string {
	return c.Snapshot.Dataset.Title.In("en") + ": " + c.kind.title
}
func (c *collection) about() string { return c.kind.about }

// fields are the properties that each of its features has, if only as null.
func (c *collection) fields() []data.Field { return c.Snapshot.Fields(c.section) }

// collections are those of the datasets asked about that hold any feature.
func (a *asked) collections() ([]collection, error) {
	loaded, err := a.loaded()
	if err != nil {
		return nil, err
	}
	var out []collection
	for _, l := range loaded {
		for _, k := range kinds() {
			if l.Snapshot.Count(k.section) > 0 {
				out = append(out, newCollection(l, k))
			}
		}
	}
	return out, nil
}

// loaded are the datasets asked about: that of the snapshot when one is named,
// else all.
func (a *asked) loaded() ([]*catalogue.Loaded, error) {
	named := a.params.Get("snapshot")
	var out []*catalogue.Loaded
	for _, id := range a.catalogue.Order {
		switch l := a.catalogue.Named(id, named); {
		case !a.params.Has("snapshot"):
			out = append(out, a.catalogue.Find(id))
		case l != nil:
			out = append(out, l)
		}
	}
	if out == nil {
		return nil, web.NotFound("the snapshot %q is not served", web.Clip(named))
	}
	return out, nil
}

// key is what an answer to the same question about the same collections is held by.
func (a *asked) key(what string, all ...collection) string {
	key := "ogc " + what
	for _, c := range all {
		key += " " + c.Snapshot.Name() + c.id
	}
	return key + " " + a.base + " " + a.params.Encode()
}

// find returns the collection that the path names, of the snapshot that
// the query names. It is found before the parameters are checked, since they
// depend on it.
func (s *service) find(r *http.Request) (*collection, error) {
	current, err := s.Current.Served()
	if err != nil {
		return nil, err
	}
	id, query := mux.Vars(r)["collection"], r.URL.Query()
	for _, k := range kinds() {
		dataset, ok := strings.CutSuffix(id, "-"+k.end)
		l := current.Find(dataset)
		if !ok || l == nil {
			continue
		}
		if query.Has("snapshot") {
			if l = current.Named(dataset, query.Get("snapshot")); l == nil {
				return nil, web.NotFound("that snapshot is not served; the current one is %s", current.Find(dataset).Snapshot.Name())
			}
		}
		if l.Snapshot.Count(k.section) > 0 {
			c := newCollection(l, k)
			return &c, nil
		}
	}
	return nil, web.NotFound("there is no collection %q; /ogc/collections lists them", web.Clip(id))
}

// collections answers GET /ogc/collections.
func (s *service) collections(r *http.Request) (*web.Answer, error) {
	ask, err := s.ask(r, []string{"json"})
	if err != nil {
		return nil, err
	}
	all, err := ask.collections()
	if err != nil {
		return nil, err
	}
	return s.Cached(r.Context(), ask.key("collections", all...), func(context.Context) (*web.Answer, error) {
		described := []map[string]any{}
		for _, c := range all {
			d, err := ask.describe(&c)
			if err != nil {
				return nil, err
			}
			described = append(described, d)
		}
		return s.JSON(web.TypeJSON, ask.cacheFor(), map[string]any{
			"links":       []link{ask.link("self", web.TypeJSON, "/collections", "The collections"), ask.link("root", web.TypeJSON, "", "Where it all begins")},
			"collections": described,
		})
	})
}

// collection answers GET /ogc/collections/{collection}.
func (s *service) collection(r *http.Request) (*web.Answer, error) {
	c, err := s.find(r)
	if err != nil {
		return nil, err
	}
	ask, err := s.ask(r, []string{"json"})
	if err != nil {
		return nil, err
	}
	return s.Cached(r.Context(), ask.key("collection", *c), func(context.Context) (*web.Answer, error) {
		described, err := ask.describe(c)
		if err != nil {
			return nil, err
		}
		return c.Named(s.JSON(web.TypeJSON, ask.cacheFor(), described))
	})
}

// describe tells what a collection holds, where, when, and where to ask on.
func (a *asked) describe(c *collection) (map[string]any, error) {
	found, err := c.Snapshot.Find(c.section, data.Wanted{})
	if err != nil {
		return nil, err
	}
	b, days := found.Bound(), found.Days()
	dataset := &c.Snapshot.Dataset
	return map[string]any{
		"id": c.id, "title": c.title(), "description": c.about(), "attribution": dataset.Credits().In("en"), "itemType": "feature",
		"extent": map[string]any{
			"spatial":  map[string]any{"bbox": [][]float64{{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}}, "crs": crs84.uri},
			"temporal": map[string]any{"interval": [][]any{{moment(days.From), moment(days.To)}}, "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"},
		},
		"crs": []string{crs84.uri, webMercator.uri}, "storageCrs": crs84.uri,
		"links": []link{
			a.link("self", web.TypeJSON, c.path(), "This collection"),
			a.link("items", typeGeoJSON, c.path()+"/items", "Its features"),
			a.link(relOGC+"queryables", typeSchema, c.path()+"/queryables", "The properties to filter by"),
			a.link(relOGC+"tilesets-vector", web.TypeJSON, c.path()+"/tiles", "The same as vector tiles"),
			{Href: withQuery(a.base+"/tiles/"+dataset.ID+".json", a.carried), Rel: "related", Type: web.TypeJSON, Title: "TileJSON of all layers"},
			{Href: a.base + "/v1/" + dataset.ID, Rel: "describedby", Type: web.TypeJSON, Title: "Parties, bases, epochs and sources"},
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
