package geo

import (
	"context"
	"testing"

	"github.com/demarc-map/demarc/internal/carry"

	"github.com/paulmach/orb"
)

func TestAPanicInAWorkerOfASweepIsThatOfWhoAsked(t *testing.T) {
	set, err := readLayers([]orb.MultiPolygon{{{{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}}}}, NonZero, false)
	if err != nil {
		t.Fatal(err)
	}
	for i := range set.edges {
		set.edges[i].ring = 1 << 20 // which is not there
	}
	if carry.Recover(func() { _, _ = set.sweep(context.Background(), Options{Workers: 2}) }) == nil {
		t.Fatal("a spoilt set of edges was measured")
	}
}
