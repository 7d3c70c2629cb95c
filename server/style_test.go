package server_test

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

// mapStyle is what the tests look at in a style.
type mapStyle struct {
	Sprite  string
	Sources map[string]struct {
		Tiles            []string
		Minzoom, Maxzoom int
	}
	Layers []struct{ ID, Type string }
}

func styleAt(t testing.TB, url string) (mapStyle, []byte) {
	t.Helper()
	r, text := served.Ask(t, "GET", url)
	var style mapStyle
	if err := json.Unmarshal(text, &style); err != nil || r.StatusCode != 200 {
		t.Fatalf("%d: %v: %.300s", r.StatusCode, err, text)
	}
	return style, text
}

func TestStylesAreValidByTheSpecification(t *testing.T) {
	clients := served.Clients(t)
	url := served.Gaza(t, server.Options{})
	var all []string
	for _, query := range []string{"", "?variant=base", "?variant=overlay&lang=ar", "?lang=he&as_of=2026-01-20&basis=line-cut", "?lang=fr", "?things=schools,built-up"} {
		_, text := styleAt(t, url+"/styles/gaza.json"+query)
		all = append(all, string(text))
	}
	broken := strings.Replace(all[0], `"fill-opacity":0.5`, `"fill-opacity":"half"`, 1)
	for _, c := range []struct {
		styles []string
		faults int
	}{{all, 0}, {[]string{broken}, 1}} {
		cmd := exec.Command(referee.Program(t, "node", "node"), filepath.Join(clients, "style.mjs"))
		cmd.Stdin = strings.NewReader("[" + strings.Join(c.styles, ",") + "]")
		var log bytes.Buffer
		cmd.Stderr = &log
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v: %.2000s", err, log.Bytes())
		}
		var faults []string
		if err := json.Unmarshal(out, &faults); err != nil {
			t.Fatal(err)
		}
		if len(faults) != c.faults {
			t.Errorf("%q", faults)
		}
	}
}

func TestAStyleLeadsToTilesAndHatches(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	style, _ := styleAt(t, url+"/styles/gaza.json?as_of=2026-01-20")
	for name, source := range style.Sources {
		address := strings.NewReplacer("{z}", "10", "{x}", "610", "{y}", "417").Replace(source.Tiles[0])
		r, _ := served.Ask(t, "GET", address)
		if r.StatusCode != 200 || !strings.Contains(r.Header.Get("Cache-Control"), "immutable") || !strings.HasPrefix(address, url) {
			t.Errorf("%s: %d %s", address, r.StatusCode, r.Header.Get("Cache-Control"))
		}
		if source.Minzoom > source.Maxzoom || name == "demarc" && source.Maxzoom < 14 {
			t.Errorf("%s has zooms %d to %d", name, source.Minzoom, source.Maxzoom)
		}
	}
	for _, suffix := range []string{".json", ".png", "@2x.json", "@2x.png"} {
		if r, body := served.Ask(t, "GET", style.Sprite+suffix); r.StatusCode != 200 || len(body) == 0 {
			t.Errorf("%s%s: %d", style.Sprite, suffix, r.StatusCode)
		}
	}
	if style.Layers[0].Type != "background" || len(style.Layers) < 15 {
		t.Errorf("%+v", style.Layers)
	}
	overlay, text := styleAt(t, url+"/styles/gaza.json?variant=overlay&lang=ar")
	for _, layer := range overlay.Layers {
		if layer.Type == "background" || layer.ID == "land" {
			t.Errorf("an overlay has %s", layer.ID)
		}
	}
	if !bytes.Contains(text, []byte(`"name_ar"`)) {
		t.Error("names are not in Arabic")
	}
	elsewhere := served.Gaza(t, server.Options{BaseURL: "https://maps.example/"})
	if style, _ := styleAt(t, elsewhere+"/styles/gaza.json"); style.Sprite != "https://maps.example/styles/sprite/hatch" || !strings.HasPrefix(style.Sources["demarc"].Tiles[0], "https://maps.example/tiles/") {
		t.Errorf("%+v", style)
	}
}

func TestAStyleThatCannotBeIsRefused(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	for path, want := range map[string]int{"gaza.json?variant=dark": 400, "gaza.json?lang=%22": 400, "gaza.json?lang=": 400, "gaza.json?things=wells": 400, "gaza.json?things=": 400, "gaza.qlr?things=schools": 400, "gaza.sld": 404, "gaza.roads.qml": 404, "gaza.zones.json": 404, "gaza.qlr?variant=overlay": 400, "gaza.qml?lang=xx%27": 400, "gaza": 404,
		"atlantis.json": 404, "gaza.json?as_of=2020-01-01": 404, "sprite/hatch@3x.png": 404, "sprite/hatch.json?x=1": 400} {
		if r, body := served.Ask(t, "GET", url+"/styles/"+path); r.StatusCode != want {
			t.Errorf("%s: %d, not %d: %s", path, r.StatusCode, want, body)
		}
	}
}
