package tiles

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"

	"github.com/demarc-map/demarc/internal/referee"
)

// sampleTiles writes the tiles of a made-up dataset to z/x/y.mvt in a temporary
// folder and returns their addresses and paths.
func sampleTiles(t *testing.T, last uint32) (addresses []address, paths []string) {
	t.Helper()
	dir := t.TempDir()
	set := tileset(t, sampleLayers(), Options{})
	pyramid(t, set, last, func(a address, b *Tile) {
		path := filepath.Join(dir, fmt.Sprint(a.z), fmt.Sprint(a.x), fmt.Sprint(a.y)+".mvt")
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Identity(), 0o644); err != nil {
			t.Fatal(err)
		}
		addresses, paths = append(addresses, a), append(paths, path)
	})
	return addresses, paths
}

// sampleLayers has every kind of geometry and tag, holes, pieces, and shapes
// that reach over tile borders.
func sampleLayers() []Layer {
	hole := orb.Ring{{34.42, 31.42}, {34.42, 31.45}, {34.46, 31.45}, {34.46, 31.42}, {34.42, 31.42}}
	comb := orb.Polygon{{{34.2, 31.3}, {34.7, 31.3}, {34.7, 31.32}, {34.25, 31.33}, {34.25, 31.36}, {34.7, 31.37}, {34.7, 31.4}, {34.2, 31.4}, {34.2, 31.3}}}
	territory := append(square(34.3, 31.4, 34.6, 31.6), hole)
	return []Layer{
		{"territories", []Feature{{"strip", orb.MultiPolygon{territory, comb}, []Tag{{"name", "The Strip"}, {"area_km2", 365.05}, {"disputed", true}}}}},
		{"zones", append(blocks(4, 4, 12, orb.Point{34.45, 31.4}, 0.2), Feature{"tiny", square(34.9, 31.1, 34.9001, 31.1001), []Tag{{"rank", -12}, {"big", int64(1) << 52}}})},
		{"control_lines", []Feature{{"line", orb.MultiLineString{{{34.2, 31.2}, {34.5, 31.5}, {34.55, 31.7}}, {{34.9, 31.1}, {34.91, 31.1}}}, []Tag{{"status", "agreed"}, {"name", "Línea 黄"}}}}},
		{"places", []Feature{{"", orb.MultiPoint{{34.3, 31.3}, {34.45, 31.5}}, nil}, {"gate", orb.Point{34.4, 31.45}, []Tag{{"name", ""}}}}},
	}
}

type decodedLayer struct {
	Name     string           `json:"name"`
	Version  uint32           `json:"version"`
	Extent   uint32           `json:"extent"`
	Features []decodedFeature `json:"features"`
}

type decodedFeature struct {
	ID         *float64       `json:"id"`
	Type       int            `json:"type"`
	Properties map[string]any `json:"properties"`
	Parts      [][][2]float64 `json:"parts"`
}

// byOrb decodes a tile with orb in the form that decode.mjs writes.
func byOrb(t *testing.T, path string) []decodedLayer {
	t.Helper()
	tile, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	layers, err := mvt.Unmarshal(tile)
	if err != nil {
		t.Fatal(err)
	}
	var decoded []decodedLayer
	for _, l := range layers {
		d := decodedLayer{Name: l.Name, Version: l.Version, Extent: l.Extent}
		for _, f := range l.Features {
			feature := decodedFeature{Properties: map[string]any{}}
			if id, ok := f.ID.(float64); ok {
				feature.ID = &id
			}
			for key, value := range f.Properties {
				feature.Properties[key] = value
				if v := reflect.ValueOf(value); v.CanInt() {
					feature.Properties[key] = float64(v.Int())
				}
			}
			feature.Type, feature.Parts = parts(f.Geometry)
			d.Features = append(d.Features, feature)
		}
		decoded = append(decoded, d)
	}
	return decoded
}

// parts flattens a geometry to points, lines or rings, in order.
func parts(g orb.Geometry) (kind int, all [][][2]float64) {
	add := func(positions []orb.Point) {
		var part [][2]float64
		for _, p := range positions {
			part = append(part, p)
		}
		all = append(all, part)
	}
	switch g := g.(type) {
	case orb.Point:
		return parts(orb.MultiPoint{g})
	case orb.LineString:
		return parts(orb.MultiLineString{g})
	case orb.Polygon:
		return parts(orb.MultiPolygon{g})
	case orb.MultiPoint:
		kind = 1
		for i := range g {
			add(g[i : i+1])
		}
	case orb.MultiLineString:
		kind = 2
		for _, line := range g {
			add(line)
		}
	case orb.MultiPolygon:
		kind = 3
		for _, polygon := range g {
			for _, ring := range polygon {
				add(ring)
			}
		}
	}
	return kind, all
}

