package geojson_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/geojson"

	"github.com/paulmach/orb"
	orbjson "github.com/paulmach/orb/geojson"
)

// What is no shape of RFC 7946 (a ring, a bound) is written by orb as the
// polygon it stands for; what is empty is refused with its place.
func TestEveryShapeIsReadAsItWasWritten(t *testing.T) {
	shapes := append([]orb.Geometry{
		orb.Point{1, 2}, orb.MultiPoint{{1, 2}, {3, 4}}, orb.LineString{{0, 0}, {1, 1}}, orb.MultiLineString{{{0, 0}, {1, 1}}, {{2, 2}, {3, 3}}},
		orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}, orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}, {{{5, 5}, {6, 5}, {6, 6}, {5, 5}}}},
		orb.Ring{{0, 0}, {1, 0}, {1, 1}, {0, 0}}, orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{1, 1}},
		orb.Collection{orb.Point{1, 2}, orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}},
	}, orb.AllGeometries...)
	for i, shape := range shapes {
		if shape == nil {
			continue
		}
		text, err := json.Marshal(orbjson.NewGeometry(shape))
		if err != nil {
			t.Fatal(err)
		}
		report, read := &geojson.Report{}, orb.Geometry(nil)
		if err := geojson.Read(t.Context(), strings.NewReader(string(text)), "f", geojson.Options{}, report, func(f geojson.Feature) error {
			read = f.Geometry
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		switch {
		case read == nil && len(report.Faults) == 0:
			t.Errorf("%T %v vanished without a word", shape, shape)
		case i < 9 && read == nil:
			t.Errorf("%T is refused: %v", shape, report.Faults)
		case read != nil && !orb.Equal(read, orbjson.NewGeometry(shape).Geometry()) && len(report.Repairs) == 0:
			t.Errorf("%T %v became %v", shape, shape, read)
		}
	}
}

func ExampleRead() {
	const text = `{"type":"Feature","id":"a","properties":null,"geometry":{"type":"Polygon","coordinates":[[[0,0],[0,1],[1,1],[0,0]]]}}`
	report := &geojson.Report{}
	err := geojson.Read(context.Background(), strings.NewReader(text), "a.geojson", geojson.Options{}, report, func(f geojson.Feature) error {
		fmt.Println(f.ID, f.Geometry.GeoJSONType())
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range report.Repairs {
		fmt.Println(r)
	}
	// Output:
	// a Polygon
	// repaired: a.geojson: feature "a": winding at ring 0: the ring was reversed (RFC 7946: shells counter-clockwise, holes clockwise)
}
