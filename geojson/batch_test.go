package geojson_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/geojson"
)

// many returns a collection of squares; those whose number is in broken have no geometry.
func many(n int, broken ...int) string {
	var features []string
	for i := range n {
		geometry := fmt.Sprintf(`{"type":"Polygon","coordinates":[[[%d,0],[%d,0],[%d,1],[%d,0]]]}`, i%100, i%100+1, i%100+1, i%100)
		for _, b := range broken {
			if b == i {
				geometry = "null"
			}
		}
		features = append(features, fmt.Sprintf(`{"type":"Feature","id":%d,"properties":null,"geometry":%s}`, i, geometry))
	}
	return `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`
}

func TestManyFeaturesComeInTheirOrderWithTheirFaults(t *testing.T) {
	report, next := &geojson.Report{}, 0
	err := geojson.Read(t.Context(), strings.NewReader(many(1000, 3, 500, 999)), "f", geojson.Options{}, report, func(f geojson.Feature) error {
		for next == 3 || next == 500 {
			next++
		}
		if f.Index != next || f.ID != fmt.Sprint(next) {
			t.Fatalf("feature %d with id %s, %d was to come", f.Index, f.ID, next)
		}
		next++
		return nil
	})
	if err != nil || next != 999 {
		t.Fatalf("%d features, %v", next, err)
	}
	for i, want := range []string{"3", "500", "999"} {
		if len(report.Faults) != 3 || report.Faults[i].Feature != want {
			t.Fatalf("faults %v", report.Faults)
		}
	}
}

func TestWhatComesBeforeABrokenTextIsHandedOn(t *testing.T) {
	text := many(200, 10)
	at := strings.Index(text, `"id":150`)
	report, count := &geojson.Report{}, 0
	err := geojson.Read(t.Context(), strings.NewReader(text[:at]+`]`), "f", geojson.Options{}, report, func(geojson.Feature) error { count++; return nil })
	if err != nil || count != 149 {
		t.Fatalf("%d features, %v", count, err)
	}
	if len(report.Faults) != 2 || report.Faults[0].Feature != "10" || report.Faults[1].Feature != "#150" {
		t.Errorf("faults %v", report.Faults)
	}
}

func TestReadingEndsAtTheFirstErrorOfTheCallerAndAtTheLimit(t *testing.T) {
	stop, count := errors.New("stop"), 0
	err := geojson.Read(t.Context(), strings.NewReader(many(5000)), "f", geojson.Options{}, &geojson.Report{}, func(geojson.Feature) error {
		if count++; count == 70 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) || count != 70 {
		t.Errorf("%d features, %v", count, err)
	}
	count = 0
	err = geojson.Read(t.Context(), strings.NewReader(many(5000)), "f", geojson.Options{Vertices: 1000}, &geojson.Report{}, func(geojson.Feature) error { count++; return nil })
	if !errors.Is(err, geojson.ErrTooLarge) || count != 250 {
		t.Errorf("%d features, %v", count, err)
	}
}
