package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data/mapcontext"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"

	"github.com/paulmach/orb/encoding/mvt"
)

// noContext is a server's way to have no context.
func noContext(context.Context, string) (*mapcontext.Map, error) { return nil, nil }

func TestAContextChangesNoByteOfWhatIsKnown(t *testing.T) {
	with, without := served.Gaza(t, server.Options{BaseURL: "https://x.example"}), served.Gaza(t, server.Options{BaseURL: "https://x.example", Context: noContext})
	for _, path := range []string{"/v1", "/v1/gaza/snapshot", "/v1/gaza/share", "/v1/gaza/shares", "/v1/gaza/series", "/v1/gaza/claims", "/v1/gaza/parties",
		"/v1/gaza/quality", "/v1/gaza/near?within=500", "/v1/gaza/displacement", "/tiles/gaza.json", "/tiles/gaza/9/304/208.mvt", "/tiles/gaza/10/610/417.mvt", "/export/gaza.csv",
		"/export/gaza.geojson", "/styles/gaza.qlr", "/styles/gaza.json?variant=overlay", "/v1/gaza?snapshot=" + served.Snapshot().Name(), "/healthz", "/readyz"} {
		a, one := served.Ask(t, http.MethodGet, with+path)
		b, two := served.Ask(t, http.MethodGet, without+path)
		if a.StatusCode != b.StatusCode || !bytes.Equal(one, two) {
			t.Errorf("%s: %s and %s, or other bytes", path, a.Status, b.Status)
		}
	}
}

func TestTheContextIsServedAsTilesOfItsOwn(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	_, text := served.Ask(t, http.MethodGet, url+"/v1/gaza")
	var dataset struct {
		Context struct {
			TileJSON, Locator string
			Attribution       map[string]string
			MappedIn          int       `json:"mapped_in"`
			Extent            []float64 `json:"extent"`
		}
	}
	if err := json.Unmarshal(text, &dataset); err != nil || dataset.Context.MappedIn != 2021 || len(dataset.Context.Extent) != 4 || !strings.Contains(dataset.Context.Attribution["en"], "OpenStreetMap") {
		t.Fatalf("%v, %+v", err, dataset.Context)
	}
	_, text = served.Ask(t, http.MethodGet, dataset.Context.TileJSON)
	var list struct {
		Tiles        []string
		Attribution  string
		VectorLayers []struct{ ID string } `json:"vector_layers"`
	}
	if err := json.Unmarshal(text, &list); err != nil || len(list.Tiles) != 1 || len(list.VectorLayers) != 6 || !strings.Contains(list.Attribution, "OpenStreetMap") {
		t.Fatalf("%v, %s", err, text)
	}
	address := strings.NewReplacer("{z}", "9", "{x}", "305", "{y}", "208").Replace(list.Tiles[0])
	response, tile := served.Ask(t, http.MethodGet, address)
	if response.StatusCode != http.StatusOK || !strings.Contains(response.Header.Get("Cache-Control"), "immutable") || response.Header.Get("Content-Type") != "application/vnd.mapbox-vector-tile" {
		t.Fatalf("%s: %s, %v", address, response.Status, response.Header)
	}
	layers, err := mvt.Unmarshal(tile)
	if err != nil || len(layers) < 5 {
		t.Fatalf("%d layers, %v", len(layers), err)
	}
	if again, _ := served.Ask(t, http.MethodGet, address, "If-None-Match", response.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
		t.Errorf("asked again: %s", again.Status)
	}
	for path, want := range map[string]struct {
		status int
		cache  string
	}{
		"/tiles/gaza/context/9/305/208.mvt":             {200, "max-age=60"},
		"/tiles/gaza/context/9/305/208":                 {200, "max-age=60"},
		"/tiles/gaza/context/9/305/208.mvt?context=old": {200, "max-age=60"},
		"/tiles/gaza/context/9/0/0.mvt":                 {204, "max-age=60"},
		"/tiles/gaza/context/13/0/0.mvt":                {404, ""},
		"/tiles/gaza/context/9/0305/208.mvt":            {400, ""},
		"/tiles/gaza/context/9/305/208.png":             {404, ""},
		"/tiles/gaza/context/9/305/208.mvt?as_of=x":     {400, ""},
		"/tiles/atlantis/context.json":                  {404, ""},
		"/locator.svg?theme=red":                        {400, ""},
		"/locator.svg?area=atlantis":                    {404, ""},
	} {
		if got, _ := served.Ask(t, http.MethodGet, url+path); got.StatusCode != want.status || !strings.Contains(got.Header.Get("Cache-Control"), want.cache) {
			t.Errorf("%s: %s, %s", path, got.Status, got.Header.Get("Cache-Control"))
		}
	}
	for _, query := range []string{"", "&lang=ar", "&theme=dark"} {
		got, drawing := served.Ask(t, http.MethodGet, dataset.Context.Locator+query)
		if got.StatusCode != http.StatusOK || got.Header.Get("Content-Security-Policy") != "default-src 'none'" || len(drawing) > 9000 {
			t.Errorf("the inset%s: %s, %d bytes", query, got.Status, len(drawing))
		}
	}
}

