package foreign

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// packed is a zip of files, by name and content.
func packed(t interface{ Fatal(...any) }, files ...[2]string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		one, err := w.Create(f[0])
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(one, f[1])
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sidecarsOf are a shapefile of testdata under a name of one's own.
func sidecarsOf(t interface{ Fatal(...any) }, name, as string, extensions ...string) (files [][2]string) {
	for _, extension := range extensions {
		b, err := os.ReadFile(filepath.Join("testdata/shapefile", name+"."+strings.ToLower(extension)))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, [2]string{as + "." + extension, string(b)})
	}
	return files
}

func TestAShapefileIsReadInAZipWithWhatIsBesideIt(t *testing.T) {
	all, report, notes := readAll(t, testFile("zip/folder.zip"), Options{})
	sameShapes(t, "folder.zip", all, report)
	if values(t, all[0])["holder"] != "Північ" || len(notes) != 1 {
		t.Error(values(t, all[0]), notes)
	}
	files := sidecarsOf(t, "cp1251", `C:\maps\Zones`, "DBF", "shp", "PRJ", "cpg", "shx")
	files = append(files, [2]string{"__MACOSX/._Zones.shp", "\x00\x05\x16\x07"}, [2]string{".DS_Store", "x"}, [2]string{"licence.txt", "CC0"}, [2]string{"map.png", "\x89PNG"}, [2]string{"Zones.shp.xml", "<metadata/>"})
	all, report, _ = readAll(t, inMemory("a.zip", packed(t, files...)), Options{})
	sameShapes(t, "windows", all, report)
	if values(t, all[0])["holder"] != "Північ" {
		t.Error(values(t, all[0]))
	}
}

func TestAFileInAZipOfAnotherCoordinateSystemIsRefusedWithTheWayOut(t *testing.T) {
	files := sidecarsOf(t, "utm", "maps/utm", "shp", "dbf", "prj")
	bad := refusal(t, inMemory("a.zip", packed(t, files...)), Options{})
	if bad.Rule != "foreign-crs" || bad.File != "a.zip/maps/utm.shp" || !strings.HasSuffix(bad.Detail, "ogr2ogr -t_srs OGC:CRS84 utm.geojson /vsizip/a.zip/maps/utm.shp") {
		t.Error(bad)
	}
	for inside, want := range map[string]string{"maps/utm.shp": "/data/a.zip/maps/utm.shp", "../../etc/utm.shp": "", "/etc/utm.shp": "", "a/../../utm.shp": ""} {
		in, err := unwrap(inMemory("a.zip", packed(t, [2]string{inside, oneFeature})), Options{Limit: 1 << 20})
		if err != nil || in.pathIn("/data/a.zip") != want {
			t.Errorf("%s: %s is handed to GDAL, %v", inside, in.pathIn("/data/a.zip"), err)
		}
	}
}

func TestOfSeveralFilesInAZipOneIsChosen(t *testing.T) {
	one, two := `{"type":"FeatureCollection","features":[`+oneFeature+`]}`, `{"type":"FeatureCollection","features":[`+oneFeature+","+oneFeature+`]}`
	archive := inMemory("a.zip", packed(t, [2]string{"2024/north.geojson", one}, [2]string{"2025/north.geojson", two}, [2]string{"2025/south.json", one}, [2]string{"readme", "hello"}))
	bad := refusal(t, archive, Options{})
	if bad.Rule != "several-layers" || bad.File != "a.zip" || !strings.Contains(bad.Detail, `--layer NAME: "2024/north.geojson", "2025/north.geojson", "2025/south.json"`) {
		t.Error(bad)
	}
	for layer, count := range map[string]int{"2025/north.geojson": 2, "2025/north": 2, "South": 1, "south.json": 1, "2024/NORTH.geojson": 1} {
		all, _, _ := readAll(t, archive, Options{Layer: layer})
		if len(all) != count {
			t.Errorf("%s has %d features", layer, len(all))
		}
	}
	for _, layer := range []string{"north", "west"} {
		if bad := refusal(t, archive, Options{Layer: layer}); bad.Rule != "no-such-layer" || !strings.Contains(bad.Detail, "2024/north.geojson") {
			t.Error(bad)
		}
	}
	source, err := Open(t.Context(), archive, Options{Layer: "south"})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	if len(source.Layers) != 3 || source.Layers[0].Read || !source.Layers[2].Read || source.Format != "GeoJSON" || strings.Join(source.Wrapped, " ") != "zip" {
		t.Error(source)
	}
}

