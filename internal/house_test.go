// Package internal holds the tests that keep the house in order.
package internal

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"
)

// module is the path of this module, as go.mod says.
const module = "github.com/demarc-map/demarc/"

// floors puts each room on a floor; a room imports only from floors below it. What else is in internal/ is for tests.
var floors = map[string]int{"internal/atomicfile": 0, "internal/carry": -1, "geo": 0, "body": 0, "geojson": 1, "data": 2, "tiles": 3, "server": 4, "cmd": 5, "static": 0}

// homes names the rooms that an outside library may live in.
var homes = map[string][]string{
	"golang.org/x/sync/errgroup":                     {"internal/carry"},
	"net/http":                                       {"server", "cmd"},
	"github.com/gorilla/mux":                         {"server"},
	"github.com/paulmach/orb/geojson":                {"data"},
	"github.com/paulmach/orb/maptile":                {"tiles"},
	"github.com/paulmach/orb/project":                {"server/ogc"},
	"github.com/tidwall/geodesic":                    {"geo"},
	"google.golang.org/protobuf/encoding/protowire":  {"tiles"},
	"github.com/spf13/cobra":                         {"cmd"},
	"github.com/spf13/cobra/doc":                     {}, // tests only: it would be linked
	"github.com/google/licensecheck":                 {}, // internal/licences only
	"github.com/jackc/pgx/v5":                        {"data/store"},
	"github.com/jackc/pgx/v5/pgxpool":                {"data/store"},
	"github.com/twpayne/go-geom":                     {"geo", "data"},
	"github.com/twpayne/go-geom/encoding/ewkb":       {"data/store"},
	"github.com/klauspost/compress/gzip":             {"body", "tiles/archive"},
	"github.com/andybalholm/brotli":                  {"body"},
	"os/signal":                                      {"cmd"},
	"github.com/fsnotify/fsnotify":                   {"cmd"},
	"golang.org/x/time/rate":                         {"server/web"},
	"github.com/prometheus/client_golang/prometheus": {"server"},
	"modernc.org/sqlite":                             {"tiles/archive", "data/export", "data/intake/foreign"},
	"database/sql":                                   {"tiles/archive", "data/export", "data/intake/foreign"},
	"github.com/paulmach/orb/encoding/wkb":           {"data/export"},
	"github.com/flatgeobuf/flatgeobuf/src/go/writer": {"data/export"},
	"github.com/google/flatbuffers/go":               {"data/export"},
	"golang.org/x/image/font/gofont/gobold":          {"data/picture"},
	"golang.org/x/image/font/gofont/goregular":       {"data/picture"},
	"github.com/go-fonts/dejavu/dejavusans":          {"data/picture"},
	"github.com/go-fonts/dejavu/dejavusansbold":      {"data/picture"},
	"github.com/go-text/typesetting/shaping":         {"data/picture"},
	"golang.org/x/image/math/fixed":                  {"data/picture"},
	"golang.org/x/image/vector":                      {"data/picture"},
	"golang.org/x/text/feature/plural":               {"data/words"},
	"golang.org/x/text/language":                     {"data/words"},
	"golang.org/x/text/message":                      {"data/words"},
	"golang.org/x/text/number":                       {"data/words"},
	"github.com/schollz/progressbar/v3":              {"cmd"},
	"golang.org/x/term":                              {"cmd"},
	"github.com/expr-lang/expr":                      {"data/intake"},
	"github.com/itchyny/timefmt-go":                  {"data/intake"},
	"go.yaml.in/yaml/v3":                             {"data/intake"},
}

type goPackage struct {
	ImportPath string
	Imports    []string
}

func TestNoRoomImportsUpwardsAndNoLibraryLeavesItsHome(t *testing.T) {
	for _, p := range productPackages(t) {
		path := strings.TrimPrefix(p.ImportPath, module)
		room := roomOf(path)
		if room == "internal" || room == "bench" {
			continue
		}
		floor, known := floors[room]
		if !known {
			t.Errorf("%s: %q is no room of the house", p.ImportPath, room)
		}
		for _, imported := range p.Imports {
			if own, ok := strings.CutPrefix(imported, module); ok {
				from := roomOf(own)
				below, product := floors[from]
				if from != room && (!product || below >= floor || from == "static" && room != "cmd") {
					t.Errorf("%s imports %s: the direction is cmd, server, tiles, data, geo", p.ImportPath, imported)
				}
			}
			if allowed, ok := homes[imported]; ok && !slices.Contains(allowed, room) && !slices.Contains(allowed, path) {
				t.Errorf("%s imports %s, which lives in %v", p.ImportPath, imported, allowed)
			}
		}
	}
}

// roomOf is the room that a package belongs to: its first folder, or one of internal/ that the product has.
func roomOf(path string) string {
	if _, ok := floors[path]; ok {
		return path
	}
	room, _, _ := strings.Cut(path, "/")
	return room
}

// inside names, for packages below a room, the packages of this module that they
// may import.
var inside = map[string][]string{
	"server/web":       {"body", "internal/carry"},
	"server/catalogue": {"internal/carry", "server/web", "data", "data/mapcontext", "data/store", "tiles"},
	"server/ogc":       {"server/web", "server/catalogue", "data", "tiles"},
}

func TestThePackagesInsideARoomImportOneWay(t *testing.T) {
	seen := 0
	for _, p := range productPackages(t) {
		allowed, ok := inside[strings.TrimPrefix(p.ImportPath, module)]
		if !ok {
			continue
		}
		seen++
		for _, imported := range p.Imports {
			if own, ours := strings.CutPrefix(imported, module); ours && !slices.Contains(allowed, own) {
				t.Errorf("%s imports %s; of ours it imports only %v", p.ImportPath, own, allowed)
			}
		}
	}
	if seen != len(inside) {
		t.Errorf("%d of the %d packages are there", seen, len(inside))
	}
}

func TestEachOfTheOwnersLibrariesIsInRealUse(t *testing.T) {
	used := map[string]bool{}
	for _, p := range productPackages(t) {
		for _, imported := range p.Imports {
			used[imported] = true
		}
	}
	for _, library := range []string{"github.com/paulmach/orb", "github.com/paulmach/orb/geojson", "github.com/tidwall/rtree", "github.com/gorilla/mux", "github.com/twpayne/go-geom"} {
		if !used[library] {
			t.Errorf("no product package imports %s", library)
		}
	}
}

// productPackages lists the packages of the module with their imports, tests left out.
func productPackages(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = referee.Root()
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []goPackage
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var p goPackage
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}
