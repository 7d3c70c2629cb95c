package server_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// featurePage is a page of features as a client reads it.
type featurePage struct {
	Type                          string
	NumberMatched, NumberReturned int
	Links                         []struct{ Href, Rel, Type string }
	Features                      []struct {
		Type, ID   string
		Geometry   struct{ Coordinates any }
		Properties map[string]any
	}
}

func (p *featurePage) ids() []string {
	out := []string{}
	for _, f := range p.Features {
		out = append(out, f.ID)
	}
	return out
}

// next is the path of the next page, "" on the last.
func (p *featurePage) next() string {
	for _, l := range p.Links {
		if l.Rel == "next" {
			return strings.TrimPrefix(l.Href, "http://localhost")
		}
	}
	return ""
}

// fetch asks for a page.
func fetch(t rapid.TB, s http.Handler, path string) featurePage {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), "GET", "http://demarc.example"+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	var p featurePage
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Code != 200 {
		t.Fatalf("%s: %d %v %.300s", path, w.Code, err, w.Body)
	}
	if p.NumberReturned != len(p.Features) {
		t.Fatalf("%s: %d features, said to be %d", path, len(p.Features), p.NumberReturned)
	}
	return p
}

const oceanZones = "/ogc/collections/ocean-zones/items"

// drawFilter draws a filter and says which zones pass it.
func drawFilter(t *rapid.T) (url.Values, func(oceanZone) bool) {
	values, checks := url.Values{}, []func(oceanZone) bool{}
	if rapid.Bool().Draw(t, "by place") {
		west, south := rapid.IntRange(-18_000, 17_999).Draw(t, "west"), rapid.IntRange(-100, 1000).Draw(t, "south")
		if rapid.Bool().Draw(t, "near") {
			west = rapid.SampledFrom([]int{16_950, 17_100, 17_500, 17_900, -18_000, -17_900, -17_200}).Draw(t, "west near")
		}
		east, north := west+rapid.IntRange(0, 900).Draw(t, "width"), south+rapid.IntRange(0, 400).Draw(t, "height")
		turned := east
		if turned > 18_000 {
			turned -= 36_000
		}
		values.Set("bbox", fmt.Sprintf("%.2f,%.2f,%.2f,%.2f", float64(west)/100, float64(south)/100, float64(turned)/100, float64(north)/100))
		if rapid.Bool().Draw(t, "with heights") {
			values.Set("bbox", fmt.Sprintf("%.2f,%.2f,-5,%.2f,%.2f,10", float64(west)/100, float64(south)/100, float64(turned)/100, float64(north)/100))
		}
		checks = append(checks, func(z oceanZone) bool {
			return z.meets(west, south, east, north) || z.meets(west-36_000, south, east-36_000, north) || z.meets(west+36_000, south, east+36_000, north)
		})
	}
	if rapid.Bool().Draw(t, "by time") {
		text, first, last := drawDatetime(t)
		values.Set("datetime", text)
		checks = append(checks, func(z oceanZone) bool { return z.from <= last && (z.to == 0 || z.to > first) })
	}
	if rapid.Bool().Draw(t, "by property") {
		values.Set("basis", "a")
		values.Set("x_even", "true")
		values.Set("accuracy_m", "50.00")
		checks = append(checks, func(z oceanZone) bool {
			var i int
			_, err := fmt.Sscanf(z.id, "zone-%d", &i)
			return err == nil && z.basis == "a" && i%2 == 0 && i%3 == 0
		})
	}
	return values, func(z oceanZone) bool {
		return !slices.ContainsFunc(checks, func(passes func(oceanZone) bool) bool { return !passes(z) })
	}
}

// meets decides in whole numbers: neither the sides of the box nor those of the
// triangle keep the two apart.
func (z oceanZone) meets(west, south, east, north int) bool {
	if max(z.x[0], z.x[1], z.x[2]) < west || min(z.x[0], z.x[1], z.x[2]) > east || max(z.y[0], z.y[1], z.y[2]) < south || min(z.y[0], z.y[1], z.y[2]) > north {
		return false
	}
	for i := range 3 { // the triangles run counter-clockwise
		j, outside := (i+1)%3, 0
		for _, c := range [4][2]int{{west, south}, {east, south}, {east, north}, {west, north}} {
			if (z.x[j]-z.x[i])*(c[1]-z.y[i])-(z.y[j]-z.y[i])*(c[0]-z.x[i]) < 0 {
				outside++
			}
		}
		if outside == 4 {
			return false
		}
	}
	return true
}

// drawDatetime draws a datetime in one of the forms that are taken, and its
// first and last day; open ends are far away.
func drawDatetime(t *rapid.T) (text string, first, last int) {
	const far = 1_000_000
	write := func(n int, name string) string {
		day := oceanDay(n)
		return day + rapid.SampledFrom([]string{"", "T", "t", "T00:00:00Z", "T23:59:59.5Z", "T12:00:00", "t12:00:00z"}).Draw(t, name)
	}
	first = rapid.IntRange(-10, 100).Draw(t, "first day")
	last = first + rapid.IntRange(0, 40).Draw(t, "days")
	open := rapid.SampledFrom([]string{"", ".."}).Draw(t, "open end")
	switch rapid.IntRange(0, 5).Draw(t, "form") {
	case 0:
		return write(first, "at"), first, first
	case 1:
		return write(first, "from") + "/" + write(last, "to"), first, last
	case 2:
		return write(first, "from") + "/" + open, first, far
	case 3:
		return open + "/" + write(last, "to"), -far, last
	case 4: // the same moment in another zone is another day
		return oceanDay(first) + "T23:30:00-05:00", first + 1, first + 1
	}
	return open + "/" + open, -far, far
}

