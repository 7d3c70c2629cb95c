package data

import (
	"context"
	"errors"
	"fmt"

	"github.com/demarc-map/demarc/geo"
)

// addLineZones adds the zone that each control line with a held side implies: the
// part of its territory on that side. A pocket that the line encloses from both
// sides and land it does not reach are not held.
func (b *builder) addLineZones(ctx context.Context) error {
	s := b.snapshot
	for _, l := range s.Lines {
		if l.HeldSide == "" {
			continue
		}
		territory, _ := s.TerritoryByID(l.Territory)
		parts, err := geo.Split(ctx, territory.Shape, l.Shape, geo.SplitOptions{ExtendM: l.ExtendM})
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			b.report.Refuse(Fault{File: linesFile, Feature: l.ID, Rule: splitRule(err), Place: "geometry",
				Detail: fmt.Sprintf("cutting %s: %v", l.Territory, err)})
			continue
		}
		held := parts.Left
		if l.HeldSide == Right {
			held = parts.Right
		}
		s.Zones = append(s.Zones, Zone{ID: l.ID, Name: l.Name, Party: l.Party, Basis: l.Basis, Status: l.Status,
			Valid: l.Valid, Source: l.Source, AccuracyM: l.AccuracyM, MappedOn: l.MappedOn, Line: l.ID, Shape: held})
	}
	return nil
}

func splitRule(err error) string {
	switch {
	case errors.Is(err, geo.ErrNoCut):
		return "no-cut"
	case errors.Is(err, geo.ErrSelfCrossing):
		return "self-crossing"
	}
	return "not-measurable"
}
