package geo

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"

	"github.com/paulmach/orb"
)

// readReference reads the polygons of a file of the reference data, and the
// names of the features they belong to.
func readReference(t testing.TB, name string) (layers []orb.MultiPolygon, ids []string) {
	t.Helper()
	text, err := os.ReadFile(referee.Reference(t, name))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Features []struct {
			Properties map[string]any
			Geometry   struct {
				Type        string
				Coordinates json.RawMessage
			}
		}
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	for _, f := range file.Features {
		var layer orb.MultiPolygon
		var into any = &layer
		if f.Geometry.Type == "Polygon" {
			layer = make(orb.MultiPolygon, 1)
			into = &layer[0]
		}
		if err := json.Unmarshal(f.Geometry.Coordinates, into); err != nil {
			t.Fatal(err)
		}
		id, _ := f.Properties["adm2_name"].(string)
		layers, ids = append(layers, layer), append(ids, id)
	}
	return layers, ids
}

// all is one layer of everything.
func all(layers []orb.MultiPolygon) (one orb.MultiPolygon) {
	for _, layer := range layers {
		one = append(one, layer...)
	}
	return one
}

// The figures are those of the reference data's README: areas by pyproj 3.4
// (GeographicLib), overlays by shapely 1.8 (GEOS 3.11). pyproj takes edges for
// geodesics; straight in longitude and latitude, the few long ones of the held
// area enclose 0.005 km² less (see TestGeographicLibAgrees).
func TestTheReferenceFiguresOfGaza(t *testing.T) {
	strip, _ := readReference(t, "gaza/strip.geojson")
	held, _ := readReference(t, "gaza/held-2025-10-19.geojson")
	governorates, _ := readReference(t, "gaza/governorates.geojson")

	near := func(what string, got, want, within float64) {
		t.Helper()
		if !(math.Abs(got-want) <= within) {
			t.Errorf("%s: %.4f, want %v", what, got, want)
		}
	}
	near("strip, km²", mustArea(t, all(strip))/1e6, 365.048, 0.0006)
	near("held, km²", mustArea(t, all(held))/1e6, 194.495, 0.006)
	for i, want := range []float64{61.152, 73.861, 58.386, 107.613, 64.036} {
		near("governorate, km²", mustArea(t, governorates[i])/1e6, want, 0.0006)
	}
	a := mustOverlay(t, Options{}, all(strip), all(held))
	near("held ∩ strip ÷ strip, %", 100*a.Of(3)/a.All(1), 53.140, 0.002)
	near("held ÷ strip, %", 100*a.All(2)/a.All(1), 53.279, 0.002)

	parts := mustOverlay(t, Options{}, append([]orb.MultiPolygon{all(strip)}, governorates...)...)
	near("governorates outside the strip, m²", parts.Total()-parts.All(1), 0, 1)
	near("strip outside the governorates, m²", parts.Of(1), 0, 1)
}

func TestTheReferenceFiguresOfTheOriginals(t *testing.T) {
	strip, _ := readReference(t, "gaza/originals/cod-ab-strip.geojson")
	held, _ := readReference(t, "gaza/originals/gazamaps-2025-10-19.geojson")
	governorates, ids := readReference(t, "gaza/originals/cod-ab-governorates.geojson")
	a := mustOverlay(t, Options{}, all(strip), all(held))
	if got := 100 * a.Of(3) / a.All(1); math.Abs(got-53.15) > 0.006 {
		t.Errorf("held ∩ strip ÷ strip: %.4f %%, want 53.15", got)
	}
	got := map[string]float64{}
	for i, g := range governorates {
		a := mustOverlay(t, Options{}, g, all(held))
		got[ids[i]] = 100 * a.Of(3) / a.All(1)
	}
	for id, want := range map[string]float64{
		"North Gaza": 64.81, "Gaza": 37.59, "Deir Al-Balah": 19.26, "Khan Younis": 54.73, "Rafah": 88.21,
	} {
		if math.Abs(got[id]-want) > 0.006 {
			t.Errorf("%s: %.4f %%, want %v (of %v)", id, got[id], want, got)
		}
	}
}

func TestTheReferenceFiguresOfUkraine(t *testing.T) {
	for day, want := range map[string]float64{
		"20240801": 109495.155, "20250201": 112204.280, "20250801": 114261.577, "20260201": 116449.944, "20260801": 117020.407,
	} {
		zones, _ := readReference(t, "ukraine/monthly/deepstatemap_data_"+day+".geojson")
		if got := mustArea(t, all(zones)) / 1e6; math.Abs(got-want) > 0.6 {
			t.Errorf("%s: %.3f km², want %v", day, got, want)
		}
	}
}