func TestAFileIsReadHoweverItIsPackedInAZip(t *testing.T) {
	inner := packed(t, [2]string{"a.geojson", "\ufeff" + oneFeature})
	for name, content := range map[string][]byte{
		"zip": inner, "zip in zip": packed(t, [2]string{"b.zip", string(inner)}),
	} {
		all, report, _ := readAll(t, inMemory(name, content), Options{})
		if len(all) != 1 || report.Err() != nil {
			t.Errorf("%s: %v %v", name, all, report)
		}
	}
	for range 6 {
		inner = packed(t, [2]string{"b.zip", string(inner)})
	}
	if bad := refusal(t, inMemory("deep.zip", inner), Options{}); bad.Rule != "too-deep" {
		t.Error(bad)
	}
}

func TestTheMapOfAKMZIsItsDocument(t *testing.T) {
	mark := func(n int) string { return "<kml>" + strings.Repeat("<Placemark>"+square+"</Placemark>", n) + "</kml>" }
	all, _, notes := readAll(t, inMemory("a.kmz", packed(t, [2]string{"files/more.kml", mark(1)}, [2]string{"doc.kml", mark(2)}, [2]string{"files/icon.png", "\x89PNG"})), Options{})
	if len(all) != 2 || len(notes) != 1 || !strings.Contains(notes[0], "left out (1)") {
		t.Error(all, notes)
	}
	all, _, _ = readAll(t, inMemory("a.kmz", packed(t, [2]string{"map.kml", mark(3)})), Options{})
	if len(all) != 3 {
		t.Error(all)
	}
}

func TestNothingOfAZipIsWrittenOrReadWithoutBound(t *testing.T) {
	t.Chdir(t.TempDir())
	all, _, _ := readAll(t, inMemory("a.zip", packed(t, [2]string{"../../etc/a.geojson", oneFeature}, [2]string{"/tmp/x/", ""})), Options{})
	if found, err := os.ReadDir("."); len(all) != 1 || len(found) != 0 || err != nil {
		t.Error(all, found, err)
	}
	bomb := packed(t, [2]string{"a.geojson", `{"type":"FeatureCollection","features":[` + strings.Repeat(" ", 4<<20) + "]}"})
	if bad := refusal(t, inMemory("bomb.zip", bomb), Options{Limit: 1 << 20}); bad.Rule != "too-large" {
		t.Error(bad)
	}
	if bad := refusal(t, inMemory("large.zip", bomb), Options{Limit: 1000}); bad.Rule != "too-large" {
		t.Error(bad)
	}
	var many [][2]string
	for i := range mostEntries + 1 {
		many = append(many, [2]string{fmt.Sprint(i), ""})
	}
	if bad := refusal(t, inMemory("many.zip", packed(t, many...)), Options{}); bad.Rule != "too-large" {
		t.Error(bad)
	}
	if bad := refusal(t, inMemory("a.docx", packed(t, [2]string{"word/document.xml", "<w:document/>"})), Options{}); bad.Rule != "unknown-format" || !strings.Contains(bad.Detail, `it holds: "word/document.xml"`) {
		t.Error(bad)
	}
	damaged := packed(t, [2]string{"a.geojson", strings.Repeat(oneFeature+"\n", 5000)})
	damaged[bytes.LastIndex(damaged, []byte("PK\x01\x02"))+16] ^= 0x55 // the checksum
	if bad := refusal(t, inMemory("damaged.zip", damaged), Options{}); bad.Rule != "unreadable" {
		t.Error(bad)
	}
	if bad := refusal(t, inMemory("a.zip", []byte("PK\x03\x04broken")), Options{}); bad.Rule != "truncated" {
		t.Error(bad)
	}
}
