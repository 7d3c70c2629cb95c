package arrange

import (
	"context"
	"slices"
	"testing"
)

func TestSelfCrossingTellsCrossingFromTouching(t *testing.T) {
	for _, c := range []struct {
		name    string
		line    []Point
		crosses bool
	}{
		{"a straight line", []Point{{0, 0}, {5, 0}, {9, 0}}, false},
		{"a loop that crosses in open segments", []Point{{0, 0}, {10, 0}, {10, 5}, {5, 5}, {5, -5}}, true},
		{"a loop that crosses at its own vertex", []Point{{0, 0}, {5, 0}, {10, 0}, {10, 5}, {5, 5}, {5, 0}, {5, -5}}, true},
		{"a vertex that touches a segment", []Point{{0, 0}, {10, 0}, {10, 5}, {5, 0}, {0, 5}}, false},
		{"a vertex on a segment that it crosses", []Point{{0, 0}, {10, 0}, {10, 5}, {5, 0}, {4, -5}}, true},
		{"a closed ring", []Point{{0, 0}, {5, 0}, {5, 5}, {0, 0}}, false},
		{"an end on a segment", []Point{{0, 0}, {10, 0}, {10, 5}, {5, 5}, {5, 0}}, false},
		{"there and back", []Point{{0, 0}, {10, 0}, {0, 0}}, false},
		{"a shared stretch left on the same side", []Point{{0, 0}, {10, 0}, {10, 5}, {7, 5}, {6, 0}, {3, 0}, {2, 5}}, false},
		{"a shared stretch left on the other side", []Point{{0, 0}, {10, 0}, {10, 5}, {7, 5}, {6, 0}, {3, 0}, {2, -5}}, true},
		{"a shared stretch run the same way, crossing", []Point{{0, 0}, {10, 0}, {10, 5}, {-2, 5}, {3, 0}, {6, 0}, {7, -5}}, true},
		{"a shared stretch run the same way, touching", []Point{{0, 0}, {10, 0}, {10, 5}, {-2, 5}, {3, 0}, {6, 0}, {7, 2}}, false},
	} {
		for _, reversed := range []bool{false, true} {
			line := slices.Clone(c.line)
			if reversed {
				slices.Reverse(line)
			}
			for _, turned := range []bool{false, true} {
				if turned {
					for i, p := range line {
						line[i] = Point{-p.Y, p.X}
					}
				}
				at, crosses, err := SelfCrossing(context.Background(), line)
				if err != nil || crosses != c.crosses {
					t.Errorf("%s (reversed %t, turned %t): %t at %v, %v", c.name, reversed, turned, crosses, at, err)
				}
			}
		}
	}
}
