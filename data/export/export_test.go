package export_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/export"
	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// embedded is the Gaza snapshot, read once for all tests.
var embedded = sync.OnceValue(func() *data.Snapshot {
	s, _, err := data.Read(context.Background(), gaza.Files)
	if err != nil {
		panic(err)
	}
	return s
})

// hostile is that of Gaza with names that are made to do harm, as a version kept it
// that did not refuse invisible characters.
func hostile(t testing.TB) *data.Snapshot {
	t.Helper()
	canonical, err := embedded().Canonical()
	if err != nil {
		t.Fatal(err)
	}
	text := jsontext.Value(canonical)
	for old, harmful := range map[string]string{
		`"name_en":"Behind the line on the army's published map of October 2025"`: `"name_en":"=cmd()|' /C calc'!A0","x_note":"\u202etxt.exe","x_Note":"<script>alert(1)</script>","x_\"; DROP TABLE zones; --":1`,
		`"name_en":"Erez"`:  `"name_en":"  +1+cmd|' /C calc'!A0"`,
		`"en":"Gaza Strip"`: `"en":"<script>alert(1)</script>\u202e]]>"`,
	} {
		if !bytes.Contains(text, []byte(old)) {
			t.Fatalf("nothing is called %s", old)
		}
		text = bytes.ReplaceAll(text, []byte(old), []byte(harmful))
	}
	if err := text.Canonicalize(); err != nil {
		t.Fatal(err)
	}
	s, err := data.ReadCanonical(context.Background(), data.NameOf(text), text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func edition(t testing.TB, s *data.Snapshot, basis string) data.Edition {
	t.Helper()
	e, err := s.Edition(basis, s.FirstDate())
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func written(t testing.TB, f export.Format, s *data.Snapshot, e data.Edition) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := f.Write(context.Background(), &out, s, e); err != nil {
		t.Fatalf("%s: %v", f.Suffix, err)
	}
	return out.Bytes()
}

func TestTheSameEditionGivesTheSameBytes(t *testing.T) {
	for _, s := range []*data.Snapshot{embedded(), hostile(t)} {
		for _, f := range export.Formats() {
			one, two := written(t, f, s, edition(t, s, "traced")), written(t, f, s, edition(t, s, "traced"))
			if !bytes.Equal(one, two) || len(one) == 0 {
				t.Errorf("%s: %d and %d bytes that differ", f.Suffix, len(one), len(two))
			}
			other := written(t, f, s, edition(t, s, "line-cut"))
			if strings.HasPrefix(f.Suffix, "zones") && bytes.Equal(one, other) {
				t.Errorf("%s is the same under another basis", f.Suffix)
			}
		}
	}
}

// GDAL reads every format back without a change in any position, and the columns
// of tables with their kinds.
func TestGDALReadsBackWhatWasWritten(t *testing.T) {
	ogr2ogr := referee.Program(t, "gdal", "ogr2ogr")
	for name, s := range map[string]*data.Snapshot{"gaza": embedded(), "hostile": hostile(t)} {
		e := edition(t, s, "line-cut")
		for _, f := range export.Formats() {
			if strings.HasSuffix(f.Suffix, "csv") || f.Suffix == "geojson" || f.Suffix == "kml" {
				continue // no shapes, or those of wkt_test.go; one mixed layer; folders
			}
			file := filepath.Join(t.TempDir(), "a."+filepath.Base(f.Suffix))
			if err := os.WriteFile(file, written(t, f, s, e), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, section := range layers(t, s, e) {
				if f.Suffix != "gpkg" && f.Suffix != section.Name+".fgb" {
					continue
				}
				t.Run(name+" "+f.Suffix+" "+section.Name, func(t *testing.T) { readBack(t, ogr2ogr, file, section) })
			}
		}
	}
}

// layers are the sections of an edition and its held land.
func layers(t *testing.T, s *data.Snapshot, e data.Edition) []data.Section {
	t.Helper()
	sections, held := s.Sections(e), data.Section{Name: data.HeldLayer}
	lands, err := s.HeldLand(t.Context(), e)
	if err != nil || len(lands) == 0 {
		t.Fatalf("no land is held: %v", err)
	}
	for _, land := range lands {
		held.Items = append(held.Items, data.Item{ID: land.ID(), Shape: land.Shape})
	}
	return append(sections[:], held)
}

func readBack(t *testing.T, ogr2ogr, file string, section data.Section, options ...string) {
	out, err := exec.Command(ogr2ogr, append(options, "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=17", "/vsistdout/", file, section.Name)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	found, err := geojson.UnmarshalFeatureCollection(out)
	if err != nil {
		t.Fatal(err)
	}
	if len(found.Features) != len(section.Items) {
		t.Fatalf("%d features, not %d", len(found.Features), len(section.Items))
	}
	shapes, from := map[string]orb.Geometry{}, map[string]string{}
	for _, item := range section.Items {
		from[item.ID] = "2025-10-10"
		if section.Name == data.ThingsSection {
			from[item.ID] = "<nil>"
		}
	}
	for _, f := range found.Features {
		id := f.Properties.MustString("id")
		shapes[id] = f.Geometry
		if v, asked := f.Properties["valid_from"]; asked && !strings.HasPrefix(strings.ReplaceAll(fmt.Sprint(v), "/", "-"), from[id]) {
			t.Errorf("valid_from is %v", v)
		}
		if v := f.Properties["valid_to"]; v != nil {
			t.Errorf("valid_to is %v", v)
		}
		_, isZone := f.Properties["party"]
		if km2, ok := f.Properties["area_km2"].(float64); isZone && data.Dimension(section.Name) == 2 && (!ok || km2 < 100) {
			t.Errorf("area_km2 is %v", f.Properties["area_km2"])
		}
	}
	for _, item := range section.Items {
		if !orb.Equal(shapes[item.ID], item.Shape) {
			t.Errorf("%s is another shape", item.ID)
		}
	}
}

func TestASpreadsheetComputesNothing(t *testing.T) {
	s := hostile(t)
	f, _ := export.Find("csv")
	rows, err := csv.NewReader(bytes.NewReader(written(t, f, s, edition(t, s, "traced")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for _, row := range rows {
		for _, cell := range row {
			all += cell + "\n"
			if begin := strings.TrimLeft(cell, " "); begin != "" && strings.Contains("=+-@\t\r", begin[:1]) {
				t.Errorf("a cell begins like a formula: %q", cell)
			}
		}
	}
	if strings.ContainsAny(all, "\u202e\u2066") || !strings.Contains(all, "'=cmd()") || !strings.Contains(all, "txt.exe") {
		t.Errorf("not as written: %q", all)
	}
	area := slices.Index(rows[0], "area_km2")
	if area < 0 || !slices.ContainsFunc(rows, func(r []string) bool { return r[0] == "zones" && strings.HasPrefix(r[area], "194.489") }) {
		t.Errorf("no area in %v", rows[0])
	}
}

func TestAGlobeRunsNothing(t *testing.T) {
	s := hostile(t)
	f, _ := export.Find("kml")
	text := written(t, f, s, edition(t, s, "traced"))
	if bytes.Contains(text, []byte("<script")) || bytes.ContainsAny(text, "\u202e") {
		t.Error("markup or a turn of direction came through")
	}
	for in := xml.NewDecoder(bytes.NewReader(text)); ; {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "script" {
			t.Error("an element named script")
		}
	}
}

func TestAFormatIsFoundByItsSuffix(t *testing.T) {
	for _, f := range export.Formats() {
		if found, ok := export.Find(f.Suffix); !ok || found.ContentType != f.ContentType {
			t.Errorf("%s is not found", f.Suffix)
		}
	}
	if _, ok := export.Find("shp"); ok {
		t.Error("shapefiles are written")
	}
	if got := export.FileName(embedded(), edition(t, embedded(), "traced"), "zones.fgb"); got != "gaza-2025-10-10-traced.zones.fgb" {
		t.Error(got)
	}
}
