package foreign

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"

	"github.com/paulmach/orb"
	orbjson "github.com/paulmach/orb/geojson"
	"pgregory.net/rapid"
)

func TestWhatGDALWritesIsReadAsItWasGiven(t *testing.T) {
	ogr2ogr := referee.Program(t, "gdal", "ogr2ogr")
	folder := t.TempDir()
	shapes := rapid.Custom(func(t *rapid.T) orb.MultiPolygon {
		rings, around := nestedRings(t)
		got, _ := fromRings(scattered(t, rings, around, true))
		return got
	})
	given := orbjson.NewFeatureCollection()
	var want []orb.MultiPolygon
	for i := 0; len(want) < 40; i++ {
		shape := shapes.Example(i)
		if referee.Valid(shape) != nil {
			continue // GDAL loses its way among rings that share an edge
		}
		i := len(want)
		f := orbjson.NewFeature(shape)
		f.Properties["who"], f.Properties["n"] = fmt.Sprintf("Група %d & שם", i), i
		given.Append(f)
		want = append(want, shape)
	}
	text, err := given.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "given.geojson"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, flags := range map[string][]string{
		"a.shp": {"-f", "ESRI Shapefile", "-lco", "ENCODING=UTF-8"}, "z.shp": {"-f", "ESRI Shapefile", "-lco", "ENCODING=UTF-8", "-dim", "XYZ"}, "packed.shz": {"-f", "ESRI Shapefile", "-lco", "ENCODING=UTF-8"},
		"a.kml": {"-f", "KML"}, "lib.kml": {"-f", "LIBKML"}, "lib.kmz": {"-f", "LIBKML"},
	} {
		if out, err := exec.CommandContext(t.Context(), ogr2ogr, append(flags, filepath.Join(folder, name), filepath.Join(folder, "given.geojson"))...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", name, err, out)
		}
		file := onDisk(filepath.Join(folder, name))
		file.Beside = func(extension string) (io.ReadCloser, error) {
			return os.Open(strings.TrimSuffix(file.Name, filepath.Ext(name)) + "." + extension)
		}
		source, err := Open(t.Context(), file, Options{})
		if err != nil {
			t.Fatal(err)
		}
		i := 0
		for f, err := range source.features {
			mp, ok := f.Geometry.(orb.MultiPolygon)
			if p, single := f.Geometry.(orb.Polygon); single {
				mp, ok = orb.MultiPolygon{p}, true
			}
			who, n := fmt.Sprintf("Група %d & שם", i), int64(i)
			if err != nil || !ok || !slices.Equal(canonical(mp), canonical(want[i])) || !slices.Contains(f.Properties, Property{"who", who}) || !slices.Contains(f.Properties, Property{"n", n}) {
				t.Fatalf("%s: feature %d is %v %v\nnot %v, %v", name, i, f.Properties, canonical(mp), canonical(want[i]), err)
			}
			i++
		}
		source.Close()
		if i != len(want) {
			t.Errorf("%s: %d features", name, i)
		}
	}
}
