package foreign

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/geojson"
)

// wrongOf is what is wrong with a file that is read to its end.
func wrongOf(file File, options Options) (bad geojson.Fault, ok bool) {
	source, err := Open(context.Background(), file, options)
	if err == nil {
		_, err = io.Copy(io.Discard, source.Text())
		err = errors.Join(err, source.Close())
	}
	return bad, errors.As(err, &bad)
}

func TestAFileThatIsCutOffIsToldToBe(t *testing.T) {
	whole := func(name string) []byte {
		b, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	var zipped, packed bytes.Buffer
	z := zip.NewWriter(&zipped)
	in, err := z.Create("a.geojson")
	if err != nil {
		t.Fatal(err)
	}
	g := gzip.NewWriter(&packed)
	text := `{"type":"FeatureCollection","features":[` + oneFeature + "]}"
	for _, w := range []io.Writer{in, g} {
		_, _ = io.WriteString(w, text)
	}
	if err := errors.Join(z.Close(), g.Close()); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{
		"gdal.gpkg": whole("geopackage/gdal.gpkg"), "gdal.fgb": whole("flatgeobuf/gdal.fgb"), "no-index.fgb": whole("flatgeobuf/no-index.fgb"),
		"a.zip": zipped.Bytes(), "a.kmz": whole("kml/libkml.kmz"), "a.geojson.gz": packed.Bytes(), "utf8.shp": whole("shapefile/utf8.shp"),
	} {
		if bad, ok := wrongOf(inMemory(name, content), Options{}); ok {
			t.Fatalf("%s: %v", name, bad)
		}
		for _, part := range []int{len(content) / 4, len(content) / 2, len(content) - len(content)/8, len(content) - 1} {
			bad, ok := wrongOf(inMemory(name, content[:part]), Options{})
			if !ok || bad.Rule != "truncated" || !strings.Contains(bad.Detail, "cut off, so get it again") || strings.Contains(bad.Detail, "refused") {
				t.Errorf("%s, %d bytes of %d: %v", name, part, len(content), bad)
			}
		}
	}
	table := whole("shapefile/utf8.dbf")
	for _, part := range []int{0, 20, 40, len(table) / 2, len(table) - 3} {
		beside := map[string][]byte{"dbf": table[:part], "prj": whole("shapefile/utf8.prj"), "cpg": []byte("UTF-8")}
		bad, ok := wrongOf(shapefile(whole("shapefile/utf8.shp"), beside), Options{})
		if !ok || bad.Rule != "truncated" || !strings.Contains(bad.Detail, "the .dbf ends after") {
			t.Errorf("%d bytes of a table: %v", part, bad)
		}
	}
	if bad, _ := wrongOf(inMemory("a.gpkg", whole("geopackage/gdal.gpkg")[:50_000]), Options{}); !strings.Contains(bad.Detail, "after 50000 bytes of 106496") {
		t.Error(bad)
	}
}

func TestAFeatureThatCannotBeReadIsToldOnce(t *testing.T) {
	b, err := os.ReadFile("testdata/flatgeobuf/no-index.fgb")
	if err != nil {
		t.Fatal(err)
	}
	for i := len(b) - 1; i > len(b)-300; i-- {
		wrong := bytes.Clone(b)
		wrong[i] ^= 0x55
		if bad, ok := wrongOf(inMemory("a.fgb", wrong), Options{}); ok && (strings.Contains(bad.Detail, ": a.fgb:") || strings.Contains(bad.Detail, "refused:")) {
			t.Fatal(bad)
		}
	}
}
