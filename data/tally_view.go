package data

import (
	"context"
	"errors"
	"fmt"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// tallyView is a reading as a tally asks it.
type tallyView struct {
	d               *divided
	asked           bool
	land, held      *geo.Index
	paths           linePaths        // one each of d.lines
	blur, near      orb.MultiPolygon // within the accuracy of the line; within the distance asked for
	blurred, nearBy *geo.Index
}

// tallyViews are the readings that map the day, the asked one first. The query gets
// the dataset's own party, reading and territory where it names none.
func tallyViews(ctx context.Context, s *Snapshot, q *TallyQuery) ([]*tallyView, error) {
	if !(q.WithinM >= 0 && q.WithinM <= MostNearM) {
		return nil, fmt.Errorf("%w: within is 0 to %d metres", ErrQuestion, MostNearM)
	}
	if _, _, err := s.resolve(&q.Query); err != nil {
		return nil, err
	}
	asked, err := newTallyView(ctx, s, q.Query, q.WithinM)
	if err != nil {
		return nil, err
	}
	asked.asked = true
	out := []*tallyView{asked}
	for _, b := range s.Dataset.Bases {
		if b.ID == q.Basis {
			continue
		}
		other := q.Query
		other.Basis = b.ID
		v, err := newTallyView(ctx, s, other, q.WithinM)
		if _, gap := errors.AsType[*NotMapped](err); gap {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

func newTallyView(ctx context.Context, s *Snapshot, q Query, withinM float64) (*tallyView, error) {
	d, err := divide(ctx, s, q)
	if err != nil {
		return nil, err
	}
	v := &tallyView{d: d}
	if v.paths, err = pathsOf(d.lines); err != nil {
		return nil, err
	}
	for _, line := range d.lines {
		around, err := geo.BufferLines(ctx, line.path, line.accuracyM)
		if err != nil {
			return nil, err
		}
		v.blur = append(v.blur, around...)
	}
	if withinM > 0 {
		if v.near, err = geo.BufferLines(ctx, d.line, withinM); err != nil {
			return nil, err
		}
	}
	for _, part := range []struct {
		shape orb.MultiPolygon
		index **geo.Index
	}{{d.land.Shape, &v.land}, {d.held, &v.held}, {v.blur, &v.blurred}, {v.near, &v.nearBy}} {
		if *part.index, err = geo.NewIndex(part.shape); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// sideOf is the side of a place.
func (v *tallyView) sideOf(p orb.Point) LandSide {
	return sideBy(v.land.Contains(p), v.held.Contains(p))
}

func sideBy(inLand, held bool) LandSide {
	switch {
	case !inLand:
		return Outside
	case held:
		return HeldSide
	}
	return FreeSide
}

// distance is that of a place from the line, in metres, with the bearing.
func (v *tallyView) distance(p orb.Point) (metres, bearing float64, ok bool) {
	nearest := v.paths.nearest(p)
	if nearest == nil {
		return 0, 0, false
	}
	return nearest.DistanceM, nearest.BearingDeg, true
}
