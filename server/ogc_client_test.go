package server_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"

	"github.com/getkin/kin-openapi/openapi3"
)

// ogcClient asks a server what its own description at /ogc/api describes, and
// holds every answer against that description.
type ogcClient struct {
	t   *testing.T
	url string
	api *openapi3.T
}

func newOGCClient(t *testing.T) *ogcClient {
	t.Helper()
	c := &ogcClient{t: t, url: served.Gaza(t, server.Options{})}
	_, text := served.Ask(t, "GET", c.url+"/ogc/api")
	var err error
	if c.api, err = openapi3.NewLoader().LoadFromData(text); err != nil {
		t.Fatal(err)
	}
	if err := c.api.Validate(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, schema := range c.api.Components.Schemas {
		closed(schema, map[*openapi3.Schema]bool{})
	}
	return c
}

// operation finds what describes an address: a path as it is, or one with braces.
func (c *ogcClient) operation(address string) *openapi3.Operation {
	path, _, _ := strings.Cut(strings.TrimPrefix(address, c.url+"/ogc"), "?")
	if path == "" {
		path = "/"
	}
	if item := c.api.Paths.Value(path); item != nil {
		return item.Get
	}
	var best *openapi3.Operation
	fewest := 100
	for template, item := range c.api.Paths.Map() {
		a, b := strings.Split(template, "/"), strings.Split(path, "/")
		same := len(a) == len(b)
		for i := 0; same && i < len(a); i++ {
			same = a[i] == b[i] || strings.HasPrefix(a[i], "{")
		}
		if n := strings.Count(template, "{"); same && n < fewest {
			best, fewest = item.Get, n
		}
	}
	if best == nil {
		c.t.Fatalf("%s is not described", address)
	}
	return best
}

// get asks for a path under /ogc, or a whole address from a link.
func (c *ogcClient) get(address string, status int, headers ...string) (map[string]any, *http.Response) {
	c.t.Helper()
	if !strings.HasPrefix(address, "http") {
		address = c.url + "/ogc" + address
	}
	r, body := served.Ask(c.t, "GET", address, headers...)
	if r.StatusCode != status {
		c.t.Errorf("%s: %d, not %d: %.200s", address, r.StatusCode, status, body)
	}
	holds(c.t, c.operation(address), r, body)
	var out map[string]any
	if strings.HasSuffix(strings.Split(r.Header.Get("Content-Type"), ";")[0], "json") {
		if err := json.Unmarshal(body, &out); err != nil {
			c.t.Fatalf("%s: %v", address, err)
		}
	}
	return out, r
}

// link returns the address that an answer links to by a relation.
func (c *ogcClient) link(answer map[string]any, rel, kind string) string {
	c.t.Helper()
	for _, l := range answer["links"].([]any) {
		l := l.(map[string]any)
		if l["rel"] == rel && (kind == "" || l["type"] == kind) {
			return l["href"].(string)
		}
	}
	c.t.Errorf("no link %s %s in %v", rel, kind, answer["links"])
	return c.url + "/ogc"
}

// parameter is a query parameter as the items of a collection describe it.
func (c *ogcClient) parameter(collection, name string) *openapi3.Parameter {
	c.t.Helper()
	p := c.operation(c.url+"/ogc/collections/"+collection+"/items").Parameters.GetByInAndName("query", name)
	if p == nil {
		c.t.Fatalf("%s has no parameter %s", collection, name)
	}
	return p
}

const (
	crs84URI = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
	crs3857  = "http://www.opengis.net/def/crs/EPSG/0/3857"
	relOGC   = "http://www.opengis.net/def/rel/ogc/1.0/"
	geoJSON  = "application/geo+json"
)

var gazaCollections = []string{"gaza-territories", "gaza-zones", "gaza-control-lines", "gaza-places", "gaza-things"}
