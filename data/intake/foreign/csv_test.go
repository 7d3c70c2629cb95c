package foreign

import (
	"bytes"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/ewkb"
	"github.com/paulmach/orb/encoding/wkt"
	orbjson "github.com/paulmach/orb/geojson"
	"pgregory.net/rapid"
)

// rows reads a table to its end.
func rows(t *testing.T, file File) ([]Feature, *Source) {
	t.Helper()
	source, err := Open(t.Context(), file, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	var all []Feature
	for f, err := range source.features {
		if err != nil {
			t.Fatal(file.Name, err)
		}
		all = append(all, f)
	}
	return all, source
}

// Law: a table that another program writes is read as it was, however columns are
// separated and shapes written.
func TestLawATableIsReadAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		delimiter := rapid.SampledFrom([]rune{',', ';', '\t', '|'}).Draw(t, "delimiter")
		write := rapid.SampledFrom([]func(orb.Geometry) string{
			func(g orb.Geometry) string { return wkt.MarshalString(g) },
			func(g orb.Geometry) string { return "SRID=4326;" + wkt.MarshalString(g) },
			func(g orb.Geometry) string { b, _ := ewkb.Marshal(g, 4326); return hex.EncodeToString(b) },
			func(g orb.Geometry) string {
				b, _ := ewkb.Marshal(g, 0)
				return strings.ToUpper(hex.EncodeToString(b))
			},
			func(g orb.Geometry) string { b, _ := json.Marshal(orbjson.NewGeometry(g)); return string(b) },
		}).Draw(t, "form")
		var b bytes.Buffer
		if rapid.Bool().Draw(t, "mark") {
			b.WriteString("\ufeff")
		}
		out := csv.NewWriter(&b)
		out.Comma, out.UseCRLF = delimiter, rapid.Bool().Draw(t, "CRLF")
		_ = out.Write([]string{"назва", "شكل", "other"})
		n := rapid.IntRange(1, 4).Draw(t, "rows")
		var names []string
		var shapes []orb.Geometry
		for range n {
			x, y := rapid.Float64Range(-170, 170).Draw(t, "x"), rapid.Float64Range(-80, 80).Draw(t, "y")
			p := orb.Polygon{{{x, y}, {x + 3, y}, {x + 3, y + 3}, {x, y}}, {{x + 2, y + 1}, {x + 2.5, y + 2}, {x + 2.5, y + 1}, {x + 2, y + 1}}}
			shape := rapid.SampledFrom([]orb.Geometry{p, orb.MultiPolygon{p}, orb.Point{x, y}, orb.LineString{{x, y}, {x, 89}}, orb.MultiLineString{{{x, y}, {x, 89}}}}).Draw(t, "shape")
			name := rapid.StringMatching(`[a-zéЯ;,"| \t\n]{1,9}`).Draw(t, "name")
			names, shapes = append(names, name), append(shapes, shape)
			_ = out.Write([]string{name, write(shape), "1.50"})
		}
		out.Flush()
		source, err := Open(t.Context(), inMemory("f", b.Bytes()), Options{})
		if err != nil {
			t.Fatal(err)
		}
		_ = source.Close()
		all, report := features(t, inMemory("f", b.Bytes()), Options{})
		if report.Err() != nil || len(all) != n {
			t.Fatalf("%v of %s", report, b.String())
		}
		for i, f := range all {
			var p map[string]any
			if err := json.Unmarshal(f.Properties, &p); err != nil {
				t.Fatal(err)
			}
			if p["назва"] != names[i] || p["other"] != "1.50" || len(p) != 2 || !orb.Equal(f.Geometry, shapes[i]) {
				t.Fatalf("%v and %v are read as %s and %v", names[i], shapes[i], f.Properties, f.Geometry)
			}
		}
	})
}

