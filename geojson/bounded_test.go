package geojson_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/geojson"
)

// nested is a point of n bytes in as many collections.
func nested(depth, n int) string {
	text := `{"type":"MultiPoint","x":"` + strings.Repeat("a", n) + `","coordinates":[[34.35,31.35]]}`
	return strings.Repeat(`{"type":"GeometryCollection","geometries":[`, depth) + text + strings.Repeat(`]}`, depth)
}

func TestNestingCostsNoMemory(t *testing.T) {
	allocated := func(depth int) float64 {
		text := nested(depth, 2<<20)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		report, count := &geojson.Report{}, 0
		err := geojson.Read(t.Context(), strings.NewReader(text), "f", geojson.Options{}, report, func(geojson.Feature) error { count++; return nil })
		runtime.ReadMemStats(&after)
		if err != nil || report.Err() != nil || count != 1 {
			t.Fatal(count, err, report.Err())
		}
		return float64(after.TotalAlloc - before.TotalAlloc)
	}
	if flat, deep := allocated(1), allocated(30); deep > 1.5*flat {
		t.Errorf("%.0f bytes in 30 collections, %.0f in one", deep, flat)
	}
}

// untilRead cancels a context once as many bytes were read of a text.
type untilRead struct {
	r      *strings.Reader
	left   int
	cancel context.CancelFunc
}

func (u *untilRead) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	if u.left -= n; u.left <= 0 {
		u.cancel()
	}
	return n, err
}

func TestACancelledReadingEndsWithItsCause(t *testing.T) {
	for _, left := range []int{0, 100_000, 1 << 30} {
		ctx, cancel := context.WithCancel(t.Context())
		if left == 0 {
			cancel()
		}
		defer cancel()
		err := geojson.Read(ctx, &untilRead{strings.NewReader(many(5000)), left, cancel}, "f", geojson.Options{}, &geojson.Report{}, func(geojson.Feature) error { return nil })
		if left < 1<<30 && !errors.Is(err, context.Canceled) || left == 1<<30 && err != nil {
			t.Errorf("after %d bytes: %v", left, err)
		}
	}
}

func TestHolesOfALargeShellEndAtTheDeadline(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"type":"Polygon","coordinates":[[`)
	const vertices, across = 20000, 70
	for i := range vertices {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / vertices)
		fmt.Fprintf(&b, "[%f,%f],", 34.4+0.2*cos, 31.4+0.2*sin)
	}
	b.WriteString(`[34.6,31.4]]`)
	for i := range across * across {
		x, y, d := 34.28+0.24*float64(i%across)/across, 31.28+0.24*float64(i/across)/across, 0.08/across
		fmt.Fprintf(&b, ",[[%f,%f],[%f,%f],[%f,%f],[%f,%f]]", x, y, x, y+d, x+d, y, x, y)
	}
	b.WriteString(`]}`)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	report := &geojson.Report{}
	err := geojson.Read(ctx, strings.NewReader(b.String()), "f", geojson.Options{}, report, func(geojson.Feature) error { return nil })
	if !errors.Is(err, context.DeadlineExceeded) || len(report.Faults) > 0 {
		t.Error(err, report.Faults)
	}
}

func TestACRSIsReadAsJSON(t *testing.T) {
	for crs, good := range map[string]bool{
		`null`: true, `"EPSG:4326"`: true,
		`{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}`:    true,
		`{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4326"}}`:       true,
		`{"type":"name","properties":{"name":"EPSG:4281","note":"no EPSG::4326"}}`: false,
		`{"type":"name","properties":{"name":"EPSG:4281","note":null}}`:            false,
		`{"type":"link","properties":{"name":"EPSG:4326"}}`:                        false, `"EPSG:2039"`: false, `7`: false, `{}`: false,
	} {
		report := &geojson.Report{}
		err := geojson.Read(t.Context(), strings.NewReader(`{"type":"Point","coordinates":[34,31],"crs":`+crs+`}`), "f", geojson.Options{}, report, func(geojson.Feature) error { return nil })
		if err != nil || (len(report.Faults) == 0) != good {
			t.Errorf("%s: %v %v", crs, err, report.Faults)
		}
	}
}

func TestAFaultRepeatsNoLongName(t *testing.T) {
	report := &geojson.Report{}
	text := `{"type":"Feature","id":"` + strings.Repeat("ع", 1<<19) + `","geometry":{"type":"Point","coordinates":[1]}}`
	if err := geojson.Read(t.Context(), strings.NewReader(text), "f", geojson.Options{}, report, func(geojson.Feature) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if len(report.Faults) != 1 || len(report.Faults[0].Error()) > 600 {
		t.Errorf("%d bytes", len(report.Err().Error()))
	}
}

func TestAFaultInACollectionNamesItsPlace(t *testing.T) {
	for text, place := range map[string]string{
		`{"type":7}`:                         "geometry 0, geometry 1, geometry",
		`{"type":"Point","coordinates":[1]}`: "geometry 0, geometry 1, coordinates",
		`7`:                                  "geometry 0, geometry 1, geometry",
	} {
		report := &geojson.Report{}
		text = `{"type":"GeometryCollection","geometries":[{"geometries":[{"type":"Point","coordinates":[1,1]},` + text + `,{"type":8}],"type":"GeometryCollection"}]}`
		if err := geojson.Read(t.Context(), strings.NewReader(text), "f", geojson.Options{}, report, func(geojson.Feature) error { return nil }); err != nil {
			t.Fatal(err)
		}
		if len(report.Faults) != 1 || report.Faults[0].Place != place {
			t.Errorf("%s: %v, not at %s", text, report.Faults, place)
		}
	}
}
