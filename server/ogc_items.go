package server

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"net/http"
	"net/url"
	"strconv"

	"github.com/demarc-map/demarc/data"

	"github.com/gorilla/mux"
)

// How many features a page holds when the client does not say, and at most.
const (
	ogcLimit    = 100
	ogcLimitMax = 10_000
)

// ogcFeature is one feature (RFC 7946) with the links that OGC API asks for.
type ogcFeature struct {
	Type       string         `json:"type"`
	ID         string         `json:"id"`
	Geometry   json.Marshaler `json:"geometry"`
	Properties map[string]any `json:"properties"`
	Links      []ogcLink      `json:"links,omitempty"`
}

// ogcItemsPage is one page of features.
type ogcItemsPage struct {
	Type           string       `json:"type"`
	NumberMatched  int          `json:"numberMatched"`
	NumberReturned int          `json:"numberReturned"`
	Links          []ogcLink    `json:"links"`
	Features       []ogcFeature `json:"features"`
}

// feature words an item. Every property of the collection is there, if only as
// null: clients take the schema from the first page.
func (c *collection) feature(item data.Item, crs ogcCRS) ogcFeature {
	for _, field := range c.fields() {
		if _, ok := item.Properties[field.Name]; !ok {
			item.Properties[field.Name] = nil
		}
	}
	return ogcFeature{Type: "Feature", ID: item.ID, Geometry: data.Geometry(crs.shape(item.Shape)), Properties: item.Properties}
}

// ogcItems answers GET /ogc/collections/{collection}/items: a page of features.
// The links to other pages name the snapshot, so that a reload in between
// neither repeats nor leaves out a feature.
func (s *Server) ogcItems(r *http.Request) (*answer, error) {
	c, err := s.collection(r)
	if err != nil {
		return nil, err
	}
	known := []string{"limit", "offset", "bbox", "bbox-crs", "datetime", "crs"}
	for _, field := range c.fields() {
		known = append(known, field.Name)
	}
	ask, err := s.ogcAsk(r, []string{"json"}, known...)
	if err != nil {
		return nil, err
	}
	wanted, err := ask.wanted(c)
	if err != nil {
		return nil, err
	}
	limit, err := ask.params.whole("limit", ogcLimit, 1, ogcLimitMax)
	if err != nil {
		return nil, err
	}
	offset, err := ask.params.whole("offset", 0, 0, math.MaxInt32)
	if err != nil {
		return nil, err
	}
	crs, err := ask.params.crs("crs")
	if err != nil {
		return nil, err
	}
	values := ask.params.values
	return s.cached(ask.key("items", *c), s.posts.behind(func(context.Context) (*answer, error) {
		found, err := c.snapshot.Find(c.section, wanted)
		if err != nil {
			return nil, err
		}
		from := min(offset, found.Len())
		to := min(from+limit, found.Len())
		address := ask.root + c.path() + "/items"
		page := ogcItemsPage{Type: "FeatureCollection", NumberMatched: found.Len(), NumberReturned: to - from, Features: []ogcFeature{},
			Links: []ogcLink{{Href: withQuery(address, values), Rel: "self", Type: typeGeoJSON, Title: "This page"}, ask.link("collection", typeJSON, c.path(), "The collection")}}
		turn := func(rel, title string, offset int) {
			other := maps.Clone(values)
			other["snapshot"], other["offset"] = []string{c.snapshot.Name()}, []string{strconv.Itoa(offset)}
			page.Links = append(page.Links, ogcLink{Href: withQuery(address, url.Values(other)), Rel: rel, Type: typeGeoJSON, Title: title})
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
		return s.ogcFeatures(c, ask, crs, page)
	}))
}

// ogcItem answers GET /ogc/collections/{collection}/items/{feature}.
func (s *Server) ogcItem(r *http.Request) (*answer, error) {
	c, err := s.collection(r)
	if err != nil {
		return nil, err
	}
	ask, err := s.ogcAsk(r, []string{"json"}, "crs")
	if err != nil {
		return nil, err
	}
	wanted, err := ask.wanted(c)
	if err != nil {
		return nil, err
	}
	crs, err := ask.params.crs("crs")
	if err != nil {
		return nil, err
	}
	wanted.ID = mux.Vars(r)["feature"]
	found, err := c.snapshot.Find(c.section, wanted)
	if err != nil {
		return nil, err
	}
	if found.Len() == 0 {
		return nil, notFound("the collection %s has no such feature %q", c.id, clipped(wanted.ID))
	}
	feature := c.feature(found.Items(0, 1)[0], crs)
	path := c.path() + "/items/" + feature.ID
	feature.Links = []ogcLink{{Href: withQuery(ask.root+path, ask.params.values), Rel: "self", Type: typeGeoJSON, Title: "This feature"},
		ask.link("collection", typeJSON, c.path(), "The collection")}
	return s.ogcFeatures(c, ask, crs, feature)
}

// ogcFeatures is an answer of one feature or a page of them.
func (s *Server) ogcFeatures(c *collection, ask *ogcAsk, crs ogcCRS, v any) (*answer, error) {
	a, err := s.json(typeGeoJSON, ask.cacheFor(), v)
	if err != nil {
		return nil, err
	}
	a.headers = snapshotHeader(c.place)
	a.headers["Content-Crs"] = crs.header()
	return a, nil
}

// wanted reads which features of a collection are asked for. With as_of it is
// those that the map of that day shows; without, those of all days.
func (a *ogcAsk) wanted(c *collection) (data.Wanted, error) {
	var w data.Wanted
	p := a.params
	e, err := c.snapshot.Edition(a.basis, a.asOf)
	if p.values.Has("as_of") {
		w.Edition = &e
	} else if !errors.Is(err, data.ErrUnknown) { // that today is not mapped is no matter
		err = nil
	}
	if err != nil {
		return w, err
	}
	boxCRS, err := p.crs("bbox-crs")
	if err != nil {
		return w, err
	}
	if p.values.Has("bbox") {
		box, err := readBBox(p.values.Get("bbox"), boxCRS)
		if err != nil {
			return w, err
		}
		w.Box = &box
	}
	if p.values.Has("datetime") {
		if w.Days, err = readDatetime(p.values.Get("datetime")); err != nil {
			return w, err
		}
	}
	for _, field := range c.fields() {
		if !p.values.Has(field.Name) {
			continue
		}
		text := p.values.Get(field.Name)
		if _, err := strconv.ParseFloat(text, 64); field.Type == "number" && err != nil {
			return w, badRequest("%s is a number, not %q", field.Name, clipped(text))
		}
		if field.Type == "boolean" && text != "true" && text != "false" {
			return w, badRequest("%s is true or false, not %q", field.Name, clipped(text))
		}
		if w.Equal == nil {
			w.Equal = map[string]string{}
		}
		w.Equal[field.Name] = text
	}
	return w, nil
}

// whole returns a whole number from low on. One above high counts as high, as
// OGC API asks for limits.
func (p *parameters) whole(name string, fallback, low, high int) (int, error) {
	if !p.values.Has(name) {
		return fallback, nil
	}
	n, err := strconv.ParseUint(p.values.Get(name), 10, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) || cmp.Less(n, uint64(low)) {
		return 0, badRequest("%s is a whole number from %d on, not %q", name, low, clipped(p.values.Get(name)))
	}
	return int(min(n, uint64(high))), nil
}