func TestCellsAreNumbersOnlyWhereTheyReadBackTheSame(t *testing.T) {
	for cell, want := range map[string]any{"": nil, "7": int64(7), "-7": int64(-7), "007": "007", "1.5": 1.5, "1.50": "1.50", "-0.25": -0.25, ".5": ".5", "1e5": "1e5", "+1": "+1", " 1": " 1",
		"9007199254740993": "9007199254740993", "1719846180000": int64(1719846180000), "NaN": "NaN", "Inf": "Inf", "-": "-", "-0": "-0", "0": int64(0), "true": "true", "1_000": "1_000", "0x10": "0x10", "2025-01-02": "2025-01-02", "1,5": "1,5"} {
		if got := valueOfCell(cell); got != want {
			t.Errorf("%q is %v (%T), not %v", cell, got, got, want)
		}
	}
}

func TestWellKnownTextHasItsForms(t *testing.T) {
	square := orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}
	for text, want := range map[string]orb.Geometry{
		"POINT EMPTY": nil, "POLYGON EMPTY": nil, "MULTIPOLYGON EMPTY": nil, "GEOMETRYCOLLECTION EMPTY": nil, "POINT(1 2)": orb.Point{1, 2}, "point z (1 2 3)": orb.Point{1, 2}, "POINT ZM(1 2 3 4)": orb.Point{1, 2}, "POINT M (1 2 3)": orb.Point{1, 2},
		"POINTZ(1 2 3)": orb.Point{1, 2}, "POINT(1 2 3)": orb.Point{1, 2}, "MULTIPOINT(1 2, 3 4)": orb.MultiPoint{{1, 2}, {3, 4}}, "MULTIPOINT((1 2), (3 4))": orb.MultiPoint{{1, 2}, {3, 4}},
		"LINESTRING Z (1 2 0, 3 4 0)": orb.LineString{{1, 2}, {3, 4}}, "MULTILINESTRING((1 2,3 4))": orb.MultiLineString{{{1, 2}, {3, 4}}}, "Polygon((0 0,1 0,1 1,0 0))": square,
		"POLYGON((0 0,1 1,1 0,0 0))": orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}, "MULTIPOLYGON Z (((0 0 1,1 0 1,1 1 1,0 0 1)),EMPTY)": orb.MultiPolygon{square},
		"MULTIPOLYGON(((0 0,9 0,9 9,0 0),(3 1,4 1,4 2,3 1)),((20 0,21 0,21 1,20 0)))": orb.MultiPolygon{{{{0, 0}, {9, 0}, {9, 9}, {0, 0}}, {{3, 1}, {4, 2}, {4, 1}, {3, 1}}}, {{{20, 0}, {21, 0}, {21, 1}, {20, 0}}}},
		"GEOMETRYCOLLECTION(POINT(1 2),POLYGON((0 0,1 0,1 1,0 0)))":                   orb.Collection{orb.Point{1, 2}, square},
		"SRID=4326;POINT(1 2)": orb.Point{1, 2}, "POINT(1e1 -2.5E-1)": orb.Point{10, -0.25},
	} {
		all, _ := rows(t, inMemory("f", []byte("id;wkt\n1;\""+text+"\"\n")))
		if got := all[0].Geometry; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s is read as %v", text, got)
		}
	}
}

