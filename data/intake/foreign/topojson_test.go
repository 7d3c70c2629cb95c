package foreign

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// topoText writes a topology of one layer, whose shapes are of arcs.
func topoText(t interface{ Fatal(...any) }, arcs [][][2]float64, transform string, geometries ...string) string {
	text, err := json.Marshal(arcs)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf(`{"type":"Topology",%s"objects":{"layer":{"type":"GeometryCollection","geometries":[%s]}},"arcs":%s}`, transform, strings.Join(geometries, ","), text)
}

// Law: shapes that share arcs, which run either way and begin anywhere, come back as they were.
func TestLawShapesAreReadOfTheArcsTheyShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 5).Draw(t, "squares") // side by side, each shares its west with the one before
		quantised := rapid.Bool().Draw(t, "quantised")
		var arcs [][][2]float64
		index := map[[2]int]int{} // from column and kind to arc: 0 the side on the west, 1 the way round east of it but the next side
		turned := map[int]bool{}
		add := func(key [2]int, line ...[2]float64) {
			number := len(arcs)
			if turned[number] = rapid.Bool().Draw(t, "turned"); turned[number] {
				for i, j := 0, len(line)-1; i < j; i, j = i+1, j-1 {
					line[i], line[j] = line[j], line[i]
				}
			}
			arcs, index[key] = append(arcs, line), number
		}
		for i := range n + 1 {
			x := float64(i)
			add([2]int{i, 0}, [2]float64{x, 0}, [2]float64{x, 1}) // north
			add([2]int{i, 1}, [2]float64{x, 1}, [2]float64{x + 1, 1})
			add([2]int{i, 2}, [2]float64{x, 0}, [2]float64{x + 1, 0})
		}
		use := func(key [2]int, backwards bool) string {
			number := index[key]
			if turned[number] != backwards {
				number = ^number
			}
			return fmt.Sprint(number)
		}
		var geometries []string
		for i := range n { // clockwise, as d3 has them, or not: none is prescribed
			ring := []string{use([2]int{i, 0}, false), use([2]int{i, 1}, false), use([2]int{i + 1, 0}, true), use([2]int{i, 2}, true)}
			if rapid.Bool().Draw(t, "counter-clockwise") {
				ring = []string{use([2]int{i, 2}, false), use([2]int{i + 1, 0}, false), use([2]int{i, 1}, true), use([2]int{i, 0}, true)}
			}
			geometries = append(geometries, fmt.Sprintf(`{"type":"Polygon","id":%d,"properties":{"n":%d},"arcs":[[%s]]}`, i, i, strings.Join(ring, ",")))
		}
		transform := ""
		if quantised {
			transform = `"transform":{"scale":[0.5,2],"translate":[10,20]},`
			for _, line := range arcs {
				for i := len(line) - 1; i > 0; i-- {
					line[i][0], line[i][1] = line[i][0]-line[i-1][0], line[i][1]-line[i-1][1]
				}
			}
		}
		all, report := features(t, inMemory("f", []byte(topoText(t, arcs, transform, geometries...))), Options{})
		if report.Err() != nil || len(report.Repairs) > 0 || len(all) != n {
			t.Fatalf("%v of %v", report, geometries)
		}
		for i, f := range all {
			want := orb.Bound{Min: orb.Point{float64(i), 0}, Max: orb.Point{float64(i + 1), 1}}
			if quantised {
				want = orb.Bound{Min: orb.Point{10 + 0.5*float64(i), 20}, Max: orb.Point{10 + 0.5*float64(i+1), 22}}
			}
			if f.Geometry.Bound() != want || len(f.Geometry.(orb.Polygon)[0]) != 5 || f.ID != fmt.Sprint(i) || string(f.Properties) != fmt.Sprintf(`{"n":%d}`, i) {
				t.Fatalf("%v is not %v", f, want)
			}
		}
	})
}