func TestADatasetWithoutAContextIsServedWithoutOne(t *testing.T) {
	url := served.Gaza(t, server.Options{Context: noContext})
	for _, path := range []string{"/tiles/gaza/context.json", "/tiles/gaza/context/9/305/208.mvt", "/locator.svg"} {
		if got, _ := served.Ask(t, http.MethodGet, url+path); got.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", path, got.Status)
		}
	}
	for _, path := range []string{"/v1/gaza", "/styles/gaza.json"} {
		if _, text := served.Ask(t, http.MethodGet, url+path); bytes.Contains(text, []byte(`context`)) {
			t.Errorf("%s names a context", path)
		}
	}
	if _, drawing := served.Ask(t, http.MethodGet, url+"/map.svg"); !bytes.Contains(drawing, []byte("#dfe5ea")) {
		t.Error("what is around has not the colour of what nothing is known of")
	}
}

func TestAContextWithFaultsStopsNoFigureAndTheOneBeforeStays(t *testing.T) {
	read := noContext
	s := served.Publishing(t, server.Options{Context: func(ctx context.Context, id string) (*mapcontext.Map, error) { return read(ctx, id) }}, served.Snapshot())
	ask := func(path string) (int, string) {
		t.Helper()
		status, _, text := answered(s, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		return status, string(text)
	}
	publish := func(next func(context.Context, string) (*mapcontext.Map, error)) {
		t.Helper()
		read = next
		if err := s.Publish(t.Context(), served.Snapshot()); err != nil {
			t.Fatal(err)
		}
	}
	faulty := func(context.Context, string) (*mapcontext.Map, error) { return nil, errors.New("roads.geojson: …") }
	publish(faulty)
	if status, _ := ask("/tiles/gaza/context.json"); status != http.StatusNotFound {
		t.Errorf("with faults from the beginning: %d", status)
	}
	if status, _ := ask("/v1/gaza/share"); status != http.StatusOK {
		t.Errorf("the share: %d", status)
	}
	publish(served.GazaContext)
	if status, text := ask("/readyz"); status != http.StatusOK || strings.Contains(text, "context") {
		t.Errorf("ready: %d, %s", status, text)
	}
	_, before := ask("/tiles/gaza/context.json")
	publish(faulty)
	if _, after := ask("/tiles/gaza/context.json"); after != before {
		t.Errorf("with faults, after one without: %s", after)
	}
	if status, text := ask("/readyz"); status != http.StatusOK || !strings.Contains(text, `"context_refused":["gaza"]`) || !strings.Contains(text, `"status":"ready"`) {
		t.Errorf("ready: %d, %s", status, text)
	}
	publish(noContext)
	if status, _ := ask("/tiles/gaza/context.json"); status != http.StatusNotFound {
		t.Errorf("once it is taken away: %d", status)
	}
}
