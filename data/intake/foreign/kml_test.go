package foreign

import (
	"context"
	"io"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/geojson"

	"github.com/go-json-experiment/json"
	"github.com/paulmach/orb"
)

// testFile is a file of testdata with those beside it.
func testFile(name string) File {
	return File{Name: name, Open: func() (io.ReadCloser, error) { return os.Open("testdata/" + name) },
		Beside: func(extension string) (io.ReadCloser, error) {
			return os.Open("testdata/" + name[:strings.LastIndexByte(name, '.')] + "." + extension)
		}}
}

// readAll reads a file, with its notes.
func readAll(t interface{ Fatal(...any) }, file File, options Options) (all []geojson.Feature, report *geojson.Report, notes []string) {
	source, err := Open(context.Background(), file, options)
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	report = &geojson.Report{}
	err = geojson.Read(context.Background(), source.Text(), file.Name, geojson.Options{Clean: true}, report, func(f geojson.Feature) error {
		all = append(all, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all, report, source.Notes
}

// values are the properties of a feature.
func values(t interface{ Fatal(...any) }, f geojson.Feature) map[string]any {
	all := map[string]any{}
	if err := json.Unmarshal(f.Properties, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// sameShapes wants features with the shapes of zones.geojson and nothing repaired.
func sameShapes(t *testing.T, name string, all []geojson.Feature, report *geojson.Report) {
	t.Helper()
	want, _ := features(t, testFile("shapefile/zones.geojson"), Options{})
	if len(all) != len(want) || report.Err() != nil || len(report.Repairs) > 0 {
		t.Fatalf("%s: %d features, %v", name, len(all), report)
	}
	for i := range want {
		one, err := geo.Area(all[i].Geometry)
		other, _ := geo.Area(want[i].Geometry)
		if err != nil || math.Abs(one-other) > 1e-9*other {
			t.Errorf("%s: feature %d covers %v m², %v is right (%v)", name, i, one, other, err)
		}
		if len(rings(all[i].Geometry)) != len(rings(want[i].Geometry)) {
			t.Errorf("%s: feature %d is %v", name, i, all[i].Geometry)
		}
	}
}

func rings(g orb.Geometry) (all []orb.Ring) {
	switch g := g.(type) {
	case orb.Polygon:
		return g
	case orb.MultiPolygon:
		for _, p := range g {
			all = append(all, p...)
		}
	}
	return all
}

func TestKMLOfOtherProgramsHasTheLandThatTheyWereGiven(t *testing.T) {
	for _, name := range []string{"kml/kml.kml", "kml/libkml.kml", "kml/libkml.kmz", "kml/qgis.kml"} {
		all, report, notes := readAll(t, testFile(name), Options{})
		sameShapes(t, name, all, report)
		v := values(t, all[1])
		if v["day"] != "2025/04/01" || v["n"] != -2.0 {
			t.Errorf("%s: %v %v", name, v, notes)
		}
	}
}

func TestAMapOfGoogleMyMapsTellsItsPartiesByColour(t *testing.T) {
	all, report, notes := readAll(t, testFile("kml/mymaps.kml"), Options{})
	if len(all) != 4 || report.Err() != nil || len(report.Repairs) > 0 {
		t.Fatal(all, report)
	}
	want := []map[string]any{
		{"holder": "Північ", "fill": "grass", "name": "Північ", "description": "as of <b>1 March</b> &amp; later<br>", "folder": "Долина – Valley / Контроль",
			"styleUrl": "#poly-FF5252-1200-77", "style_fill": "#ff5252", "fill-opacity": 0.302, "stroke": "#ff5252", "stroke-opacity": 1.0, "stroke-width": 1.2},
		{"name": "شمال", "folder": "Долина – Valley / Контроль", "styleUrl": "#poly-0288D1-1200-77-nodesc", "fill": "#0288d1", "fill-opacity": 0.502, "stroke-opacity": 0.0},
		{"name": "קו", "folder": "Долина – Valley / Контроль", "styleUrl": "#line-000000-1200-nodesc"},
		{"name": "Місто", "folder": "Долина – Valley / Міста", "styleUrl": "#icon-1899-0288D1", "marker-color": "#0288d1"},
	}
	for i, f := range all {
		got := values(t, f)
		if len(got) != len(want[i]) {
			t.Errorf("feature %d has %v", i, got)
		}
		for name, value := range want[i] {
			if got[name] != value {
				t.Errorf("feature %d: %s is %v, not %v", i, name, got[name], value)
			}
		}
	}
	if p, ok := all[0].Geometry.(orb.Polygon); !ok || len(p) != 2 {
		t.Error(all[0].Geometry)
	}
	if _, ok := all[2].Geometry.(orb.LineString); !ok {
		t.Error(all[2].Geometry)
	}
	if all[3].Geometry != (orb.Point{10.25, 20.25}) {
		t.Error(all[3].Geometry)
	}
	said := strings.Join(notes, "\n")
	for _, want := range []string{`"fill" too: the other is kept as "style_fill", in features: 1`, "style which the file does not have: 1"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in\n%s", want, said)
		}
	}
}

// kmlOf is a KML text of placemarks.
func kmlOf(inner string) File { return inMemory("a.kml", []byte("<kml>"+inner+"</kml>")) }

// square is a polygon element with a hole, both turned the wrong way.
const square = `<Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 0,4 4,4 4,0 0,0</coordinates></LinearRing></outerBoundaryIs>
<innerBoundaryIs><LinearRing><coordinates>1,1 2,1 2,2 1,2 1,1</coordinates></LinearRing></innerBoundaryIs></Polygon>`

func TestEveryVersionOfKMLIsRead(t *testing.T) {
	for _, begin := range []string{`<kml>`, `<kml xmlns="http://earth.google.com/kml/2.0">`, `<kml xmlns="http://earth.google.com/kml/2.1">`, `<kml xmlns="http://www.opengis.net/kml/2.2">`,
		`<k:kml xmlns:k="http://www.opengis.net/kml/2.2">`, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- made by hand -->\n<kml xmlns=\"http://www.opengis.net/kml/2.3\">", "\n \t<kml>"} {
		end := "</kml>"
		if strings.HasPrefix(begin, "<k:") {
			end = "</k:kml>"
		}
		all, report, _ := readAll(t, inMemory("a.kml", []byte(begin+"<Placemark>"+square+"</Placemark>"+end)), Options{})
		if len(all) != 1 || len(rings(all[0].Geometry)) != 2 || report.Err() != nil || len(report.Repairs) > 0 {
			t.Errorf("%s: %v %v", begin, all, report)
		}
	}
	latin := append([]byte("<?xml version='1.0' encoding='windows-1251'?><kml><Placemark><name>"), 0xcf, 0xb3, 0xe2, 0xed, 0xb3, 0xf7)
	all, _, _ := readAll(t, inMemory("a.kml", append(latin, "</name>"+square+"</Placemark></kml>"...)), Options{})
	if len(all) != 1 || values(t, all[0])["name"] != "Північ" {
		t.Error(all)
	}
}

func TestPositionsAreReadHoweverTheyAreSpaced(t *testing.T) {
	want := orb.LineString{{1, 2}, {-3.5, 4e1}}
	for _, text := range []string{"1,2 -3.5,4e1", "\n\t1,2,0\r\n -3.5,40,100.5 ", "1, 2, 0 -3.5, 40", "1 ,2 -3.5 , 40 , 7", "1,2\u00a0-3.5,40"} {
		all, report, _ := readAll(t, kmlOf("<Placemark><LineString><coordinates>"+text+"</coordinates></LineString></Placemark>"+"<Placemark>"+square+"</Placemark>"), Options{})
		if report.Err() != nil || len(all) != 2 || !orb.Equal(all[0].Geometry, want) {
			t.Errorf("%q: %v %v", text, all, report)
		}
	}
}

func TestAPositionThatIsNoneIsToldWithItsPlacemark(t *testing.T) {
	for text, place := range map[string]string{
		"1,2 3 4,5":       `placemark "Sea", coordinates, tuple 1`,
		"1 2":             `placemark "Sea", coordinates, tuple 0`,
		"1,2, 3,4":        `placemark "Sea", coordinates, tuple 0`,
		"0,0 1,2,,":       `placemark "Sea", coordinates, tuple 1`,
		"0,0 1,":          `placemark "Sea", coordinates, tuple 1`,
		"0,0 1,1 NaN,2":   `placemark "Sea", coordinates, tuple 2`,
		"0,0 1,1 Inf,2":   `placemark "Sea", coordinates, tuple 2`,
		"0,0 1,1 east,20": `placemark "Sea", coordinates, tuple 2`,
	} {
		bad := refusal(t, kmlOf(`<Placemark>`+square+`</Placemark><Placemark><name>Sea</name><LineString><coordinates>`+text+`</coordinates></LineString></Placemark>`), Options{})
		if bad.Rule != "position" || bad.Place != place || bad.Feature != "#1" || bad.File != "a.kml" {
			t.Errorf("%q: %v", text, bad)
		}
	}
}

func TestGeometriesOfAPlacemarkComeTogether(t *testing.T) {
	point, line := "<Point><coordinates>9,9</coordinates></Point>", "<LineString><coordinates>8,8 9,9</coordinates></LineString>"
	for inner, want := range map[string]string{
		square: "Polygon", square + square: "MultiPolygon", "<MultiGeometry>" + square + "</MultiGeometry>": "Polygon",
		"<MultiGeometry><MultiGeometry>" + line + "</MultiGeometry>" + line + "</MultiGeometry>":           "MultiLineString",
		"<MultiGeometry>" + point + point + "</MultiGeometry>":                                             "MultiPoint",
		"<MultiGeometry>" + point + "<MultiGeometry>" + square + line + "</MultiGeometry></MultiGeometry>": "GeometryCollection",
		"<LinearRing><coordinates>0,0 1,0 1,1 0,0</coordinates></LinearRing>":                              "LineString",
	} {
		source, err := Open(t.Context(), kmlOf("<Placemark>"+inner+"</Placemark>"), Options{})
		if err != nil {
			t.Fatal(err)
		}
		for f, err := range source.features {
			if err != nil || f.Geometry.GeoJSONType() != want {
				t.Errorf("%s: %v %v", want, f.Geometry, err)
			}
		}
		source.Close()
	}
}

func TestWhatIsLeftOutOfKMLIsSaid(t *testing.T) {
	all, _, notes := readAll(t, kmlOf(`<NetworkLink><Link><href>https://example.org/a.kml</href></Link></NetworkLink><GroundOverlay/><PhotoOverlay/>
		<Placemark><Track/></Placemark><Placemark>`+square+`<Model/></Placemark><Placemark><visibility>0</visibility><MultiGeometry>`+square+`</MultiGeometry></Placemark>`), Options{})
	if len(all) != 2 || values(t, all[1])["visibility"] != 0.0 {
		t.Error(all)
	}
	said := strings.Join(notes, "\n")
	for _, want := range []string{"links to other files (NetworkLink), which are not fetched: 1", "GroundOverlay): 1", "PhotoOverlay): 1", "gx:Track): 1", "models (Model): 1", "nothing but tracks or models: 1"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in\n%s", want, said)
		}
	}
	bad := refusal(t, kmlOf(`<NetworkLink><Link><href>https://example.org/a.kml</href></Link></NetworkLink>`), Options{})
	if bad.Rule != "network-link" || !strings.Contains(bad.Detail, `"https://example.org/a.kml"`) {
		t.Error(bad)
	}
}

func TestDataAndTimesOfAPlacemarkAreProperties(t *testing.T) {
	all, report, _ := readAll(t, kmlOf(`<Document><Folder><Placemark id="p"><TimeSpan><begin>2025-01-01</begin><end>2025-02-01</end></TimeSpan><styleUrl>https://example.org/s.kml#a</styleUrl>
		<Style><LineStyle><color>#0000ff</color></LineStyle><PolyStyle><fill>0</fill><color>ff00ff00</color></PolyStyle></Style>
		<ExtendedData xmlns:c="urn:c"><SchemaData schemaUrl="#s"><SimpleData name="n">7</SimpleData><SimpleData name="who">Nord</SimpleData></SchemaData>
		<Data name="name"><displayName>Name</displayName><value>a</value></Data><Data name="name"><value>b</value></Data><c:own>c</c:own></ExtendedData>`+square+`</Placemark></Folder>
		<name>Late</name><Schema id="s"><SimpleField type="int" name="n"/><SimpleField type="string" name="who"/></Schema></Document>
		<Placemark><TimeStamp><when>2025</when></TimeStamp>`+square+`</Placemark>`), Options{})
	if report.Err() != nil || len(all) != 2 || all[0].ID != "p" || values(t, all[1])["when"] != "2025" {
		t.Fatal(all, report)
	}
	got := values(t, all[0])
	for name, want := range map[string]any{"begin": "2025-01-01", "end": "2025-02-01", "styleUrl": "https://example.org/s.kml#a", "n": 7.0, "who": "Nord", "name": "a", "name_2": "b", "own": "c",
		"folder": "Late", "fill": "#00ff00", "fill-opacity": 0.0, "stroke": "#ff0000", "stroke-opacity": 1.0} {
		if got[name] != want {
			t.Errorf("%s is %v, not %v", name, got[name], want)
		}
	}
}

func TestNoEntityIsExpandedAndNothingIsNestedWithoutEnd(t *testing.T) {
	bomb := `<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>`
	if bad := refusal(t, inMemory("a.kml", []byte(bomb+`<kml><Placemark><name>&b;</name></Placemark></kml>`)), Options{}); bad.Rule != "xml" {
		t.Error(bad)
	}
	deep := strings.Repeat("<MultiGeometry>", 200_000)
	if bad := refusal(t, kmlOf("<Placemark>"+deep), Options{}); bad.Rule != "xml" || !strings.Contains(bad.Detail, "too deep") {
		t.Error(bad)
	}
	if bad := refusal(t, inMemory("a.kml", []byte("<kml><Placemark>"+square+"</Placemark>")), Options{}); bad.Rule != "xml" {
		t.Error(bad)
	}
}
