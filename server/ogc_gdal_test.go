package server_test

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http/httptest"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/internal/referee"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"

	"github.com/paulmach/orb"
)

// gdal runs a program of GDAL and returns what it prints; what it warns of or
// complains about fails the test.
func gdal(t *testing.T, program string, arguments ...string) string {
	t.Helper()
	cmd := exec.Command(referee.Program(t, "gdal", program), arguments...)
	var complaints strings.Builder
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil || strings.Contains(complaints.String(), "ERROR") || strings.Contains(complaints.String(), "Warning") {
		t.Fatalf("%s %v: %v\n%s%s", program, arguments, err, out, complaints.String())
	}
	return string(out)
}

// layer is what ogrinfo says of one.
type layer struct {
	geometry, count string
	extent          [4]float64
}

var layerPattern = regexp.MustCompile(`Layer name: (\S+)(?:\n(?:Metadata:|  .*))*\nGeometry: (.*)\nFeature Count: (\d+)\nExtent: (.*)\n`)

// layersOf lists the layers that GDAL finds, with -so -al.
func layersOf(t *testing.T, source string, options ...string) map[string]layer {
	t.Helper()
	out := map[string]layer{}
	text := gdal(t, "ogrinfo", append([]string{"-ro", "-so", "-al", source}, options...)...)
	for _, m := range layerPattern.FindAllStringSubmatch(text, -1) {
		l := layer{geometry: m[2], count: m[3]}
		if _, err := fmt.Sscanf(m[4], "(%f, %f) - (%f, %f)", &l.extent[0], &l.extent[1], &l.extent[2], &l.extent[3]); err != nil {
			t.Fatalf("%s: %v", m[4], err)
		}
		out[m[1]] = l
	}
	if len(out) == 0 {
		t.Fatalf("no layer in %s", text)
	}
	return out
}

// extentOf is the extent of a section of the Gaza snapshot, as a layer has it.
func extentOf(t *testing.T, section string) [4]float64 {
	t.Helper()
	found, err := served.Snapshot().Find(section, data.Wanted{})
	if err != nil {
		t.Fatal(err)
	}
	b := found.Bound()
	return [4]float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
}

func TestGDALFindsTheCollectionsWithTheirCountsAndExtents(t *testing.T) {
	referee.Figures(t)
	t.Parallel() // it mostly waits for another program
	url := served.Gaza(t, server.Options{})
	want := map[string]layer{"gaza-territories": {"Multi Polygon", "6", extentOf(t, "territories")}, "gaza-zones": {"Multi Polygon", "3", extentOf(t, "zones")},
		"gaza-control-lines": {"Line String", "2", extentOf(t, "control_lines")}, "gaza-places": {"Point", "3", extentOf(t, "places")}, "gaza-things": {"Unknown (any)", "900", extentOf(t, "things")}}
	for _, door := range []string{"/ogc", "/ogc/"} {
		if got := layersOf(t, "OAPIF:"+url+door); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %v, not %v", door, got, want)
		}
	}
	day := layersOf(t, "OAPIF:"+url+"/ogc?as_of=2026-01-20&basis=line-cut")
	if len(day) != 5 || day["gaza-zones"].count != "1" {
		t.Errorf("a day's map: %v", day)
	}
	for filter, count := range map[string]string{"party='israel'": "3", "basis='traced'": "1", "basis='restricted' OR basis='traced'": "2", "status='agreed' OR basis='traced'": "1", "accuracy_m > 100": "0",
		"valid_from <= '2025/10/09'": "0"} {
		text := gdal(t, "ogrinfo", "-ro", "-q", "OAPIF:"+url+"/ogc", "gaza-zones", "-where", filter)
		if got := fmt.Sprint(strings.Count(text, "OGRFeature(")); got != count {
			t.Errorf("%s: %s features, not %s", filter, got, count)
		}
	}
	corner := gdal(t, "ogrinfo", "-ro", "-q", "OAPIF:"+url+"/ogc", "gaza-territories", "-spat", "34.2", "31.2", "34.3", "31.3")
	for _, id := range []string{"gaza-strip", "khan-younis", "rafah"} {
		if !strings.Contains(corner, "id (String) = "+id+"\n") {
			t.Errorf("the corner lacks %s: %.500s", id, corner)
		}
	}
	if n := strings.Count(corner, "OGRFeature("); n != 3 {
		t.Errorf("%d territories in the corner", n)
	}
}

