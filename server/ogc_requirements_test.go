package server_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/served"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Every requirement of the classes that /ogc/conformance claims, by its name in
// OGC 17-069r4 (Features), 18-058r1 (coordinate reference systems) and 20-057
// (Tiles), as their abstract test suites ask for it.
func TestEveryRequirementOfTheClaimedClassesIsMet(t *testing.T) {
	const items = "/collections/gaza-zones/items"
	zones := func(c *ogcClient, query string) []string {
		page, _ := c.get(items+"?"+query, 200)
		ids := []string{}
		for _, f := range page["features"].([]any) {
			ids = append(ids, f.(map[string]any)["id"].(string))
		}
		return ids
	}
	for _, requirement := range []struct {
		names string
		holds func(c *ogcClient)
	}{
		{"core/root-op core/root-success", func(c *ogcClient) {
			landing, _ := c.get("", 200)
			c.link(landing, "self", "application/json")
			c.link(landing, "service-doc", "text/html")
			c.get(c.link(landing, "service-desc", "application/vnd.oai.openapi+json;version=3.0"), 200)
			c.get(c.link(landing, "conformance", ""), 200)
			c.get(c.link(landing, "data", ""), 200)
			slash, _ := c.get("/", 200)
			if fmt.Sprint(slash) != fmt.Sprint(landing) {
				c.t.Error("with a slash behind it the landing page is another")
			}
		}},
		{"core/api-definition-op core/api-definition-success oas30/oas-definition-1 oas30/oas-definition-2 oas30/oas-impl", func(c *ogcClient) {
			_, r := c.get("/api", 200)
			if r.Header.Get("Content-Type") != "application/vnd.oai.openapi+json;version=3.0" || !strings.HasPrefix(c.api.OpenAPI, "3.0") {
				c.t.Errorf("%s %s", r.Header.Get("Content-Type"), c.api.OpenAPI)
			}
			if got := c.api.Servers[0].URL; got != c.url+"/ogc" {
				c.t.Errorf("served at %s", got)
			}
		}},
		{"oas30/completeness oas30/exception-codes oas30/security", func(c *ogcClient) {
			for path, item := range c.api.Paths.Map() {
				for _, status := range []int{200, 400, 404, 500, 503} {
					if item.Get.Responses.Status(status) == nil {
						c.t.Errorf("%s does not describe %d", path, status)
					}
				}
				if item.Get.Security != nil {
					c.t.Errorf("%s asks for a key", path)
				}
			}
			for _, collection := range gazaCollections {
				if c.api.Paths.Value("/collections/"+collection+"/items") == nil {
					c.t.Errorf("the items of %s are not described", collection)
				}
			}
		}},
		{"core/conformance-op core/conformance-success tiles:core/conformance-success", func(c *ogcClient) {
			conformance, _ := c.get("/conformance", 200)
			for _, class := range []string{"features-1/1.0/conf/core", "features-1/1.0/conf/geojson", "features-1/1.0/conf/oas30", "features-2/1.0/conf/crs",
				"tiles-1/1.0/conf/core", "tiles-1/1.0/conf/tileset", "tiles-1/1.0/conf/tilesets-list", "tiles-1/1.0/conf/geodata-tilesets", "tiles-1/1.0/conf/mvt"} {
				if !slices.Contains(conformance["conformsTo"].([]any), any("http://www.opengis.net/spec/ogcapi-"+class)) {
					c.t.Errorf("%s is not claimed", class)
				}
			}
		}},
		{"core/http", func(c *ogcClient) {
			r, body := served.Ask(c.t, "HEAD", c.url+"/ogc"+items)
			if r.StatusCode != 200 || len(body) > 0 || r.Header.Get("ETag") == "" {
				c.t.Errorf("%d %v", r.StatusCode, r.Header)
			}
			if r, _ := served.Ask(c.t, "GET", c.url+"/ogc"+items, "If-None-Match", r.Header.Get("ETag")); r.StatusCode != 304 || r.Header.Get("Content-Crs") == "" {
				c.t.Errorf("%d %v", r.StatusCode, r.Header)
			}
			for _, path := range []string{"/collections/gaza-rivers", "/collections/zones", "/collections/gaza-zones/items/nobody", "/collections/-zones/items",
				"/collections/atlantis-zones/items", "/collections/gaza-control_lines"} {
				c.get(path, 404)
			}
		}},
		{"core/query-param-unknown", func(c *ogcClient) {
			for path := range c.api.Paths.Map() {
				if !strings.Contains(path, "{") {
					c.get(path+"?colour=red", 400)
				}
			}
			c.get("/collections/gaza-territories/items?party=israel", 400) // no territory has a party
		}},
		{"core/query-param-invalid", func(c *ogcClient) {
			for _, query := range []string{"limit=0", "limit=-1", "limit=x", "limit=", "limit=1.5", "offset=-1", "bbox=", "bbox=1,2,3", "bbox=1,2,3,4,5", "bbox=1,2,3,4,5,6,7", "bbox=a,b,c,d", "bbox=0,0,0,NaN",
				"bbox=0,0,0,Inf", "bbox=0,2,1,1", "bbox=0,0,9,1,1,0", "bbox=-181,0,0,1", "bbox=0,0,0,91", "bbox=31.2,34.2,31.6,-34.6", "bbox-crs=EPSG:3857", "crs=", "crs=http://www.opengis.net/def/crs/EPSG/0/4326",
				"datetime=", "datetime=yesterday", "datetime=2026-13-01", "datetime=2026-01-20T25:00:00Z", "datetime=2026-01-20/2026-01-19", "datetime=2026-01-20/2026-01-21/2026-01-22", "datetime=2026-01", "datetime=..",
				"as_of=2026-01-20T", "as_of=x", "basis=A_B", "f=xml", "accuracy_m=wide", "limit=1&limit=2"} {
				problem, r := c.get(items+"?"+query, 400)
				name, _, _ := strings.Cut(query, "=")
				if r.Header.Get("Content-Type") != "application/problem+json" || !strings.Contains(fmt.Sprint(problem["detail"]), name) {
					c.t.Errorf("%s: %v", query, problem)
				}
			}
			c.get(items+"?basis=guess", 404)
			c.get(items+"?as_of=2020-01-01", 404)
			c.get(items+"?snapshot=sha256:00", 404)
			c.get("/collections?snapshot=sha256:00", 404)
		}},
		{"core/crs84 crs:crs/fc-crs-default-value", func(c *ogcClient) {
			page, r := c.get(items, 200)
			at := positions(page["features"].([]any)[0].(map[string]any)["geometry"].(map[string]any)["coordinates"])[0]
			if r.Header.Get("Content-Crs") != "<"+crs84URI+">" || at[0] < 34 || at[0] > 35 || at[1] < 31 || at[1] > 32 {
				c.t.Errorf("%s %v", r.Header.Get("Content-Crs"), at)
			}
		}},
		{"core/fc-md-op core/fc-md-success core/fc-md-links core/fc-md-items core/fc-md-items-links core/fc-md-extent core/sfc-md-op core/sfc-md-success", func(c *ogcClient) {
			collections, _ := c.get("/collections", 200)
			c.link(collections, "self", "application/json")
			var found []string
			for _, listed := range collections["collections"].([]any) {
				collection := listed.(map[string]any)
				found = append(found, collection["id"].(string))
				alone, _ := c.get(c.link(collection, "self", ""), 200)
				if fmt.Sprint(alone) != fmt.Sprint(collection) {
					c.t.Errorf("%s alone is another than in the list", collection["id"])
				}
				page, _ := c.get(c.link(collection, "items", geoJSON), 200)
				extent := collection["extent"].(map[string]any)["spatial"].(map[string]any)["bbox"].([]any)[0].([]any)
				for _, f := range page["features"].([]any) {
					for _, at := range positions(f.(map[string]any)["geometry"].(map[string]any)["coordinates"]) {
						if at[0] < extent[0].(float64) || at[1] < extent[1].(float64) || at[0] > extent[2].(float64) || at[1] > extent[3].(float64) {
							c.t.Fatalf("%s: %v lies outside %v", collection["id"], at, extent)
						}
					}
				}
			}
			if !slices.Equal(found, gazaCollections) {
				c.t.Errorf("%v", found)
			}
			zones, _ := c.get("/collections/gaza-zones", 200)
			if got := fmt.Sprint(zones["extent"].(map[string]any)["temporal"].(map[string]any)["interval"]); got != "[[2025-10-10T00:00:00Z <nil>]]" {
				c.t.Error(got)
			}
		}},
		{"core/fc-op core/fc-response core/fc-links core/fc-rel-type core/fc-numberMatched core/fc-numberReturned geojson/definition geojson/content", func(c *ogcClient) {
			page, r := c.get("/collections/gaza-territories/items?limit=4", 200)
			if r.Header.Get("Content-Type") != geoJSON || page["type"] != "FeatureCollection" || page["numberMatched"] != 6.0 || page["numberReturned"] != 4.0 || len(page["features"].([]any)) != 4 {
				c.t.Errorf("%v %v %v", r.Header, page["numberMatched"], page["numberReturned"])
			}
			c.get(c.link(page, "self", geoJSON), 200)
			c.get(c.link(page, "collection", ""), 200)
			next, _ := c.get(c.link(page, "next", geoJSON), 200)
			if next["numberReturned"] != 2.0 {
				c.t.Errorf("then %v", next["numberReturned"])
			}
			before, _ := c.get(c.link(next, "prev", geoJSON), 200)
			if fmt.Sprint(before["features"]) != fmt.Sprint(page["features"]) {
				c.t.Error("back is not where it began")
			}
			if beyond, _ := c.get("/collections/gaza-territories/items?offset=100", 200); len(beyond["features"].([]any)) != 0 || beyond["numberMatched"] != 6.0 {
				c.t.Errorf("beyond the end: %v", beyond)
			}
		}},
		{"core/fc-timeStamp", func(c *ogcClient) { // it is optional; with it no answer could be the same twice
			if page, _ := c.get(items, 200); page["timeStamp"] != nil {
				c.t.Error("a time stamp")
			}
		}},
		{"core/fc-limit-definition core/fc-limit-response-1", func(c *ogcClient) {
			p := c.parameter("gaza-zones", "limit")
			if s := p.Schema.Value; !s.Type.Is("integer") || *s.Min != 1 || *s.Max != 10_000 || s.Default != 100.0 || p.Style != "form" || *p.Explode || p.Required {
				c.t.Errorf("%+v", p)
			}
			if got := zones(c, "limit=1"); len(got) != 1 {
				c.t.Errorf("%v", got)
			}
			if got := zones(c, "limit=10001"); len(got) != 3 {
				c.t.Errorf("above the most: %v", got)
			}
			if got := zones(c, "limit=99999999999999999999999"); len(got) != 3 {
				c.t.Errorf("far above the most: %v", got)
			}
		}},
		{"core/fc-bbox-definition core/fc-bbox-response crs:crs/fc-bbox-crs-definition crs:crs/fc-bbox-crs-valid-value crs:crs/fc-bbox-crs-default-value crs:crs/fc-bbox-crs-action crs:crs/bbox-crs-exception", func(c *ogcClient) {
			p := c.parameter("gaza-zones", "bbox")
			if s := p.Schema.Value; !s.Type.Is("array") || !s.Items.Value.Type.Is("number") || len(s.OneOf) != 2 || p.Style != "form" || *p.Explode {
				c.t.Errorf("%+v", p)
			}
			all, none := []string{"held-october-2025", "orange-line", "yellow-line"}, []string{}
			for query, want := range map[string][]string{
				"bbox=34.2,31.2,34.6,31.6": all, "bbox=34.2,31.2,-10,34.6,31.6,10": all, "bbox=-180,-90,180,90": all, "bbox=35,31.2,36,31.6": none,
				"bbox=34.6,31.2,34.2,31.6": none, "bbox=170,31.2,34.3,31.6": all, "bbox=34.33,31.36,34.331,31.361": {"orange-line"},
				"bbox=34.2,31.2,34.6,31.6&bbox-crs=" + crs84URI: all, "bbox=3800000,3650000,3860000,3720000&bbox-crs=" + crs3857: all, "bbox=0,0,1000,1000&bbox-crs=" + crs3857: none,
			} {
				if got := zones(c, query); !slices.Equal(got, want) {
					c.t.Errorf("%s: %v, not %v", query, got, want)
				}
			}
		}},
		{"core/fc-time-definition core/fc-time-response", func(c *ogcClient) {
			if p := c.parameter("gaza-zones", "datetime"); !p.Schema.Value.Type.Is("string") || p.Style != "form" || *p.Explode {
				c.t.Errorf("%+v", p)
			}
			for query, want := range map[string]int{"2025-10-09": 0, "2025-10-10": 2, "2025-10-10T00:00:00Z": 2, "2025-10-09T23:59:59Z": 0, "2025-10-10T01:00:00%2B02:00": 0, "2025-10-09T23:30:00-01:00": 2,
				"2025-01-01/2025-10-09": 0, "2025-01-01/2025-10-10": 2, "../2025-10-09": 0, "/2025-10-09": 0, "../2025-10-10T": 2, "2026-01-01T": 2, "2026-01-01T/..": 3, "2026-01-01/": 3, "2025-10-10T/2026-01-01T": 2} {
				if got := zones(c, "datetime="+query); len(got) != want {
					c.t.Errorf("%s: %v, not %d", query, got, want)
				}
			}
			if page, _ := c.get("/collections/gaza-territories/items?datetime=1900-01-01", 200); page["numberMatched"] != 6.0 {
				c.t.Errorf("what has no valid time is always there, not %v", page["numberMatched"])
			}
		}},
		{"core/fc-filters core/fc-op", func(c *ogcClient) { // the recommendation: each property is a parameter
			for query, want := range map[string]int{"party=israel": 3, "party=nobody": 0, "party=No+Body": 0, "valid_from=soon": 0, "status=observed": 0, "status=published": 3, "basis=line-cut": 1, "accuracy_m=1e2": 3, "id=yellow-line": 1, "party=israel&basis=traced": 1, "name_en=Yellow+Line": 1} {
				if got := zones(c, query); len(got) != want {
					c.t.Errorf("%s: %v, not %d", query, got, want)
				}
			}
			for _, collection := range gazaCollections {
				queryables, r := c.get("/collections/"+collection+"/queryables", 200)
				if r.Header.Get("Content-Type") != "application/schema+json" {
					c.t.Error(r.Header)
				}
				compiler := jsonschema.NewCompiler()
				if err := compiler.AddResource("q.json", queryables); err != nil {
					c.t.Fatal(err)
				}
				schema, err := compiler.Compile("q.json")
				if err != nil {
					c.t.Fatal(err)
				}
				page, _ := c.get("/collections/"+collection+"/items", 200)
				for _, f := range page["features"].([]any) {
					given := map[string]any{}
					for name, v := range f.(map[string]any)["properties"].(map[string]any) {
						if v != nil {
							given[name] = v
							c.parameter(collection, name)
						}
					}
					if err := schema.Validate(given); err != nil {
						c.t.Errorf("%s: %v", collection, err)
					}
				}
			}
		}},
		{"core/f-op core/f-success core/f-links", func(c *ogcClient) {
			for _, collection := range gazaCollections {
				page, _ := c.get("/collections/"+collection+"/items", 200)
				for _, listed := range page["features"].([]any) {
					feature := listed.(map[string]any)
					alone, r := c.get("/collections/"+collection+"/items/"+feature["id"].(string), 200)
					if r.Header.Get("Content-Type") != geoJSON || fmt.Sprint(alone["geometry"], alone["properties"], alone["id"]) != fmt.Sprint(feature["geometry"], feature["properties"], feature["id"]) {
						c.t.Errorf("%s alone is another", feature["id"])
					}
					c.get(c.link(alone, "self", geoJSON), 200)
					c.get(c.link(alone, "collection", ""), 200)
				}
			}
		}},
		{"crs:crs/crs-uri crs:crs/fc-md-crs-list crs:crs/fc-md-storageCrs crs:crs/fc-md-storageCrs-valid-value", func(c *ogcClient) {
			for _, collection := range gazaCollections {
				d, _ := c.get("/collections/"+collection, 200)
				if fmt.Sprint(d["crs"]) != fmt.Sprintf("[%s %s]", crs84URI, crs3857) || d["storageCrs"] != crs84URI {
					c.t.Errorf("%s: %v %v", collection, d["crs"], d["storageCrs"])
				}
			}
		}},
		{"crs:crs/fc-crs-definition crs:crs/fc-crs-valid-value crs:crs/fc-crs-action crs:crs/ogc-crs-header crs:crs/ogc-crs-header-value crs:crs/geojson", func(c *ogcClient) {
			for _, crs := range []string{crs84URI, crs3857} {
				for _, path := range []string{items, items + "/yellow-line"} {
					answer, r := c.get(path+"?crs="+url.QueryEscape(crs), 200)
					if got := r.Header.Get("Content-Crs"); got != "<"+crs+">" || answer["crs"] != nil {
						c.t.Errorf("%s: %s", crs, got)
					}
				}
			}
		}},
		{"tiles:core/tc-op tiles:core/tc-success tiles:core/tc-error tiles:mvt/content", func(c *ogcClient) {
			tiles := "/collections/gaza-zones/tiles/WebMercatorQuad"
			if _, r := c.get(tiles+"/10/417/610", 200); r.Header.Get("Content-Type") != "application/vnd.mapbox-vector-tile" {
				c.t.Error(r.Header)
			}
			c.get(tiles+"/10/0/0", 204)
			for _, out := range []string{"/17/0/0", "/10/1024/0", "/10/0/1024", "/99/0/0"} {
				c.get(tiles+out, 404)
			}
			c.get(tiles+"/10/0417/610", 400)
			c.get(tiles+"/10/417/610.png", 404)
		}},
		{"tiles:tileset/description", func(c *ogcClient) {
			tileset, r := c.get("/collections/gaza-zones/tiles/WebMercatorQuad?as_of=2026-01-20&basis=line-cut", 200)
			if tileset["tileMatrixSetURI"] != "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad" || !strings.HasPrefix(r.Header.Get("Cache-Control"), "public, max-age=60") {
				c.t.Error(tileset["tileMatrixSetURI"], r.Header)
			}
			matrices, _ := c.get(c.link(tileset, relOGC+"tiling-scheme", ""), 200)
			first := matrices["tileMatrices"].([]any)[0].(map[string]any)
			if d := first["scaleDenominator"].(float64); d < 559082264.0287 || d > 559082264.0288 {
				c.t.Errorf("zoom 0 is 1 : %v", d)
			}
			template := c.link(tileset, "item", "application/vnd.mapbox-vector-tile")
			one := strings.NewReplacer("{tileMatrix}", "10", "{tileRow}", "417", "{tileCol}", "610").Replace(template)
			_, r = c.get(one, 200)
			if !strings.Contains(r.Header.Get("Cache-Control"), "immutable") || r.Header.Get("Demarc-Basis") != "line-cut" {
				c.t.Errorf("%s: %v", one, r.Header)
			}
		}},
		{"tiles:tilesets-list/tileset-links tiles:geodata-tilesets/desc-links tiles:geodata-tilesets/operation", func(c *ogcClient) {
			for _, collection := range gazaCollections {
				d, _ := c.get("/collections/"+collection, 200)
				list, _ := c.get(c.link(d, relOGC+"tilesets-vector", ""), 200)
				for _, listed := range list["tilesets"].([]any) {
					tileset := listed.(map[string]any)
					full, _ := c.get(c.link(tileset, "self", ""), 200)
					c.link(tileset, relOGC+"tiling-scheme", "")
					if full["dataType"] != "vector" || full["crs"] != tileset["crs"] {
						c.t.Errorf("%v", full)
					}
				}
			}
		}},
	} {
		t.Run(requirement.names, func(t *testing.T) { requirement.holds(newOGCClient(t)) })
	}
}