func TestTopoJSONHasShapesOfEveryKind(t *testing.T) {
	arcs := [][][2]float64{{{0, 0}, {1, 0}}, {{1, 0}, {1, 1}}, {{1, 1}, {0, 0}}}
	for text, want := range map[string]orb.Geometry{
		`{"type":"Point","coordinates":[1,2]}`: orb.Point{1, 2}, `{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}`: orb.MultiPoint{{1, 2}, {3, 4}},
		`{"type":"LineString","arcs":[0,1]}`: orb.LineString{{0, 0}, {1, 0}, {1, 1}}, `{"type":"LineString","arcs":[-2]}`: orb.LineString{{1, 1}, {1, 0}},
		`{"type":"MultiLineString","arcs":[[0],[-3,-2]]}`: orb.MultiLineString{{{0, 0}, {1, 0}}, {{0, 0}, {1, 1}, {1, 0}}},
		`{"type":"Polygon","arcs":[[0,1,2]]}`:             orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}},
		`{"type":"MultiPolygon","arcs":[[[-1,-3,-2]]]}`:   orb.MultiPolygon{{{{1, 0}, {1, 1}, {0, 0}, {1, 0}}}},
		`{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"LineString","arcs":[0]}]}`: orb.Collection{orb.Point{1, 2}, orb.LineString{{0, 0}, {1, 0}}},
		`{"type":null}`: nil,
	} {
		source, err := Open(t.Context(), inMemory("f", []byte(topoText(t, arcs, "", text))), Options{})
		if err != nil {
			t.Fatal(text, err)
		}
		for f, err := range source.features {
			same := f.Geometry == nil && want == nil || f.Geometry != nil && want != nil && fmt.Sprint(f.Geometry) == fmt.Sprint(want)
			if err != nil || !same {
				t.Errorf("%s: %v %v", text, f.Geometry, err)
			}
		}
	}
	point := `{"type":"Topology","transform":{"scale":[2,2],"translate":[1,1]},"arcs":[],"objects":{"a":{"type":"Point","coordinates":[3,4]}}}`
	all, report := features(t, inMemory("f", []byte(point)), Options{})
	if report.Err() != nil || len(all) != 1 || all[0].Geometry != orb.Geometry(orb.Point{7, 9}) {
		t.Error(all, report)
	}
}

func TestALayerOfATopologyIsChosen(t *testing.T) {
	bad := refusal(t, onDisk("testdata/json/two-layers.topojson"), Options{})
	for _, word := range []string{"--layer", `"zones" (features: 3)`, `"other" (features: 1)`} {
		if !strings.Contains(bad.Detail, word) {
			t.Errorf("%v has no %s", bad, word)
		}
	}
	source, all := zonesOf(t, onDisk("testdata/json/two-layers.topojson"), Options{Layer: "other"})
	if len(all) != 1 || math.Abs(all["Група Б"].area-0.5) > 1e-4 || len(source.Layers) != 2 || !source.Layers[1].Read {
		t.Error(all, source.Layers)
	}
}

func TestABrokenTopologyIsRefused(t *testing.T) {
	arcs := [][][2]float64{{{0, 0}, {1, 0}}, {{1, 0}, {1, 1}}, {}}
	for geometry, word := range map[string]string{
		`{"type":"LineString","arcs":[3]}`: "there is no arc 3", `{"type":"LineString","arcs":[-4]}`: "there is no arc -4", `{"type":"LineString","arcs":[0.5]}`: "whole number",
		`{"type":"LineString","arcs":[1,0]}`: "ends at", `{"type":"LineString","arcs":[2]}`: "no position", `{"type":"Polygon","arcs":[[0]]}`: "ring 0", `{"type":"Circle"}`: "Circle", `{"type":7}`: "no type",
		`{"type":"LineString","arcs":[1e300]}`: "whole number", `{"type":"LineString","arcs":{}}`: "array", `{"type":"Polygon","arcs":[[]]}`: "ring 0",
		strings.Repeat(`{"type":"GeometryCollection","geometries":[`, 40) + strings.Repeat("]}", 40): "deep",
		`{"type":"MultiLineString","arcs":[` + strings.Repeat("[0],", 500) + `[0]]}`:                 "times over",
	} {
		bad := refusal(t, inMemory("f", []byte(topoText(t, arcs, "", geometry))), Options{})
		if bad.Rule != "topojson" && bad.Rule != "json" || !strings.Contains(bad.Detail, word) {
			t.Errorf("%s: %v", geometry, bad)
		}
	}
	for text, word := range map[string]string{`{"type":"Topology","objects":{}}`: "no layer", `{"type":"Topology","objects":{"a":{"type":"Po`: "cut off", `{"type":"Topology","transform":{"scale":[1]},"objects":{},"arcs":[]}`: "two numbers",
		`{"type":"Topology","objects":{"a":{"type":null}},"arcs":[]} 1`: "follows"} {
		if bad := refusal(t, inMemory("f", []byte(text)), Options{}); !strings.Contains(bad.Error(), word) {
			t.Errorf("%s: %v", text, bad)
		}
	}
}

func TestArcsThatAreUsedTooOftenAreRefused(t *testing.T) {
	var line [][2]float64
	for i := range 1000 {
		line = append(line, [2]float64{float64(i) / 10, 0})
	}
	var geometries []string
	for range 1000 {
		geometries = append(geometries, `{"type":"LineString","arcs":[0]}`)
	}
	text := topoText(t, [][][2]float64{line}, "", geometries...)
	if bad := refusal(t, inMemory("f", []byte(text)), Options{Limit: 1 << 20}); bad.Rule != "too-large" || bad.Feature == "" {
		t.Error(bad)
	}
}