// GDAL asks ten features at a time, and turns a filter on any date into a
// malformed datetime and leaves the rest to the server: what it then finds is
// what is valid at some time of it.
func TestGDALPagesAndFiltersManyFeatures(t *testing.T) {
	referee.Figures(t)
	t.Parallel() // it mostly waits for another program
	_, handler := oceanHandler(t)
	web := httptest.NewServer(handler)
	t.Cleanup(web.Close)
	source := "OAPIF:" + web.URL + "/ogc"
	for _, c := range []struct {
		options []string
		passes  func(oceanZone) bool
	}{
		{nil, func(oceanZone) bool { return true }},
		{[]string{"-oo", "PAGE_SIZE=7"}, func(oceanZone) bool { return true }},
		{[]string{"-spat", "171", "2", "174", "5"}, func(z oceanZone) bool { return z.meets(17_100, 200, 17_400, 500) }},
		{[]string{"-where", "basis = 'a' AND status = 'claimed'"}, func(z oceanZone) bool { return z.basis == "a" && z.status == "claimed" }},
		{[]string{"-where", "valid_from >= '2025/01/20' AND valid_from <= '2025/02/05'"}, func(z oceanZone) bool { return z.from <= 35 && (z.to == 0 || z.to > 19) }},
		{[]string{"-where", "valid_from >= '2025/02/20'"}, func(z oceanZone) bool { return z.to == 0 || z.to > 50 }},
		{[]string{"-where", "valid_from <= '2025/01/20'"}, func(z oceanZone) bool { return z.from <= 19 }},
	} {
		text := gdal(t, "ogrinfo", append([]string{"-ro", "-q", source, "ocean-zones"}, c.options...)...)
		var got, want []string
		for _, m := range regexp.MustCompile(`\n  id \(String\) = (\S+)\n`).FindAllStringSubmatch(text, -1) {
			got = append(got, m[1])
		}
		for _, z := range theOcean().zones {
			if c.passes(z) {
				want = append(want, z.id)
			}
		}
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("%v: %d features, not %d\n%v\n%v", c.options, len(got), len(want), got, want)
		}
	}
}

// GDAL writes what it reads from the collections, from the export and from a
// page of items as a plain file; the areas in it are ours.
func TestGDALCopiesFeaturesWithTheirAreas(t *testing.T) {
	referee.Figures(t)
	t.Parallel() // it mostly waits for another program
	url := served.Gaza(t, server.Options{})
	want := map[string]float64{}
	for _, z := range served.Snapshot().Zones {
		want["zones "+z.ID] = mustArea(t, z.Shape)
	}
	for _, territory := range served.Snapshot().Territories {
		want["territories "+territory.ID] = territory.AreaM2
	}
	for _, c := range []struct{ section, source, layer string }{
		{"zones", "OAPIF:" + url + "/ogc", "gaza-zones"}, {"territories", "OAPIF:" + url + "/ogc", "gaza-territories"},
		{"zones", "/vsicurl/" + url + "/ogc/collections/gaza-zones/items?limit=1000", ""},
		{"territories", "/vsicurl/" + url + "/ogc/collections/gaza-territories/items?limit=1000", ""},
	} {
		arguments := []string{"-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=15", "/vsistdout/", c.source}
		if c.layer != "" {
			arguments = append(arguments, c.layer)
		}
		found := 0
		for id, area := range areasIn(t, gdal(t, "ogr2ogr", arguments...)) {
			if math.Abs(area-want[c.section+" "+id]) > 1e-12*area {
				t.Errorf("%s: %s has %v m², not %v", c.source, id, area, want[c.section+" "+id])
			}
			found++
		}
		if n := served.Snapshot().Count(c.section); found != n {
			t.Errorf("%s: %d of %d", c.source, found, n)
		}
	}
	export := layersOf(t, "/vsicurl/"+url+"/export/gaza.geojson?basis=line-cut")
	for name, l := range export {
		if len(export) != 1 || l.count != "911" || l.extent != extentOf(t, "territories") {
			t.Errorf("the export: %s %+v", name, l)
		}
	}
}

func mustArea(t *testing.T, shape orb.Geometry) float64 {
	t.Helper()
	area, err := geo.Area(shape)
	if err != nil {
		t.Fatal(err)
	}
	return area
}

// areasIn measures the features of a GeoJSON text by their property id.
func areasIn(t *testing.T, text string) map[string]float64 {
	t.Helper()
	out, report := map[string]float64{}, &geojson.Report{}
	err := geojson.Read(t.Context(), strings.NewReader(text), "copy", geojson.Options{}, report, func(f geojson.Feature) error {
		properties := struct{ ID string }{f.ID} // GDAL leaves a property id to the member id, if it can
		if err := json.Unmarshal(f.Properties, &properties); err != nil {
			return err
		}
		out[properties.ID] = mustArea(t, f.Geometry)
		return nil
	})
	if err != nil || len(report.Faults) > 0 {
		t.Fatalf("%v %v in %.500s", err, report.Faults, text)
	}
	return out
}

// The MVT driver asks for metadata.json beside a zoom, and then for its tiles.
func TestGDALReadsAZoomOfTilesAndATileOfACollection(t *testing.T) {
	referee.Figures(t)
	t.Parallel() // it mostly waits for another program
	url := served.Gaza(t, server.Options{})
	zoom := layersOf(t, "MVT:"+url+"/tiles/gaza/10")
	for _, name := range []string{"territories", "zones", "control_lines", "places"} {
		b := zoom[name].extent
		// The extent is that of the tiles, in metres.
		if b[0] < 3.80e6 || b[1] < 3.65e6 || b[2] > 3.86e6 || b[3] > 3.72e6 || b[0] >= b[2] {
			t.Errorf("%s: %+v", name, zoom[name])
		}
	}
	if zoom["places"].count != "3" {
		t.Errorf("%v", zoom)
	}
	one := layersOf(t, "MVT:"+url+"/ogc/collections/gaza-places/tiles/WebMercatorQuad/10/417/610.mvt")
	if len(one) != 1 || one["places"].geometry != "Point" {
		t.Errorf("a tile of a collection: %v", one)
	}
}
