package ogc

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"net/http"
	"strconv"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server/web"

	"github.com/gorilla/mux"
)

// How many features a page holds when the client does not say, and at most.
const (
	pageLimit     = 100
	pageLimitMost = 10_000
)

// feature is one feature (RFC 7946) with the links that OGC API asks for.
type feature struct {
	Type       string         `json:"type"`
	ID         string         `json:"id"`
	Geometry   json.Marshaler `json:"geometry"`
	Properties map[string]any `json:"properties"`
	Links      []link         `json:"links,omitempty"`
}

// itemsPage is one page of features.
type itemsPage struct {
	Type           string    `json:"type"`
	NumberMatched  int       `json:"numberMatched"`
	NumberReturned int       `json:"numberReturned"`
	Links          []link    `json:"links"`
	Features       []feature `json:"features"`
}

// feature words an item. Every property of the collection is there, if only as
// null: clients take the schema from the first page.
func (c *collection) feature(item data.Item, crs system) feature {
	for _, field := range c.fields() {
		if _, ok := item.Properties[field.Name]; !ok {
			item.Properties[field.Name] = nil
		}
	}
	return feature{Type: "Feature", ID: item.ID, Geometry: data.Geometry(crs.shape(item.Shape)), Properties: item.Properties}
}

// items answers GET /ogc/collections/{collection}/items: a page of features.
// The links to other pages name the snapshot, so that a reload in between
// neither repeats nor leaves out a feature.
func (s *service) items(r *http.Request) (*web.Answer, error) {
	c, err := s.find(r)
	if err != nil {
		return nil, err
	}
	known := []string{"limit", "offset", "bbox", "bbox-crs", "datetime", "crs"}
	for _, field := range c.fields() {
		known = append(known, field.Name)
	}
	ask, err := s.ask(r, []string{"json"}, known...)
	if err != nil {
		return nil, err
	}
	wanted, err := ask.wanted(c)
	if err != nil {
		return nil, err
	}
	limit, err := ask.params.Whole("limit", pageLimit, 1, pageLimitMost)
	if err != nil {
		return nil, err
	}
	offset, err := ask.params.Whole("offset", 0, 0, math.MaxInt32)
	if err != nil {
		return nil, err
	}
	crs, err := readSystem(ask.params, "crs")
	if err != nil {
		return nil, err
	}
	values := ask.params.Values
	return s.Cached(r.Context(), ask.key("items", *c), s.Heavy.Behind(func(context.Context) (*web.Answer, error) {
		found, err := c.Snapshot.Find(c.section, wanted)
		if err != nil {
			return nil, err
		}
		from := min(offset, found.Len())
		to := min(from+limit, found.Len())
		address := ask.root + c.path() + "/items"
		page := itemsPage{Type: "FeatureCollection", NumberMatched: found.Len(), NumberReturned: to - from, Features: []feature{},
			Links: []link{{Href: withQuery(address, values), Rel: "self", Type: typeGeoJSON, Title: "This page"}, ask.link("collection", web.TypeJSON, c.path(), "The collection")}}
		turn := func(rel, title string, offset int) {
			other := maps.Clone(values)
			other["snapshot"], other["offset"] = []string{c.Snapshot.Name()}, []string{strconv.Itoa(offset)}
			page.Links = append(page.Links, link{Href: withQuery(address, other), Rel: rel, Type: typeGeoJSON, Title: title})
		}
		if to < found.Len() {
			turn("next", "The next page", to)
		}
		if from > 0 {
			turn("prev", "The page before", max(0, from-limit))
		}
		for _, item := range found.Items(from, to) {
			page.Features = append(page.Features, c.feature(item, crs))
		}
		return s.features(c, ask, crs, page)
	}))
}

// item answers GET /ogc/collections/{collection}/items/{feature}.
func (s *service) item(r *http.Request) (*web.Answer, error) {
	c, err := s.find(r)
	if err != nil {
		return nil, err
	}
	ask, err := s.ask(r, []string{"json"}, "crs")
	if err != nil {
		return nil, err
	}
	wanted, err := ask.wanted(c)
	if err != nil {
		return nil, err
	}
	crs, err := readSystem(ask.params, "crs")
	if err != nil {
		return nil, err
	}
	wanted.ID = mux.Vars(r)["feature"]
	found, err := c.Snapshot.Find(c.section, wanted)
	if err != nil {
		return nil, err
	}
	if found.Len() == 0 {
		return nil, web.NotFound("the collection %s has no such feature %q", c.id, web.Clip(wanted.ID))
	}
	feature := c.feature(found.Items(0, 1)[0], crs)
	path := c.path() + "/items/" + feature.ID
	feature.Links = []link{{Href: withQuery(ask.root+path, ask.params.Values), Rel: "self", Type: typeGeoJSON, Title: "This feature"},
		ask.link("collection", web.TypeJSON, c.path(), "The collection")}
	return s.features(c, ask, crs, feature)
}

// features is an answer of one feature or a page of them.
func (s *service) features(c *collection, ask *asked, crs system, v any) (*web.Answer, error) {
	a, err := c.Named(s.JSON(typeGeoJSON, ask.cacheFor(), v))
	if err != nil {
		return nil, err
	}
	a.Headers["Content-Crs"] = crs.header()
	return a, nil
}

// wanted reads which features of a collection are asked for. With as_of it is
// those that the map of that day shows; without, those of all days.
func (a *asked) wanted(c *collection) (data.Wanted, error) {
	var w data.Wanted
	p := a.params
	e, err := c.Snapshot.Edition(a.basis, a.asOf)
	if p.Has("as_of") {
		w.Edition = &e
	} else if !errors.Is(err, data.ErrUnknown) { // that today is not mapped is no matter
		err = nil
	}
	if err != nil {
		return w, err
	}
	boxCRS, err := readSystem(p, "bbox-crs")
	if err != nil {
		return w, err
	}
	if p.Has("bbox") {
		box, err := readBBox(p.Get("bbox"), boxCRS)
		if err != nil {
			return w, err
		}
		w.Box = &box
	}
	if p.Has("datetime") {
		if w.Days, err = readDatetime(p.Get("datetime")); err != nil {
			return w, err
		}
	}
	for _, field := range c.fields() {
		if !p.Has(field.Name) {
			continue
		}
		text := p.Get(field.Name)
		if _, err := strconv.ParseFloat(text, 64); field.Type == "number" && err != nil {
			return w, web.BadRequest("%s is a number, not %q", field.Name, web.Clip(text))
		}
		if field.Type == "boolean" && text != "true" && text != "false" {
			return w, web.BadRequest("%s is true or false, not %q", field.Name, web.Clip(text))
		}
		if w.Equal == nil {
			w.Equal = map[string]string{}
		}
		w.Equal[field.Name] = text
	}
	return w, nil
}
