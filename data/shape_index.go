package data

import (
	"sync"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// shapeIndexes holds an index of each shape that has been asked about. It is
// safe for concurrent use; what it answers does not depend on what it holds.
type shapeIndexes struct {
	made sync.Map // *orb.MultiPolygon or *orb.LineString → func() (*geo.Index, error)
}

func (x *shapeIndexes) contains(shape *orb.MultiPolygon, p orb.Point) (bool, error) {
	if !shape.Bound().Contains(p) {
		return false, nil
	}
	index, err := x.of(shape, *shape)
	if err != nil {
		return false, err
	}
	return index.Contains(p), nil
}

func (x *shapeIndexes) line(line *orb.LineString) (*geo.Index, error) { return x.of(line, *line) }

func (x *shapeIndexes) of(key any, shape orb.Geometry) (*geo.Index, error) {
	made, ok := x.made.Load(key)
	if !ok {
		made, _ = x.made.LoadOrStore(key, sync.OnceValues(func() (*geo.Index, error) { return geo.NewIndex(shape) }))
	}
	return made.(func() (*geo.Index, error))()
}