func TestPagesVisitEveryFeatureOnceAndOnlyThoseAskedFor(t *testing.T) {
	served, s := oceanHandler(t)
	other := drawOcean(2, "Another ocean").snapshot
	rapid.Check(t, func(t *rapid.T) {
		values, passes := drawFilter(t)
		var want []string
		for _, z := range theOcean().zones {
			if passes(z) {
				want = append(want, z.id)
			}
		}
		limit := rapid.IntRange(1, 60).Draw(t, "limit")
		values.Set("limit", fmt.Sprint(limit))
		var got []string
		path := oceanZones + "?" + values.Encode()
		reloadAt := rapid.IntRange(0, 5).Draw(t, "reload before page")
		for n := 0; path != ""; n++ {
			if n == reloadAt && n > 0 { // the first page was of the ocean; the rest still are
				if err := served.Publish(context.Background(), other); err != nil {
					t.Fatal(err)
				}
			}
			p := fetch(t, s, path)
			if p.NumberMatched != len(want) || len(p.Features) > limit || len(p.Features) < limit && p.next() != "" {
				t.Fatalf("%s: %d of %d features, not of %d", path, len(p.Features), p.NumberMatched, len(want))
			}
			got = append(got, p.ids()...)
			path = p.next()
		}
		if err := served.Publish(context.Background(), theOcean().snapshot); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%s\n%v\nnot\n%v", values.Encode(), got, want)
		}
	})
}

func TestADaysItemsAreThatDaysMap(t *testing.T) {
	_, s := oceanHandler(t)
	rapid.Check(t, func(t *rapid.T) {
		day, basis := rapid.IntRange(0, 90).Draw(t, "day"), rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "basis")
		query := url.Values{"as_of": {oceanDay(day)}, "limit": {"1000"}}
		if basis != "" {
			query.Set("basis", basis)
		}
		var want []string
		for _, z := range theOcean().zones {
			if z.from <= day && (z.to == 0 || day < z.to) && (z.basis == basis || basis == "" && z.basis == "a") {
				want = append(want, z.id)
			}
		}
		if len(want) == 0 {
			t.Skip("a day that is not mapped")
		}
		if p := fetch(t, s, oceanZones+"?"+query.Encode()); !slices.Equal(p.ids(), want) {
			t.Fatalf("%v: %v, not %v", query, p.ids(), want)
		}
	})
}

func TestWebMercatorIsLongitudeAndLatitudeAgain(t *testing.T) {
	_, s := oceanHandler(t)
	for _, collection := range []string{"ocean-zones", "ocean-territories"} {
		path := "/ogc/collections/" + collection + "/items?limit=1000"
		plain, projected := fetch(t, s, path), fetch(t, s, path+"&crs=http://www.opengis.net/def/crs/EPSG/0/3857")
		n := 0
		for i := range plain.Features {
			a, b := positions(plain.Features[i].Geometry.Coordinates), positions(projected.Features[i].Geometry.Coordinates)
			for k := range a {
				const radius = 6378137
				lon, lat := b[k][0]/radius*180/math.Pi, math.Atan(math.Sinh(b[k][1]/radius))*180/math.Pi
				if math.Abs(lon-a[k][0]) > 1e-9 || math.Abs(lat-a[k][1]) > 1e-9 {
					t.Fatalf("%s: %v comes back as %v %v", plain.Features[i].ID, a[k], lon, lat)
				}
				n++
			}
		}
		if n == 0 {
			t.Errorf("%s: nothing compared", collection)
		}
	}
	box := url.Values{"bbox": {"18924313.43,0,-18924313.43,1118889.97"}, "bbox-crs": {"http://www.opengis.net/def/crs/EPSG/0/3857"}, "limit": {"1000"}}
	wide := url.Values{"bbox": {"-3e7,-3e7,3e7,3e7"}, "bbox-crs": box["bbox-crs"], "limit": {"1000"}}
	if got := fetch(t, s, oceanZones+"?"+box.Encode()); got.NumberMatched != 137 {
		t.Errorf("a box across the antimeridian in metres finds %d", got.NumberMatched)
	}
	if got := fetch(t, s, oceanZones+"?"+wide.Encode()); got.NumberMatched != 137 {
		t.Errorf("a window beyond the square finds %d", got.NumberMatched)
	}
}

// positions lists the positions of GeoJSON coordinates of any depth.
func positions(v any) [][]float64 {
	list, _ := v.([]any)
	if len(list) > 0 {
		if _, ok := list[0].(float64); ok {
			return [][]float64{{list[0].(float64), list[1].(float64)}}
		}
	}
	var out [][]float64
	for _, member := range list {
		out = append(out, positions(member)...)
	}
	return out
}

func TestEveryFeatureHasEveryPropertyOfItsCollection(t *testing.T) {
	_, s := oceanHandler(t)
	p := fetch(t, s, oceanZones+"?limit=1000")
	nulls := 0
	for _, f := range p.Features {
		for _, name := range []string{"id", "party", "basis", "status", "valid_from", "valid_to", "source", "accuracy_m", "name_en", "x_even", "counts", "mark"} {
			v, ok := f.Properties[name]
			if !ok {
				t.Fatalf("%s lacks %s", f.ID, name)
			}
			if v == nil {
				nulls++
			}
		}
		if len(f.Properties) != 12 {
			t.Errorf("%s has %d properties: %v", f.ID, len(f.Properties), f.Properties)
		}
		if _, err := time.Parse(time.DateOnly, fmt.Sprint(f.Properties["valid_from"])); err != nil {
			t.Error(err)
		}
	}
	if nulls == 0 {
		t.Error("no open end among the zones")
	}
}
