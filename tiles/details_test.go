package tiles

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"

	"github.com/demarc-map/demarc/data"
)

// country is a map of a side squared zones; every seventh does not count.
func country(side int) []Layer {
	zones := blocks(side, side, 3, orb.Point{31.3, 48.6}, 6)
	for i := range zones {
		zones[i].Tags = append(zones[i].Tags, Tag{"counts", i%7 != 0})
	}
	return []Layer{{data.ZonesSection, zones}, {data.HeldLayer, []Feature{{ID: "north", Geometry: square(28.3, 45.6, 34.3, 51.6)}}}}
}

func TestAZoneOfManyIsInTheTilesInWhichItIsLargeEnough(t *testing.T) {
	layers := country(36)
	set, err := newTilesetWith(t.Context(), layers, detailsOf(layers), Options{})
	if err != nil {
		t.Fatal(err)
	}
	number := map[float64]int{}
	for i := range layers[0].Features {
		number[float64(FeatureID(layers[0].Features[i].ID))] = i
	}
	first, last := uint32(math.MaxUint32), uint32(0)
	for z := uint32(0); z <= 9; z++ {
		least := math.Ldexp(detailSide*8, set.options.shift(z))
		seen := map[int]bool{}
		for at, body := range shown(t, set, z) {
			found, shown := find(set.parts, nil, (&Options{Extent: 4096, Buffer: 64}).square(at.z, at.x, at.y)), 0
			for _, i := range found {
				f := &set.prepared.features[set.prepared.parts[i].feature]
				if !f.detail || f.size >= least*least {
					shown++
				}
			}
			if body.Notes.Small != len(found)-shown || body.Notes.Dropped != 0 {
				t.Errorf("%d/%d/%d leaves out %+v, and %d of %d are too small", at.z, at.x, at.y, body.Notes, len(found)-shown, len(found))
			}
			layers, err := mvt.Unmarshal(body.Identity())
			if err != nil {
				t.Fatal(err)
			}
			said := "0"
			for _, l := range layers {
				switch l.Name {
				case data.ZonesSection:
					for _, f := range l.Features {
						seen[number[f.ID.(float64)]] = true
					}
				case OmittedLayer:
					said = fmt.Sprint(l.Features[0].Properties["small"])
				}
			}
			if said != strconv.Itoa(body.Notes.Small) {
				t.Errorf("%d/%d/%d says that %s are too small, of %d", at.z, at.x, at.y, said, body.Notes.Small)
			}
		}
		for i := range layers[0].Features {
			f := &set.prepared.features[i]
			if want := i%7 == 0 || f.size >= least*least; f.detail && seen[i] != want || !f.detail && z > 3 && !seen[i] {
				t.Errorf("zoom %d: zone %d is seen: %v", z, i, seen[i])
			}
			if f.detail {
				first, last = min(first, uint32(f.first)), max(last, uint32(f.first))
			}
		}
	}
	if first < 3 || last > 9 {
		t.Errorf("zones come from zoom %d to %d", first, last)
	}
	if fields := set.Fields(); fields[0].First != 0 || fields[1].First != 0 {
		t.Errorf("the layers are there from zooms %d and %d; zones that do not count are from 0", fields[0].First, fields[1].First)
	}
}

// square is the box that a tile is searched in.
func (o *Options) square(z, x, y uint32) box {
	v := o.view(z, x, y)
	return v.search()
}

func TestTheZonesLayerBeginsWhereItsFirstZoneDoes(t *testing.T) {
	layers := country(36)
	for i := range layers[0].Features {
		layers[0].Features[i].Tags[len(layers[0].Features[i].Tags)-1].Value = true
	}
	set, err := newTilesetWith(t.Context(), layers, detailsOf(layers), Options{})
	if err != nil {
		t.Fatal(err)
	}
	first := set.Fields()[0].First
	for z := uint32(0); z <= first; z++ {
		count := 0
		for x, y := range set.Covered(z) {
			body, err := set.Tile(context.Background(), z, x, y)
			if err != nil {
				t.Fatal(err)
			}
			layers, err := mvt.Unmarshal(body.Identity())
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range layers {
				if l.Name == data.ZonesSection {
					count += len(l.Features)
				}
			}
		}
		if (count > 0) != (z == first) {
			t.Errorf("zoom %d has %d zones; the layer begins at %d", z, count, first)
		}
	}
	if first < 3 {
		t.Errorf("the layer begins at zoom %d", first)
	}
}

func TestAMapOfFewZonesLeavesNoneOut(t *testing.T) {
	if detailsOf(country(34)) != nil { // 991 of its 1,156 zones count
		t.Error("zones of a small map are details")
	}
	if detailsOf(country(35)) == nil {
		t.Error("zones of a large map are no details")
	}
}
