package geo

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

func TestALineThatDoesNotCutIsToldWhy(t *testing.T) {
	square := orb.MultiPolygon{{ringAt(0, 0, 1, 0, 1, 1, 0, 1)}}
	const back, ends = "it comes back on itself near [0.3 0]", "its ends are"
	for _, c := range []struct {
		name    string
		line    orb.LineString
		extendM float64
		want    string
	}{
		{"through and back on itself", lineAt(.3, -.5, .3, 1.5, .3, -.5), 0, back},
		{"back on itself in parts", lineAt(.3, -.5, .3, .7, .3, 1.5, .3, .2, .3, -.5), 0, back},
		{"in, and back on itself", lineAt(.3, -.5, .3, .5, .3, -.5), 0, back},
		{"the same, prolonged", lineAt(.3, -.5, .3, .5, .3, -.5), 1000, back},
		{"short of the boundary", lineAt(.3, .1, .3, .9), 0, ends},
		{"back to short of the boundary", lineAt(.3, .1, .3, 1.5, .3, .5), 0, ends},
		{"outside", lineAt(2, 0, 2, 1), 0, ends},
		{"outside, and back on itself", lineAt(2, 0, 2, 1, 2, 0), 0, ends},
		{"along the boundary and back", lineAt(0, 0, 1, 0, 0, 0), 0, ends},
	} {
		_, err := Split(context.Background(), square, c.line, SplitOptions{ExtendM: c.extendM})
		if !errors.Is(err, ErrNoCut) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}
