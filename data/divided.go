package data

import (
	"context"
	"math"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// divided is land that a reading divides in two on a day: what the party holds, and
// what it does not. Between them runs the line.
type divided struct {
	land  *Territory       // that is asked about: a whole territory or a district of one
	held  orb.MultiPolygon // the zones that count, of the whole; with what lies outside it
	lines []accurateLine
	faced orb.MultiPolygon // the land of the whole on the other side of the line, held by nobody of the party
	share Share
}

// accurateLine is a part of the line, with the accuracy of the zone whose edge it is.
type accurateLine struct {
	path      orb.MultiLineString
	accuracyM float64
}

// divide finds what a query's reading divides. The line is that of the whole
// territory, of a district too: the front, the boundary of the held land that faces
// land the party does not hold (see geo.Front). Where control lines of the party are
// valid on the day and the front follows any of them within its accuracy, the line is
// what follows them: a traced zone may face land on its border side that no line of
// anybody's cuts off. Errors are those of Share.
func divide(ctx context.Context, s *Snapshot, q Query) (*divided, error) {
	share, err := s.Share(ctx, q)
	if err != nil {
		return nil, err
	}
	land, basis, err := s.resolve(&q)
	if err != nil {
		return nil, err
	}
	whole := wholeOf(s, land)
	zones := s.held(q, basis, nil)
	shapes, accuracies := boundaries(zones)
	fronts, err := geo.Front(ctx, whole.Shape, shapes, accuracies)
	if err != nil {
		return nil, err
	}
	d := &divided{land: land, share: share}
	for i := range zones {
		d.held = append(d.held, shapes[i]...)
		if len(fronts[i]) > 0 {
			d.lines = append(d.lines, accurateLine{fronts[i], accuracies[i]})
		}
	}
	if err := d.follow(linesOf(s, q.Party, q.AsOf)); err != nil {
		return nil, err
	}
	return d, d.face(ctx, whole)
}

// face finds the land that the line faces: of the pieces of land that the party does not
// hold those that the line runs along. What lies behind the held land, such as the
// slivers between a traced area and the border, is near the line and not beyond it.
func (d *divided) face(ctx context.Context, whole *Territory) error {
	free, err := geo.Difference(ctx, whole.Shape, d.held)
	if err != nil {
		return err
	}
	line := d.line()
	for _, piece := range free {
		edge := make(orb.MultiLineString, len(piece))
		for i, ring := range piece {
			edge[i] = orb.LineString(ring)
		}
		along, err := geo.Along(line, edge, touchesM)
		if err != nil {
			return err
		}
		if geo.Length(along) > leastFacedM {
			d.faced = append(d.faced, piece)
		}
	}
	return nil
}

// Two lines are one where they are touchesM metres apart; land that less than
// leastFacedM metres of the line run along it only touches.
const (
	touchesM    = 0.01
	leastFacedM = 1
)

// follow keeps of the line what runs along control lines, if anything does.
func (d *divided) follow(drawn orb.MultiLineString) error {
	var kept []accurateLine
	for _, line := range d.lines {
		along, err := geo.Along(line.path, drawn, math.Max(line.accuracyM, 1))
		if err != nil {
			return err
		}
		if len(along) > 0 {
			kept = append(kept, accurateLine{along, line.accuracyM})
		}
	}
	if len(kept) > 0 {
		d.lines = kept
	}
	return nil
}

// line is the whole line.
func (d *divided) line() orb.MultiLineString {
	var out orb.MultiLineString
	for _, l := range d.lines {
		out = append(out, l.path...)
	}
	return out
}

// wholeOf is the territory that a district is of, at last.
func wholeOf(s *Snapshot, t *Territory) *Territory {
	for t.Parent != "" {
		parent, ok := s.TerritoryByID(t.Parent)
		if !ok {
			break
		}
		t = parent
	}
	return t
}

// linesOf is the control lines of a party that are valid on a day.
func linesOf(s *Snapshot, party string, day Date) orb.MultiLineString {
	var out orb.MultiLineString
	for i := range s.Lines {
		if l := &s.Lines[i]; l.Party == party && l.Valid.Contains(day) {
			out = append(out, l.Shape)
		}
	}
	return out
}
