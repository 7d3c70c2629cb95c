package export_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/export"
)

// positions counts the positions of GeoJSON, whatever they are nested in.
func positions(coordinates any) int {
	list, _ := coordinates.([]any)
	n := 0
	for _, each := range list {
		if _, number := each.(float64); number {
			return 1
		}
		n += positions(each)
	}
	return n
}

func TestAnEditionIsAsLargeAsItsFileSays(t *testing.T) {
	s := hostile(t)
	for _, basis := range []string{"traced", "line-cut"} {
		e := edition(t, s, basis)
		f, _ := export.Find("geojson")
		var file struct {
			Features []struct {
				Properties map[string]any
				Geometry   struct{ Coordinates any }
			}
		}
		if err := json.Unmarshal(written(t, f, s, e), &file); err != nil {
			t.Fatal(err)
		}
		all, parts := data.Size{}, data.Size{}
		for _, f := range file.Features {
			all.Features++
			all.Positions += positions(f.Geometry.Coordinates)
			for name, value := range f.Properties {
				if text, ok := value.(string); ok && name != "layer" {
					all.Text += len(text)
				}
			}
		}
		for _, section := range s.SectionNames() {
			size := s.Size(e, section)
			parts.Features, parts.Positions, parts.Text = parts.Features+size.Features, parts.Positions+size.Positions, parts.Text+size.Text
		}
		got := s.Size(e)
		if got != parts || got.Features != all.Features || got.Positions != all.Positions || got.Text < all.Text {
			t.Errorf("%s: %+v, its sections %+v, its file %+v", basis, got, parts, all)
		}
	}
}

// Every file is within what it was weighed as, and a layer of little is light.
func TestAFileIsWithinItsWeight(t *testing.T) {
	s := hostile(t)
	e := edition(t, s, s.Dataset.Basis)
	whole, _ := export.Find("geojson")
	for _, f := range export.Formats() {
		weight, size := f.Weight(s, e), int64(len(written(t, f, s, e)))
		const empty = 128 << 10 // of a GeoPackage that holds nothing
		if size > weight+empty || weight > whole.Weight(s, e) || strings.HasPrefix(f.Suffix, data.PlacesSection) && 2*weight > whole.Weight(s, e) {
			t.Errorf("%s has %d bytes and weighs %d of %d", f.Suffix, size, weight, whole.Weight(s, e))
		}
	}
}
