package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/internal/referee"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/maptile"
)

// readByGDAL returns the features of a layer as GDAL finds them, by the section they are of.
func readByGDAL(t *testing.T, source string, layer ...string) *geojson.FeatureCollection {
	t.Helper()
	cmd := exec.Command(referee.Program(t, "gdal", "ogr2ogr"), append([]string{"-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=17", "/vsistdout/", source}, layer...)...)
	var log bytes.Buffer
	cmd.Stderr = &log
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("ogr2ogr: %v: %s", err, log.Bytes())
	}
	found, err := geojson.UnmarshalFeatureCollection(out)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// same compares features with a section: how many, how far, and how large.
func same(t *testing.T, found []*geojson.Feature, section data.Section) {
	t.Helper()
	if len(found) != len(section.Items) {
		t.Fatalf("%s: %d features, not %d", section.Name, len(found), len(section.Items))
	}
	byID := map[string]orb.Geometry{}
	for _, f := range found {
		id, _ := f.ID.(string)
		byID[f.Properties.MustString("id", id)] = f.Geometry
	}
	for _, item := range section.Items {
		g := byID[item.ID]
		if g == nil {
			t.Errorf("%s: %s is missing", section.Name, item.ID)
			continue
		}
		if g.Bound() != item.Shape.Bound() {
			t.Errorf("%s reaches %v, not %v", item.ID, g.Bound(), item.Shape.Bound())
		}
		if shape, ok := item.Shape.(orb.MultiPolygon); ok {
			if p, ok := g.(orb.Polygon); ok {
				g = orb.MultiPolygon{p}
			}
			got, err := geo.Area(g.(orb.MultiPolygon))
			want, wantErr := geo.Area(shape)
			if err != nil || wantErr != nil || math.Abs(got-want) > 1e-9*want {
				t.Errorf("%s has %v m², not %v: %v %v", item.ID, got, want, err, wantErr)
			}
		}
	}
}

func TestGDALReadsTheExportsOverHTTP(t *testing.T) {
	referee.Figures(t)
	ogr2ogr := referee.Program(t, "gdal", "ogr2ogr")
	url := served.Gaza(t, server.Options{})
	for _, basis := range []string{"traced", "line-cut"} {
		edition, err := served.Snapshot().Edition(basis, data.DateOf(served.Noon))
		if err != nil {
			t.Fatal(err)
		}
		query := "?as_of=2026-01-20&basis=" + basis
		mixed := map[string][]*geojson.Feature{}
		for _, f := range readByGDAL(t, "/vsicurl/"+url+"/export/gaza.geojson"+query).Features {
			layer := f.Properties.MustString("layer")
			mixed[layer] = append(mixed[layer], f)
		}
		copied := filepath.Join(t.TempDir(), "copy.gpkg")
		if out, err := exec.Command(ogr2ogr, copied, "/vsicurl/"+url+"/export/gaza.gpkg"+query).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		for _, section := range served.Snapshot().Sections(edition) {
			same(t, mixed[section.Name], section)
			same(t, readByGDAL(t, "/vsicurl/"+url+"/export/gaza.gpkg"+query, section.Name).Features, section)
			same(t, readByGDAL(t, copied, section.Name).Features, section)
		}
	}
	out, err := exec.Command(referee.Program(t, "gdal", "ogrinfo"), "-ro", "/vsicurl/"+url+"/export/gaza.gpkg").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, layer := range []string{"territories (Multi Polygon)", "held (Multi Polygon)", "zones (Multi Polygon)", "control_lines (Line String)", "places (Point)", "things", "sources"} {
		if !strings.Contains(string(out), layer) {
			t.Errorf("GDAL does not list %s:\n%s", layer, out)
		}
	}
}

// The reader of PMTiles that web maps use finds every tile of the server in the
// export, by parts only.
func TestAWebMapReadsTheArchiveOverHTTP(t *testing.T) {
	clients := served.Clients(t)
	var whole atomic.Int32
	url := served.GazaBehind(t, server.Options{}, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, ".pmtiles") && r.Header.Get("Range") == "" {
				whole.Add(1)
			}
			next.ServeHTTP(w, r)
		})
	})
	const query = "?as_of=2026-01-20&basis=line-cut"
	asked := [][3]uint32{{5, 19, 13}, {14, 0, 0}}
	for z := range uint32(15) {
		t := maptile.At(orb.Point{34.35, 31.34}, maptile.Zoom(z))
		asked = append(asked, [3]uint32{z, t.X, t.Y}, [3]uint32{z, t.X ^ min(z, 1), t.Y})
	}
	in, err := json.Marshal(asked)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(referee.Program(t, "node", "node"), filepath.Join(clients, "pmtiles.mjs"), url+"/export/gaza.pmtiles"+query)
	cmd.Stdin = bytes.NewReader(in)
	var log bytes.Buffer
	cmd.Stderr = &log
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %.2000s", err, log.Bytes()[max(0, log.Len()-2000):])
	}
	var read struct {
		Addressed int
		Etag      string
		Tiles     []*string
		Metadata  struct{ Snapshot, Basis string }
	}
	if err := json.Unmarshal(out, &read); err != nil {
		t.Fatal(err)
	}
	found := 0
	for i, a := range asked {
		r, _ := served.Ask(t, "GET", fmt.Sprintf("%s/tiles/gaza/%d/%d/%d.mvt%s", url, a[0], a[1], a[2], query))
		want := strings.Trim(r.Header.Get("ETag"), `"`)
		got := ""
		if read.Tiles[i] != nil {
			got = *read.Tiles[i]
			found++
		}
		if got != want {
			t.Errorf("tile %v is %q in the archive, %q on the server", a, got, want)
		}
	}
	if found < 15 || read.Addressed < 200 || read.Etag == "" || whole.Load() > 0 {
		t.Errorf("%d tiles found of %d, tag %s, read whole %d times", found, read.Addressed, read.Etag, whole.Load())
	}
	if read.Metadata.Snapshot != served.Snapshot().Name() || read.Metadata.Basis != "line-cut" {
		t.Errorf("it says %+v", read.Metadata)
	}
}

func TestAFileBeyondTheLimitIsLeftToTheCommandLine(t *testing.T) {
	url := served.Gaza(t, server.Options{MaxExport: 10_000})
	for suffix, want := range map[string]int{"geojson": 422, "gpkg": 422, "kml": 422, "pmtiles": 422, "territories.fgb": 422, "csv": 422, "things.fgb": 422, "zones.fgb": 200, "places.fgb": 200} {
		r, body := served.Ask(t, "GET", url+"/export/gaza."+suffix)
		if r.StatusCode != want || want == 422 && !strings.Contains(string(body), "demarc export") {
			t.Errorf("%s: %d, not %d: %.200s", suffix, r.StatusCode, want, body)
		}
	}
}
