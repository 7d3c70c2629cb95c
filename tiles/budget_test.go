package tiles

import (
	"context"
	"fmt"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/maptile"
)

func TestTheSizeBudgetDropsTheSmallestAndSaysSo(t *testing.T) {
	centre := orb.Point{34, 31}
	zones := blocks(30, 30, 8, centre, 3)
	at := maptile.At(centre, 6)
	for _, opt := range []Options{{MaxBytes: 20_000}, {MaxFeatures: 100}, {MaxBytes: 5_000, MaxFeatures: 50}, {MaxBytes: 300}} {
		whole := tileset(t, []Layer{{"zones", zones}, {"places", []Feature{{"p", centre, nil}}}}, Options{})
		set := tileset(t, []Layer{{"zones", zones}, {"places", []Feature{{"p", centre, nil}}}}, opt)
		all, err := whole.Tile(context.Background(), 6, at.X, at.Y)
		if err != nil {
			t.Fatal(err)
		}
		body, err := set.Tile(context.Background(), 6, at.X, at.Y)
		if err != nil {
			t.Fatal(err)
		}
		layers, err := mvt.Unmarshal(body.Identity())
		if err != nil {
			t.Fatal(err)
		}
		if err := checkTile(body.Identity(), []string{"zones", "places", OmittedLayer}, 64); err != nil {
			t.Error(err)
		}
		o := set.options
		kept, least := map[float64]bool{}, 0.0
		sizes := map[float64]float64{}
		for i, f := range set.prepared.features[:len(zones)] {
			sizes[float64(f.id)] = set.prepared.features[i].size
		}
		count := 0
		for _, l := range layers {
			if l.Name == OmittedLayer {
				continue
			}
			count += len(l.Features)
			for _, f := range l.Features {
				id := f.ID.(float64)
				if l.Name == "zones" && (least == 0 || sizes[id] < least) {
					least = sizes[id]
				}
				kept[id] = true
			}
		}
		if len(body.Identity()) > o.MaxBytes || count > o.MaxFeatures {
			t.Errorf("%d bytes, %d features with %+v", len(body.Identity()), count, opt)
		}
		if len(body.Identity()) < o.MaxBytes*8/10 && count < o.MaxFeatures && o.MaxBytes > 1000 {
			t.Errorf("only %d bytes of %d, %d features of %d", len(body.Identity()), o.MaxBytes, count, o.MaxFeatures)
		}
		allLayers, err := mvt.Unmarshal(all.Identity())
		if err != nil {
			t.Fatal(err)
		}
		dropped := 0
		for _, l := range allLayers {
			for _, f := range l.Features {
				if id := f.ID.(float64); !kept[id] {
					dropped++
					if sizes[id] > least && least > 0 {
						t.Errorf("feature %.0f is dropped and larger than one that is kept", id)
					}
				}
			}
		}
		last := layers[len(layers)-1]
		if last.Name != OmittedLayer || fmt.Sprint(last.Features[0].Properties["dropped"]) != fmt.Sprint(dropped) {
			t.Errorf("%d are dropped, the tile says %s %v", dropped, last.Name, last.Features[0].Properties)
		}
		if body.Notes.Dropped != dropped || all.Notes.Dropped != 0 {
			t.Errorf("notes say %+v", body.Notes)
		}
	}
}

// A tile of very many features costs no more than one that is full: what
// cannot fit is left out before it is drawn.
func TestPreselectionLeavesOutOnlyWhatCannotFit(t *testing.T) {
	centre := orb.Point{34, 31}
	set := tileset(t, []Layer{{"zones", blocks(60, 60, 8, centre, 3)}}, Options{MaxBytes: 12_000})
	at := maptile.At(centre, 7)
	c := set.canvases.Get().(*canvas)
	c.view = set.options.view(7, at.X, at.Y)
	found := find(set.parts, nil, c.view.search())
	total := len(found)
	kept, dropped := c.preselect(found)
	if len(kept) != 1000 || dropped != total-1000 {
		t.Errorf("%d kept and %d dropped of %d", len(kept), dropped, total)
	}
	body, err := set.Tile(context.Background(), 7, at.X, at.Y)
	if err != nil {
		t.Fatal(err)
	}
	if n := body.Notes.Dropped; n <= dropped {
		t.Errorf("%d dropped", n)
	}
}