func TestPointsAreMadeOfTwoColumns(t *testing.T) {
	all, source := rows(t, onDisk("testdata/csv/excel-comma.csv"))
	if len(all) != 3 || all[0].Geometry != orb.Geometry(orb.Point{36.2304, 49.9935}) || all[1].Geometry != orb.Geometry(orb.Point{37.5, 48}) || all[2].Geometry != nil {
		t.Error(all)
	}
	if want := (Property{"Широта", "49,99"}); all[0].Properties[1] != want {
		t.Error(all[0].Properties)
	}
	for _, words := range []string{"';'", `"lng" and "lat"`, "comma"} {
		if !slices.ContainsFunc(source.Notes, func(note string) bool { return strings.Contains(note, words) }) {
			t.Errorf("%q has no %s", source.Notes, words)
		}
	}
	all, source = rows(t, onDisk("testdata/csv/gdal-xy.csv"))
	if len(all) != 3 || all[1].Geometry != orb.Geometry(orb.Point{10.75, 20.5}) || all[2].Geometry != nil {
		t.Error(all, source)
	}
	for _, header := range []string{"lon,lat", "Longitude,Latitude", "LNG,LAT", "x,y", "X,Y", "long,lat"} {
		all, _ := rows(t, inMemory("f", []byte(header+",a\n1,2,b\n\"\",,c\n")))
		if all[0].Geometry != orb.Geometry(orb.Point{1, 2}) || all[1].Geometry != nil {
			t.Error(header, all)
		}
	}
	all, _ = rows(t, inMemory("f", []byte("x,y,lon,lat\n600000,5000000,1,2\n")))
	if all[0].Geometry != orb.Geometry(orb.Point{1, 2}) || len(all[0].Properties) != 2 {
		t.Error(all)
	}
}

func TestTheColumnOfShapesIsFoundByWhatItHolds(t *testing.T) {
	for text, column := range map[string]string{
		"a,b\n1,POINT(1 2)\n": `"b"`, "wkt,b\n,POINT(1 2)\n": `"b"`, "geom,note\nPOINT(1 2),POINT(3 4)\n": `"geom"`, "WKT\n\"POLYGON((0 0,1 0,1 1,0 0))\"\n": `"WKT"`,
		"lon,lat,shape\n1,2,POINT(3 4)\n": `"shape"`, "WKT,a\n": `"WKT"`,
	} {
		source, err := Open(t.Context(), inMemory("f", []byte(text)), Options{})
		if err != nil {
			t.Fatal(text, err)
		}
		if last := source.Notes[len(source.Notes)-1]; !strings.Contains(last, column) {
			t.Errorf("%q: %s", text, last)
		}
	}
}

func TestWhatIsWrongInATableIsNamedByRowAndColumn(t *testing.T) {
	polygon := `"POLYGON((0 0,1 0,1 1,0 0))"`
	for text, words := range map[string][]string{
		"id,wkt\n1," + polygon + "\n2,POLYGON((0 0\n":                           {"row 3", `"wkt"`, "WKT"},
		"id,wkt\n1," + polygon + "\n\n2," + polygon + ",7\n":                    {"row 4", "3 cells", "2"},
		"id,wkt\n\"1\n2\"," + polygon + "\n2,POINT(7)\n":                        {"row 3", `"wkt"`},
		"id,wkt\n1," + polygon + "\n2,\"POINT(7 7)\n":                           {"row 3"},
		"id,wkt\n1,POINT(1 2)\n2,here\n":                                        {"no-shapes", "row 1"},
		"id,wkt\n" + strings.Repeat("1,POINT(1 2)\n", 300) + "2,here\n":         {"row 302", `"wkt"`, `"here"`},
		"id,wkt\n1,\"CURVEPOLYGON((0 0,1 0,1 1,0 0))\"\n":                       {"row 2", `"wkt"`},
		"id,geom\n1,0101000000000000000000F03F\n":                               {"row 2", `"geom"`, "WKB"},
		"id,geom\n1,0103000000FFFFFFFF\n":                                       {"row 2", `"geom"`, "WKB"},
		"id,geom\n1,\"{\"\"type\"\":\"\"Point\"\",\"\"coordinates\"\":[1,}\"\n": {"row 2", `"geom"`, "GeoJSON"},
		"id,geom\n1,\"{\"\"type\"\":\"\"Feature\"\"}\"\n":                       {"row 2", `"geom"`, "not a feature"},
		"x,y\n1,2\n645000,5540000\n":                                            {"row 3", `"x"`, "±180", "ogr2ogr"},
		"x,y\n1,95\n":                                                           {"row 2", `"y"`, "±90", "exchanged"},
		"lon,lat\n1,2\n\n1,two\n":                                               {"row 4", `"lat"`, `"two"`},
		"lon,lat\n1,\n":                                                         {"row 2", "only one"},
		"lon,lat\n\"1,5\",2\n":                                                  {"row 2", `"lon"`, "decimal point"},
		"lon;lat\n1,5;2\n1.5;2\n":                                               {"row 3", `"lon"`, "decimal point"},
		"lon;lat\n1,500.5;2\n":                                                  {"row 2", "no number"},
		"lon,lat\nNaN,2\n":                                                      {"row 2", "no number"},
		"lon,lng,lat\n1,2,3\n":                                                  {"several-shapes", "A and B"},
		"a,b\nPOINT(1 2),POINT(3 4)\n":                                          {"several-shapes", `"a" and "b"`},
		"a,a,wkt\n1,2,POINT(1 2)\n":                                             {"duplicate-column", "A and B"},
		"a,b\n1,2\n":                                                            {"no-shapes", `"a" "b"`, "WKT"},
		"a;b,c\n1;2,3\n":                                                        {"delimiter"},
	} {
		bad := refusal(t, inMemory("f.csv", []byte(text)), Options{})
		for _, word := range append(words, "f.csv") {
			if !strings.Contains(bad.Error(), word) {
				t.Errorf("%q: %v has no %s", text, bad, word)
			}
		}
	}
}

