package geo

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// Every line is what of it lies along others and what does not; and what lies along
// them is near them.
func TestWhatLiesAlongLinesIsNearThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := orb.Point{34.4, 31.4}
		line := orb.LineString(coast(rapid.IntRange(3, 40).Draw(t, "vertices"), at, 0.1, rapid.Uint64().Draw(t, "seed")))
		other := orb.LineString(coast(rapid.IntRange(3, 40).Draw(t, "others"), at, 0.1, rapid.Uint64().Draw(t, "other")))
		metres := rapid.Float64Range(5, 3000).Draw(t, "metres")
		near, err := Along(orb.MultiLineString{line}, orb.MultiLineString{other}, metres)
		if err != nil {
			t.Fatal(err)
		}
		index := mustIndex(t, orb.MultiLineString{other})
		far, f := 0.0, farther{index: index, limit: metres}
		for i := range len(line) - 1 {
			for _, s := range f.append(nil, directed{line[i], line[i+1]}) {
				far += Length(orb.LineString{s.from, s.to})
			}
		}
		if got, want := Length(near)+far, Length(line); math.Abs(got-want) > 1e-6*want {
			t.Fatalf("%g m along and apart, of %g m", got, want)
		}
		for _, part := range near {
			for _, p := range part {
				if _, distance, _, _ := index.Nearest(p); distance > metres*1.002+0.01 {
					t.Fatalf("%v is %g m away, not %g", p, distance, metres)
				}
			}
		}
	})
}

func TestALineLiesAlongItself(t *testing.T) {
	line := orb.MultiLineString{{{34.3, 31.3}, {34.35, 31.31}, {34.34, 31.35}}}
	got, err := Along(line, line, 1)
	if err != nil || len(got) != 1 || math.Abs(Length(got)-Length(line)) > 1e-6 {
		t.Errorf("%v %v", got, err)
	}
	if got, err := Along(line, nil, 1); err != nil || len(got) != 0 {
		t.Errorf("%v %v", got, err)
	}
}
