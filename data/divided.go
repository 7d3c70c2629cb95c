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
	land    *Territory       // that is asked about: a whole territory or a district of one
	held    orb.MultiPolygon // the zones that count, of the whole; with what lies outside it
	lines   []accurateLine
	line    orb.MultiLineString // all of them
	lengthM float64             // of it
	faced   orb.MultiPolygon    // the land of the whole on the other side of the line, held by nobody of the party
	share   Share
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
	d := &divided{land: land, share: share}
	if err := d.drawLine(ctx, s, q, basis, whole); err != nil {
		return nil, err
	}
	return d, d.face(ctx, whole)
}

// drawLine finds the held land and the line along it.
func (d *divided) drawLine(ctx context.Context, s *Snapshot, q Query, basis *Basis, whole *Territory) error {
	zones := s.held(q, basis, nil)
	shapes, accuracies := boundaries(zones)
	fronts, err := geo.Front(ctx, whole.Shape, shapes, accuracies)
	if err != nil {
		return err
	}
	for i := range zones {
		d.held = append(d.held, shapes[i]...)
		if len(fronts[i]) > 0 {
			d.lines = append(d.lines, accurateLine{fronts[i], accuracies[i]})
		}
	}
	var drawn orb.MultiLineString
	for _, l := range linesOf(s, q.Party, q.AsOf) {
		drawn = append(drawn, l.Shape)
	}
	if err := d.follow(drawn); err != nil {
		return err
	}
	for _, l := range d.lines {
		d.line = append(d.line, l.path...)
	}
	d.lengthM = geo.Length(d.line)
	return nil
}

// face finds the land that the line faces: of the pieces of land that the party does not
// hold those that the line runs along. What lies behind the held land, such as the
// slivers between a traced area and the border, is near the line and not beyond it.
func (d *divided) face(ctx context.Context, whole *Territory) error {
	free, err := geo.Difference(ctx, whole.Shape, d.held)
	if err != nil {
		return err
	}
	for _, piece := range free {
		along, err := geo.Along(d.line, ringsOf(orb.MultiPolygon{piece}), touchesM)
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

// ringsOf are the boundaries of areas.
func ringsOf(areas ...orb.MultiPolygon) (out orb.MultiLineString) {
	for _, area := range areas {
		for _, polygon := range area {
			for _, ring := range polygon {
				out = append(out, orb.LineString(ring))
			}
		}
	}
	return out
}

// alongLine is the land within a distance of the line, and its areas in m²: those of
// an overlay, which needs no grid.
type alongLine struct {
	shape                  orb.MultiPolygon // on all sides, in no territory
	heldM2                 float64          // of the land that is held, near the line or not
	nearHeldM2, nearFreeM2 float64          // of it near the line, and of the land beyond that is faced
}

// within measures the land within so many metres of the line.
func (d *divided) within(ctx context.Context, metres float64) (alongLine, error) {
	near, err := geo.BufferLines(ctx, d.line, metres)
	if err != nil {
		return alongLine{}, err
	}
	areas, err := geo.Overlay(ctx, []orb.MultiPolygon{d.land.Shape, d.held, near, d.faced}, geo.Options{})
	if err != nil {
		return alongLine{}, err
	}
	const land, held, within, faced = 1, 2, 4, 8
	return alongLine{near, areas.All(land | held), areas.All(land | held | within), areas.All(land|within|faced) - areas.All(land|held|within|faced)}, nil
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

// linesOf are the control lines of a party that are valid on a day.
func linesOf(s *Snapshot, party string, day Date) (out []*ControlLine) {
	for i := range s.Lines {
		if l := &s.Lines[i]; l.Party == party && l.Valid.Contains(day) {
			out = append(out, l)
		}
	}
	return out
}
