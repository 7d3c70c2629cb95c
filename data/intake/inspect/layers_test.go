package inspect

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data/intake/foreign"
)

func TestOfSeveralLayersEachIsToldWithItsCommand(t *testing.T) {
	for _, name := range []string{"../foreign/testdata/geopackage/two-layers.gpkg", "../foreign/testdata/json/two-layers.topojson"} {
		found, err := Look(t.Context(), onDisk(name), Options{})
		if err != nil {
			t.Fatal(err)
		}
		said := found.Text([]string{name})
		for _, layer := range found.Layers {
			if !strings.Contains(said, "demarc import "+name+" --layer "+layer.Name+" (") {
				t.Errorf("no command for %s in\n%s", layer.Name, said)
			}
			if layer.Read && !strings.Contains(found.Suggestion.Command, "\n  --layer "+layer.Name+" \\") {
				t.Error(found.Suggestion.Command)
			}
		}
		if len(found.Layers) != 2 || !strings.Contains(said, "is looked at here") {
			t.Error(said)
		}
	}
}

func TestTheFirstLayerWithPolygonsIsLookedAt(t *testing.T) {
	two := `{"type": "Topology", "arcs": [[[0, 0], [1, 0], [1, 1], [0, 0]]], "objects": {"towns": {"type": "Point", "coordinates": [1, 2]}, "zones": {"type": "Polygon", "arcs": [[0]]}}}`
	found, said := lookedAt(t, two)
	if found.Suggestion == nil || !strings.Contains(said, `"zones" is looked at here`) || !strings.Contains(said, "--layer towns (1 Point)") {
		t.Error(said)
	}
}

// unsaid is a shapefile that does not say how its texts are written.
func unsaid(t *testing.T, name string) foreign.File {
	t.Helper()
	file := onDisk(name)
	file.Beside = func(extension string) (io.ReadCloser, error) {
		if extension == "cpg" {
			return nil, os.ErrNotExist
		}
		text, err := os.ReadFile(strings.TrimSuffix(name, filepath.Ext(name)) + "." + extension)
		if err == nil && extension == "dbf" {
			text[29] = 0 // the byte of its header that would say it
		}
		return io.NopCloser(bytes.NewReader(text)), err
	}
	return file
}

func TestTheLikeliestEncodingIsTakenAndSaid(t *testing.T) {
	for encoding, word := range map[string]string{"windows-1251": "Північ", "windows-1255": "צפון", "windows-1256": "شمال"} {
		name := "../foreign/testdata/shapefile/cp" + strings.TrimPrefix(encoding, "windows-") + ".shp"
		found, err := Look(t.Context(), unsaid(t, name), Options{})
		if err != nil {
			t.Fatal(err)
		}
		said := found.Text([]string{name})
		for _, want := range []string{"--encoding " + encoding + " \\", word, "choose with --encoding", "does not say how its texts are written"} {
			if !strings.Contains(said, want) {
				t.Errorf("no %s in\n%s", want, said)
			}
		}
	}
}
