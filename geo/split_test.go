package geo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/demarc-map/demarc/internal/referee"
)

// squareDegrees is the area in square degrees.
func squareDegrees(mp orb.MultiPolygon) float64 {
	sum := 0.0
	for _, r := range ringsOf(mp) {
		for i := 1; i < len(r); i++ {
			sum += (r[i-1][0]-r[0][0])*(r[i][1]-r[0][1]) - (r[i][0]-r[0][0])*(r[i-1][1]-r[0][1])
		}
	}
	return sum / 2
}

func ringAt(xy ...float64) orb.Ring {
	var r orb.Ring
	for i := 0; i < len(xy); i += 2 {
		r = append(r, orb.Point{xy[i], xy[i+1]})
	}
	return append(r, r[0])
}

func lineAt(xy ...float64) orb.LineString {
	r := ringAt(xy...)
	return orb.LineString(r[:len(r)-1])
}

// reference reads polygons and lines of the reference data.
func reference(t testing.TB, name string) (polygons []orb.MultiPolygon, lines []orb.LineString) {
	t.Helper()
	data, err := os.ReadFile(referee.Reference(t, name))
	if err != nil {
		t.Fatal(err)
	}
	var collection struct {
		Features []struct {
			Geometry struct {
				Type        string
				Coordinates json.RawMessage
			}
		}
	}
	if err := json.Unmarshal(data, &collection); err != nil {
		t.Fatal(err)
	}
	for _, f := range collection.Features {
		var polygon orb.Polygon
		var multi orb.MultiPolygon
		var line orb.LineString
		switch f.Geometry.Type {
		case "Polygon":
			err = json.Unmarshal(f.Geometry.Coordinates, &polygon)
			polygons = append(polygons, orb.MultiPolygon{polygon})
		case "MultiPolygon":
			err = json.Unmarshal(f.Geometry.Coordinates, &multi)
			polygons = append(polygons, multi)
		case "LineString":
			err = json.Unmarshal(f.Geometry.Coordinates, &line)
			lines = append(lines, line)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return polygons, lines
}

func TestSplitByKindOfLine(t *testing.T) {
	square := orb.MultiPolygon{{ringAt(0, 0, 10, 0, 10, 10, 0, 10)}}
	u := orb.MultiPolygon{{ringAt(0, 0, 10, 0, 10, 10, 7, 10, 7, 3, 3, 3, 3, 10, 0, 10)}}
	holed := orb.MultiPolygon{{square[0][0], ringAt(4, 4, 4, 6, 6, 6, 6, 4)}}
	two := orb.MultiPolygon{square[0], {ringAt(20, 0, 30, 0, 30, 10, 20, 10)}}
	halves := orb.MultiPolygon{{ringAt(0, 0, 10, 0, 10, 5, 0, 5)}, {ringAt(0, 5, 10, 5, 10, 10, 0, 10)}}
	for _, c := range []struct {
		name                           string
		territory                      orb.MultiPolygon
		line                           orb.LineString
		extendM                        float64
		left, right, pocket, unreached float64
		err                            error
	}{
		{"a line beyond both ends", square, lineAt(5, -1, 5, 11), 0, 50, 50, 0, 0, nil},
		{"ends on the boundary", square, lineAt(5, 0, 5, 10), 0, 50, 50, 0, 0, nil},
		{"ends at corners", square, lineAt(0, 0, 10, 10), 0, 50, 50, 0, 0, nil},
		{"ends short of the boundary", square, lineAt(5, 0.05, 5, 9.95), 0, 0, 0, 0, 0, ErrNoCut},
		{"ends short of the boundary but prolonged", square, lineAt(5, 0.05, 5, 9.95), 6000, 50, 50, 0, 0, nil},
		{"a line along the boundary", square, lineAt(0, 0, 10, 0), 0, 0, 0, 0, 0, ErrNoCut},
		{"a line outside", square, lineAt(11, 0, 12, 10), 0, 0, 0, 0, 0, ErrNoCut},
		{"a line that crosses a U twice", u, lineAt(-1, 5, 11, 5), 0, 30, 42, 0, 0, nil},
		{"a zigzag over the boundary", square, lineAt(-1, 5, 5, 5, 5, 12, 7, 12, 7, -1), 0, 25 + 30, 45, 0, 0, nil},
		{"a line through a hole", holed, lineAt(5, -1, 5, 11), 0, 48, 48, 0, 0, nil},
		{"a line that ends in a hole", holed, lineAt(5, -1, 5, 5), 0, 0, 0, 0, 0, ErrNoCut},
		{"a loop at the end of a line", square, lineAt(5, -1, 5, 5, 7, 7, 3, 7, 5, 5), 0, 4, 96, 0, 0, nil},
		{"a loop with land on both sides", square, lineAt(5, -1, 5, 5, 7, 7, 3, 7, 5, 5, 4, 4, 4, -1), 0, 4 + 4.5, 91.5, 0, 0, nil},
		{"a pocket between two crossings", square, lineAt(-1, 2, 11, 2, 11, 11, -2, 11, -2, 8, 10.5, 8), 0, 20, 20, 60, 0, nil},
		{"a line that crosses itself", square, lineAt(5, -1, 5, 8, 2, 8, 2, 4, 8, 4, 8, 11), 0, 0, 0, 0, 0, ErrSelfCrossing},
		{"there and back", square, lineAt(5, -1, 5, 11, 5, -1), 0, 0, 0, 0, 0, ErrNoCut},
		{"a second island", two, lineAt(5, -1, 5, 11), 0, 50, 50, 0, 100, nil},
		{"a territory of two halves", halves, lineAt(5, 11, 5, -1), 0, 50, 50, 0, 0, nil},
		{"halves of which the line touches one", halves, lineAt(-1, 2, 11, 2), 0, 80, 20, 0, 0, nil},
		{"one position twice", square, lineAt(5, 5, 5, 5), 0, 0, 0, 0, 0, ErrDegenerateLine},
		{"no position", square, nil, 0, 0, 0, 0, 0, ErrDegenerateLine},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Split(context.Background(), c.territory, c.line, SplitOptions{ExtendM: c.extendM})
			if !errors.Is(err, c.err) {
				t.Fatalf("error %v, want %v", err, c.err)
			}
			t.Logf("%v, dangling %.0f m", err, got.DanglingM)
			if err != nil {
				return
			}
			for i, part := range []orb.MultiPolygon{got.Left, got.Right, got.Pocket, got.Unreached} {
				if want := []float64{c.left, c.right, c.pocket, c.unreached}[i]; math.Abs(squareDegrees(part)-want) > 1e-9 {
					t.Errorf("part %d has %g square degrees, want %g", i, squareDegrees(part), want)
				}
				if err := referee.Valid(part); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func TestSplitOfTheStripByTheYellowLine(t *testing.T) {
	strip, _ := reference(t, "gaza/strip.geojson")
	_, lines := reference(t, "gaza/yellow-line.geojson")
	got, err := Split(context.Background(), strip[0], lines[0], SplitOptions{ExtendM: 30})
	if err != nil {
		t.Fatal(err)
	}
	left := mustArea(t, got.Left)
	percent := 100 * left / mustArea(t, strip[0])
	t.Logf("left %.3f km² %.4f %% of %d polygons, right %d, pocket %d, unreached %d, dangling %.1f m",
		left/1e6, percent, len(got.Left), len(got.Right), len(got.Pocket), len(got.Unreached), got.DanglingM)
	if math.Abs(percent-54.529) > 0.02 { // shapely 1.8 with GEOS 3.11, pyproj 3.4 areas
		t.Errorf("%.4f %% on the left, want 54.529", percent)
	}
	if _, err := Split(context.Background(), strip[0], lines[0], SplitOptions{}); !errors.Is(err, ErrNoCut) {
		t.Errorf("without prolongation: %v", err)
	} else {
		t.Log(err)
	}
}

// drawSplit draws a star-shaped territory, perhaps with a hole and an island, and a line.
func drawSplit(t *rapid.T) (orb.MultiPolygon, orb.LineString) {
	star := func(x, y, least, most float64, flip bool) orb.Ring {
		n := rapid.IntRange(3, 30).Draw(t, "corners")
		var r orb.Ring
		for i := range n {
			a := 2 * math.Pi * float64(i) / float64(n)
			if flip {
				a = -a
			}
			d := rapid.Float64Range(least, most).Draw(t, "radius")
			r = append(r, orb.Point{x + d*math.Cos(a), y + d*math.Sin(a)})
		}
		return append(r, r[0])
	}
	p := orb.Polygon{star(34.4, 31.4, 0.05, 0.1, false)}
	if rapid.Bool().Draw(t, "hole") {
		p = append(p, star(34.4, 31.4, 0.001, 0.02, true))
	}
	mp := orb.MultiPolygon{p}
	if rapid.Bool().Draw(t, "island") {
		mp = append(mp, orb.Polygon{star(34.55, 31.4, 0.01, 0.04, false)})
	}
	var line orb.LineString
	for range rapid.IntRange(2, 8).Draw(t, "positions") {
		if rapid.IntRange(0, 3).Draw(t, "corner") == 0 {
			line = append(line, p[0][rapid.IntRange(0, len(p[0])-1).Draw(t, "which")])
		} else {
			line = append(line, orb.Point{rapid.Float64Range(34.2, 34.7).Draw(t, "x"), rapid.Float64Range(31.2, 31.6).Draw(t, "y")})
		}
	}
	return mp, line
}

func TestSplitPartsMakeUpTheTerritory(t *testing.T) {
	cut := 0
	rapid.Check(t, func(t *rapid.T) {
		territory, line := drawSplit(t)
		got, err := Split(context.Background(), territory, line, SplitOptions{ExtendM: rapid.Float64Range(0, 2000).Draw(t, "extend")})
		if err != nil {
			return
		}
		cut++
		parts := slices.Concat(got.Left, got.Right, got.Pocket, got.Unreached)
		for _, part := range []orb.MultiPolygon{got.Left, got.Right, got.Pocket, got.Unreached} {
			if err := referee.Valid(part); err != nil {
				t.Fatal(err)
			}
		}
		if a, b := squareDegrees(parts), squareDegrees(territory); math.Abs(a-b) > 1e-8 {
			t.Fatalf("parts sum to %.12g of %.12g", a, b)
		}
	})
	if cut < 5 {
		t.Fatalf("only %d lines cut", cut)
	}
}

func TestReversingTheLineSwapsItsSides(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		territory, line := drawSplit(t)
		opt := SplitOptions{ExtendM: rapid.Float64Range(0, 2000).Draw(t, "extend")}
		a, errA := Split(context.Background(), territory, line, opt)
		slices.Reverse(line)
		b, errB := Split(context.Background(), territory, line, opt)
		b.Left, b.Right = b.Right, b.Left
		if (errA == nil) != (errB == nil) || fmt.Sprint(a.Left, a.Right, a.Pocket, a.Unreached) != fmt.Sprint(b.Left, b.Right, b.Pocket, b.Unreached) ||
			math.Abs(a.DanglingM-b.DanglingM) > 1e-6 {
			t.Fatalf("%v %v\n%v\n%v", errA, errB, a, b)
		}
	})
}

// ringsOf lists the rings of polygons.
func ringsOf(polygons ...orb.MultiPolygon) []orb.Ring {
	var rings []orb.Ring
	for _, mp := range polygons {
		for _, p := range mp {
			for _, r := range p {
				rings = append(rings, r)
			}
		}
	}
	return rings
}