func TestAFaultOfAShapeNamesItsRow(t *testing.T) {
	_, report := features(t, inMemory("f", []byte("id,wkt\n1,POINT(1 2)\n\n2,\"LINESTRING(1 1,1 1)\"\n")), Options{})
	if len(report.Faults) != 1 || report.Faults[0].Feature != "row 4" {
		t.Error(report)
	}
}

func TestAColumnWithoutANameIsLeftOutAndSaid(t *testing.T) {
	all, source := rows(t, inMemory("f", []byte(",wkt,,a\n0,POINT(1 2),,b\n")))
	if len(all[0].Properties) != 1 || !slices.Contains(source.Notes, "a column without a name is left out") {
		t.Error(all, source.Notes)
	}
	if _, source = rows(t, inMemory("f", []byte("wkt,a,,\nPOINT(1 2),b,,\n"))); len(source.Notes) != 2 {
		t.Error(source.Notes)
	}
}

func TestWhatIsNoTableIsNoCSV(t *testing.T) {
	for _, text := range []string{"hello", "[1,2]", "<html>,</html>", "a,b\x00c", "\x00\x01\x02"} {
		if bad := refusal(t, inMemory("f", []byte(text)), Options{}); bad.Rule != "unknown-format" {
			t.Errorf("%q: %v", text, bad)
		}
	}
}

func TestTheLineOfExcelThatNamesTheSeparatorIsUnderstood(t *testing.T) {
	rows := "name%slon%slat\r\na%s10.5%s20\r\n"
	for first, separator := range map[string]string{"sep=;\r\n": ";", "SEP=,\n": ",", "\"sep=|\"\n": "|", "sep=\t\r\n": "\t"} {
		text := first + strings.ReplaceAll(rows, "%s", separator)
		all, report := features(t, inMemory("a.csv", []byte(text)), Options{})
		if report.Err() != nil || len(all) != 1 || all[0].ID != "row 3" || !orb.Equal(all[0].Geometry, orb.Point{10.5, 20}) {
			t.Errorf("%q: %v %v", text, all, report)
		}
		source, err := Open(t.Context(), inMemory("a.csv", []byte(text)), Options{})
		if err != nil || !strings.Contains(strings.Join(source.Notes, "\n"), "sep=") {
			t.Errorf("%q: %v %v", text, source, err)
		}
	}
	text := "sep=,\r\nname;a,lon;lat\r\n"
	if bad := refusal(t, inMemory("a.csv", []byte(text)), Options{}); bad.Rule != "no-shapes" {
		t.Error(bad)
	}
}
