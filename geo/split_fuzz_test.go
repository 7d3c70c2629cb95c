package geo

import (
	"context"
	"errors"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/demarc-map/demarc/internal/referee"
)

// parsePaths reads "x y x y …; x y …": paths of degrees.
func parsePaths(text string) []orb.LineString {
	var paths []orb.LineString
	for part := range strings.SplitSeq(text, ";") {
		fields := strings.Fields(part)
		var path orb.LineString
		for i := 0; i+1 < len(fields); i += 2 {
			x, errX := strconv.ParseFloat(fields[i], 64)
			y, errY := strconv.ParseFloat(fields[i+1], 64)
			if errX == nil && errY == nil {
				path = append(path, orb.Point{x, y})
			}
		}
		paths = append(paths, path)
	}
	return paths
}

func FuzzSplit(f *testing.F) {
	for _, seed := range []struct {
		territory, line string
		extendM         float64
	}{
		{"0 0 10 0 10 10 0 10 0 0", "5 -1 5 11", 0},
		{"0 0 10 0 10 10 0 10 0 0", "5 0 5 10", 0},
		{"0 0 10 0 10 10 0 10 0 0; 4 4 4 6 6 6 6 4 4 4", "0 0 10 10", 0},
		{"34.2 31.2 34.6 31.2 34.6 31.6 34.2 31.6 34.2 31.2", "34.2001 31.4 34.3 31.45 34.5999 31.4", 30},
		{"34.2 31.2 34.6 31.2 34.6 31.6 34.2 31.6 34.2 31.2", "34.1 31.3 34.7 31.3 34.7 31.7 34.1 31.7 34.1 31.5 34.65 31.5", 0},
		{"34.2 31.2 34.6 31.6 34.6 31.2 34.2 31.6 34.2 31.2", "34.3 31 34.3 32", 0}, // a bowtie
		{"179 0 -179 0 -179 2 179 2 179 0", "180 -1 -180 3", 0},                     // over the antimeridian
		{"34.2 31.2 34.6 31.2 34.6 31.6", "34.3 31.3 34.4 31.4 34.3 31.4 34.4 31.3", 1e3},
		{"0 0 1e-9 0 0 1e-9", "0 0 1e-9 1e-9", 1e-3},
	} {
		f.Add(seed.territory, seed.line, seed.extendM)
	}
	f.Fuzz(func(t *testing.T, territory, line string, extendM float64) {
		if len(territory)+len(line) > 1000 {
			return
		}
		var p orb.Polygon
		for _, path := range parsePaths(territory) {
			p = append(p, orb.Ring(path))
		}
		mp := orb.MultiPolygon{p}
		got, err := Split(context.Background(), mp, parsePaths(line)[0], SplitOptions{ExtendM: extendM})
		if err != nil {
			for _, known := range []error{ErrNoCut, ErrSelfCrossing, ErrDegenerateLine, ErrCoordinate, ErrPole, ErrWide, ErrReach} {
				if errors.Is(err, known) {
					return
				}
			}
			t.Fatal(err)
		}
		sum, perimeter := 0.0, 0.0
		for _, part := range []orb.MultiPolygon{got.Left, got.Right, got.Pocket, got.Unreached} {
			if err := referee.Valid(part); err != nil {
				t.Fatalf("%v in %v", err, part)
			}
			sum += mustArea(t, part)
			perimeter += planarPerimeter(ringsOf(part)...)
		}
		want := mustOverlay(t, Options{}, mp).All(1)
		if math.Abs(sum-want) > 2e-6*degree2*(perimeter+planarPerimeter(ringsOf(mp)...))+1 {
			t.Fatalf("parts have %g m² of %g", sum, want)
		}
		if !(got.DanglingM >= 0) {
			t.Fatalf("dangling %g", got.DanglingM)
		}
	})
}
