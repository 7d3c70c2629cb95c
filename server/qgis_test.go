package server_test

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

// QGIS opens the layer definition, the GeoPackage and the styles of a running
// server, and draws land as held where it is, and nowhere else.
func TestQGISDrawsWhatIsMadeForIt(t *testing.T) {
	url, dir := served.Gaza(t, server.Options{}), t.TempDir()
	fetch := func(path, name string) string {
		r, body := served.Ask(t, "GET", url+path)
		if r.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d: %s", path, r.StatusCode, body)
		}
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, body, 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	fetch("/styles/sprite/hatch@2x.json", "hatch.json")
	fetch("/styles/sprite/hatch@2x.png", "hatch.png")
	var answer struct {
		Opened   bool
		Why      string
		Valid    map[string]bool
		Counts   map[string]int
		Tiles    map[string]string
		Features map[string]string
		Package  map[string]string
		Maplibre map[string]string
		Styled   bool
		Legend   []string
		Warnings []string
	}
	referee.QGIS(t, &answer, filepath.Join("testdata", "qgis", "draw.py"), fetch("/export/gaza.gpkg", "gaza.gpkg"), fetch("/styles/gaza.qlr?as_of=2026-01-20&basis=traced", "gaza.qlr"),
		fetch("/styles/gaza.held.qml", "gaza.qml"), fetch("/styles/gaza.json?variant=overlay", "gaza.json"), filepath.Join(dir, "hatch"))
	if !answer.Opened || len(answer.Valid) != 6 {
		t.Errorf("the layer definition: %v %s %v", answer.Opened, answer.Why, answer.Valid)
	}
	for name, valid := range answer.Valid {
		if !valid {
			t.Errorf("layer %s is not valid", name)
		}
	}
	for name, want := range map[string]int{"territories": len(served.Snapshot().Territories), "held": 1, "zones": 1, "control_lines": 1, "places": len(served.Snapshot().Places)} {
		if answer.Counts[name] != want {
			t.Errorf("%s has %d features, not %d", name, answer.Counts[name], want)
		}
	}
	for drawing, found := range map[string]map[string]string{"tiles": answer.Tiles, "features": answer.Features, "package": answer.Package, "maplibre": answer.Maplibre} {
		// Half of the page's blue on white paper.
		if found["held"] != "#7fb8d8" || found["free"] != "#ffffff" || found["sea"] != "#ffffff" {
			t.Errorf("%s: %v", drawing, found)
		}
	}
	if !answer.Styled || len(answer.Legend) == 0 || answer.Legend[0] != "Behind the line published by Israel" {
		t.Errorf("the layer style: %v %q", answer.Styled, answer.Legend)
	}
	if len(answer.Warnings) > 0 {
		t.Errorf("QGIS says of the MapLibre style: %q", answer.Warnings)
	}
}
