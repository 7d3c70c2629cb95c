package server_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
	"github.com/demarc-map/demarc/tiles"
)

func TestTheTilesOfTheCollectionsAreTheTileOfTheDataset(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	for _, tile := range [][3]int{{0, 0, 0}, {8, 152, 104}, {10, 610, 417}, {12, 2440, 1669}, {16, 39050, 26707}} {
		for _, day := range []string{"", "?as_of=2026-01-20&basis=line-cut"} {
			var all []byte
			for _, collection := range gazaCollections {
				r, layer := served.Ask(t, "GET", fmt.Sprintf("%s/ogc/collections/%s/tiles/WebMercatorQuad/%d/%d/%d%s", url, collection, tile[0], tile[2], tile[1], day))
				if r.StatusCode != 200 && r.StatusCode != 204 || r.Header.Get("Demarc-Snapshot") == "" || r.Header.Get("Vary") != "Accept-Encoding" {
					t.Errorf("%s %v: %d %v", collection, tile, r.StatusCode, r.Header)
				}
				all = append(all, layer...)
			}
			_, whole := served.Ask(t, "GET", fmt.Sprintf("%s/tiles/gaza/%d/%d/%d.mvt%s", url, tile[0], tile[1], tile[2], day))
			held, err := tiles.PickLayer(whole, data.HeldLayer) // derived of the zones: no collection has it
			if err != nil {
				t.Fatal(err)
			}
			whole = bytes.Replace(whole, held, nil, 1)
			if !bytes.Equal(all, whole) {
				t.Errorf("%v%s: %d bytes in the collections, %d in the dataset's tile", tile, day, len(all), len(whole))
			}
		}
	}
}

func TestADayGivenAtTheDoorGoesAlong(t *testing.T) {
	c := newOGCClient(t)
	const day = "as_of=2026-01-20&basis=line-cut"
	landing, _ := c.get("?"+day, 200)
	collections, _ := c.get(c.link(landing, "data", ""), 200)
	for _, listed := range collections["collections"].([]any) {
		collection := listed.(map[string]any)
		if collection["id"] != "gaza-zones" {
			continue
		}
		page, _ := c.get(c.link(collection, "items", geoJSON), 200)
		if features := page["features"].([]any); len(features) != 1 || features[0].(map[string]any)["id"] != "yellow-line" {
			t.Errorf("%v", page)
		}
	}
	pinned, r := c.get("/collections/gaza-zones/items?limit=1&snapshot="+served.Snapshot().Name(), 200)
	if !strings.Contains(r.Header.Get("Cache-Control"), "immutable") || r.Header.Get("Demarc-Snapshot") != served.Snapshot().Name() {
		t.Errorf("%v", r.Header)
	}
	c.get(c.link(pinned, "next", ""), 200)
}

func TestTheLandingPageIsHTMLForWhoAsksForIt(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	for _, c := range []struct {
		query, accept string
		html          bool
	}{{"", "", false}, {"", "*/*", false}, {"", "application/json", false}, {"", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true}, {"", "text/html;q=0.5, application/json", false},
		{"", "application/json, text/html", false}, {"", "text/html;q=0", false}, {"?f=html", "application/json", true}, {"?f=json", "text/html", false}, {"?f=html&as_of=2026-01-20", "", true}} {
		r, body := served.Ask(t, "GET", url+"/ogc"+c.query, "Accept", c.accept)
		want := map[bool]string{true: "text/html; charset=utf-8", false: "application/json"}[c.html]
		if r.StatusCode != 200 || r.Header.Get("Content-Type") != want || r.Header.Get("Vary") != "Accept, Accept-Encoding" {
			t.Errorf("%+v: %d %v", c, r.StatusCode, r.Header)
		}
		if c.html && (!bytes.Contains(body, []byte("gaza-control-lines")) || bytes.Contains(body, []byte("ZgotmplZ")) || bytes.Contains(body, []byte("<script")) ||
			!strings.Contains(r.Header.Get("Content-Security-Policy"), "style-src 'sha256-")) {
			t.Errorf("%s", body)
		}
	}
}
