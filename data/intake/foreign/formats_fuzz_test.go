package foreign

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/geojson"
)

// survives reads whatever a file is: it is refused, or is a GeoJSON text of a size
// that follows from its own.
func survives(t *testing.T, file File, size int) {
	t.Helper()
	options := Options{Limit: 1 << 20}
	source, err := Open(context.Background(), file, options)
	var bad geojson.Fault
	if err != nil {
		if !errors.As(err, &bad) {
			t.Fatalf("%v is no fault", err)
		}
		return
	}
	defer source.Close()
	var text bytes.Buffer
	if _, err := io.Copy(&text, io.LimitReader(source.Text(), 64<<20)); err != nil {
		if !errors.As(err, &bad) {
			t.Fatalf("%v is no fault", err)
		}
		return
	}
	if text.Len() > 1<<16+400*(size+1<<10) {
		t.Fatalf("%d bytes become %d", size, text.Len())
	}
	report := &geojson.Report{}
	if err := geojson.Read(context.Background(), &text, file.Name, geojson.Options{Vertices: 10_000, MaxSteps: 1e6}, report, func(geojson.Feature) error { return nil }); err != nil && !errors.Is(err, geojson.ErrTooLarge) {
		t.Fatal(err)
	}
	for _, f := range report.Faults {
		if f.Rule == "json" || f.Rule == "duplicate-member" || f.Rule == "wrong-type" {
			t.Fatalf("what is written is no GeoJSON: %v", f)
		}
	}
}

func FuzzKML(f *testing.F) {
	names, _ := filepath.Glob("testdata/kml/*.kml")
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b))
	}
	f.Add("<kml><Document><Style id='a'><PolyStyle><color>7f0000ff</color></PolyStyle></Style><StyleMap id='b'><Pair><key>normal</key><styleUrl>#b</styleUrl></Pair></StyleMap><Style><Folder/></Style><Placemark><styleUrl>#b</styleUrl>" + square + "</Placemark></Document></kml>")
	f.Fuzz(func(t *testing.T, text string) {
		if isKML([]byte(text)) {
			survives(t, inMemory("a.kml", []byte(text)), len(text))
		}
	})
}

func FuzzShapefile(f *testing.F) {
	for _, name := range []string{"utf8", "cp1251", "zm", "edited", "qgis"} {
		var parts [5][]byte
		for i, extension := range []string{"shp", "shx", "dbf", "cpg", "prj"} {
			var err error
			if parts[i], err = os.ReadFile("testdata/shapefile/" + name + "." + extension); err != nil {
				f.Fatal(err)
			}
		}
		f.Add(parts[0], parts[1], parts[2], string(parts[3]), string(parts[4]))
	}
	f.Fuzz(func(t *testing.T, shp, shx, dbf []byte, cpg, prj string) {
		if !isShapefile(shp) {
			return
		}
		beside := map[string][]byte{"shx": shx, "dbf": dbf, "cpg": []byte(cpg), "prj": []byte(prj)}
		survives(t, shapefile(shp, beside), len(shp)+len(shx)+len(dbf))
	})
}

func FuzzZip(f *testing.F) {
	for _, name := range []string{"testdata/zip/folder.zip", "testdata/kml/libkml.kmz"} {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b, "")
	}
	f.Add(packed(f, [2]string{"a.geojson", oneFeature}, [2]string{"b/../a.geojson", oneFeature}), "a")
	f.Add(packed(f, [2]string{"a.zip", string(packed(f, [2]string{"a.geojson", strings.Repeat(oneFeature, 3)}))}), "")
	f.Fuzz(func(t *testing.T, archive []byte, layer string) {
		if !isZip(archive) {
			return
		}
		source, err := Open(context.Background(), inMemory("a.zip", archive), Options{Limit: 1 << 20, Layer: layer})
		var bad geojson.Fault
		if err != nil {
			if !errors.As(err, &bad) {
				t.Fatalf("%v is no fault", err)
			}
			return
		}
		defer source.Close()
		if n, err := io.Copy(io.Discard, source.Text()); n > 400<<20 || err != nil && !errors.As(err, &bad) {
			t.Fatalf("%d bytes, %v", n, err)
		}
	})
}
