package tiles

import (
	"reflect"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"
)

// bytes is about how much memory a tileset takes, the tiles made ahead and the
// canvases apart: most is in a few long slices.
func (t *Tileset) bytes() int64 {
	p := t.prepared
	sum := sliceBytes(p.features) + sliceBytes(p.parts) + sliceBytes(p.rings) + sliceBytes(p.vertices) + sliceBytes(p.keep) +
		sliceBytes(p.boxes) + sliceBytes(p.prerendered) + sliceBytes(p.commands) + sliceBytes(p.tags.refs)
	sum += 2 * int64(len(p.parts)) * int64(reflect.TypeFor[box]().Size()) // the tree
	for _, values := range p.tags.values {
		sum += sliceBytes(values)
		for _, text := range values {
			sum += int64(len(text))
		}
	}
	return sum
}

func sliceBytes[T any](s []T) int64 { return int64(cap(s)) * int64(reflect.TypeFor[T]().Size()) }

// Bytes that making an edition takes at most, about, all that is left for the
// collector included; measured on many small zones and on few large ones.
const (
	makingFeature  = 2 << 10
	makingPosition = 96
)

// cost is about how many bytes making an edition takes.
func (a *Atlas) cost(e data.Edition) int64 {
	sum := a.fixed
	for i := range a.snapshot.Zones {
		if z := &a.snapshot.Zones[i]; z.Basis == e.Basis && z.Valid.Contains(e.Epoch.From) {
			sum += makingFeature + makingPosition*int64(geojson.Positions(z.Shape))
		}
	}
	for i := range a.snapshot.Things {
		if t := &a.snapshot.Things[i]; t.Valid.Contains(e.Epoch.From) {
			sum += makingFeature + makingPosition*int64(geojson.Positions(t.Shape))
		}
	}
	return sum
}

// fixedCost is the part of cost that all editions of a snapshot have.
func fixedCost(s *data.Snapshot) int64 {
	sum := int64(makingFeature * (len(s.Territories) + len(s.Lines) + len(s.Places)))
	for i := range s.Territories {
		sum += makingPosition * int64(geojson.Positions(s.Territories[i].Shape))
	}
	for i := range s.Lines {
		sum += makingPosition * int64(geojson.Positions(s.Lines[i].Shape))
	}
	return sum
}
