package ogc

import (
	"fmt"
	"math"
	"testing"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/project"
	"pgregory.net/rapid"
)

func TestABoxInWebMercatorIsTheBoxInDegrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := func(name string, most float64) float64 { return rapid.Float64Range(-most, most).Draw(t, name) }
		south, north := number("south", 85), number("north", 85)
		low, high := orb.Point{number("west", 180), min(south, north)}, orb.Point{number("east", 180), max(south, north)}
		write := func(a, b orb.Point) string { return fmt.Sprintf("%v,%v,%v,%v", a[0], a[1], b[0], b[1]) }
		inDegrees, err := readBBox(write(low, high), crs84)
		if err != nil {
			t.Fatal(err)
		}
		inMetres, err := readBBox(write(project.WGS84.ToMercator(low), project.WGS84.ToMercator(high)), webMercator)
		if err != nil {
			t.Fatal(err)
		}
		for i, pair := range [][2]float64{{inDegrees.Min[0], inMetres.Min[0]}, {inDegrees.Min[1], inMetres.Min[1]}, {inDegrees.Max[0], inMetres.Max[0]}, {inDegrees.Max[1], inMetres.Max[1]}} {
			if math.Abs(pair[0]-pair[1]) > 1e-6 && math.Abs(low[0]-high[0]) > 1e-6 {
				t.Fatalf("end %d is %v in degrees and %v of metres", i, pair[0], pair[1])
			}
		}
		if inDegrees.Max[0] < inDegrees.Min[0] {
			t.Fatalf("%v does not run on eastward", inDegrees)
		}
	})
}

func TestADayIsTheSameHoweverItIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := data.Date(rapid.IntRange(1, 40_000).Draw(t, "day"))
		for _, form := range []string{"%s", "%sT", "%sT12:00:00Z", "%st12:00:00z", "%sT00:00:00", "%[1]s/%[1]s", "%[1]sT/%[1]sT23:59:59Z"} {
			text := fmt.Sprintf(form, day)
			got, err := readDatetime(text)
			if err != nil || got.From != day || got.To != day+1 {
				t.Fatalf("%s is read as %v, %v", text, got, err)
			}
		}
		for _, form := range []string{"%s/..", "%s/", "%sT/.."} {
			if got, err := readDatetime(fmt.Sprintf(form, day)); err != nil || got.From != day || got.To != 0 {
				t.Fatalf(form+" is read as %v, %v", day, got, err)
			}
		}
	})
}