func TestMapboxVectorTileReadsWhatOrbReads(t *testing.T) {
	node := referee.Program(t, "node", "node")
	dir := filepath.Join(referee.Root(), "tiles", "testdata", "decoders")
	if _, err := os.Stat(filepath.Join(dir, "node_modules")); err != nil {
		referee.Absent(t, "node", "run npm ci in tiles/testdata/decoders")
	}
	_, paths := sampleTiles(t, 12)
	command := exec.Command(node, append([]string{filepath.Join(dir, "decode.mjs")}, paths...)...)
	out, err := command.Output()
	if err != nil {
		t.Fatal(programError(err))
	}
	var tiles [][]decodedLayer
	if err := json.Unmarshal(out, &tiles); err != nil {
		t.Fatal(err)
	}
	if len(tiles) != len(paths) || len(paths) < 20 {
		t.Fatalf("%d tiles of %d", len(tiles), len(paths))
	}
	for i, path := range paths {
		if want := byOrb(t, path); !reflect.DeepEqual(tiles[i], want) {
			t.Errorf("%s differs:\n%v\n%v", path, tiles[i], want)
		}
	}
}

// programError adds what a program said to the error of running it.
func programError(err error) error {
	if exit := new(exec.ExitError); errors.As(err, &exit) {
		return fmt.Errorf("%w: %s", err, exit.Stderr)
	}
	return err
}

func TestGDALReadsWhatOrbReads(t *testing.T) {
	program := referee.Program(t, "gdal", "ogr2ogr")
	addresses, paths := sampleTiles(t, 10)
	for i := 0; i < len(paths); i += 7 { // a process a layer: a few tiles will do
		a, path := addresses[i], paths[i]
		for _, layer := range byOrb(t, path) {
			out, err := exec.Command(program, "-f", "GeoJSON", "/vsistdout/", "MVT:"+path, layer.Name, "-oo", "CLIP=NO", "-lco", "COORDINATE_PRECISION=8").Output()
			if err != nil {
				t.Fatalf("%v %s: %v", a, layer.Name, programError(err))
			}
			collection, err := geojson.UnmarshalFeatureCollection(out)
			if err != nil {
				t.Fatal(err)
			}
			if len(collection.Features) != len(layer.Features) {
				t.Errorf("%v %s: %d features of %d", a, layer.Name, len(collection.Features), len(layer.Features))
				continue
			}
			for k, f := range collection.Features {
				_, got := parts(toUnits(f.Geometry, a))
				if want := layer.Features[k].Parts; !reflect.DeepEqual(got, want) {
					t.Errorf("%v %s %d: %v, want %v", a, layer.Name, k, got, want)
				}
				for key, value := range layer.Features[k].Properties {
					if fmt.Sprint(f.Properties[key]) != fmt.Sprint(value) {
						t.Errorf("%v %s %d: %s is %v, want %v", a, layer.Name, k, key, f.Properties[key], value)
					}
				}
			}
		}
	}
}

// toUnits turns GDAL's web Mercator metres back into tile units.
func toUnits(g orb.Geometry, a address) orb.Geometry {
	const half = math.Pi * 6378137
	scale := 4096 * math.Exp2(float64(a.z)) / (2 * half)
	unit := func(p orb.Point) orb.Point {
		return orb.Point{math.Round((p[0]+half)*scale) - 4096*float64(a.x), math.Round((half-p[1])*scale) - 4096*float64(a.y)}
	}
	switch g := g.(type) {
	case orb.Point:
		return unit(g)
	case orb.MultiPoint:
		for i := range g {
			g[i] = unit(g[i])
		}
	case orb.LineString:
		for i := range g {
			g[i] = unit(g[i])
		}
	case orb.MultiLineString:
		for _, line := range g {
			toUnits(line, a)
		}
	case orb.Polygon:
		for _, ring := range g {
			toUnits(orb.LineString(ring), a)
		}
	case orb.MultiPolygon:
		for _, polygon := range g {
			toUnits(polygon, a)
		}
	}
	return g
}
