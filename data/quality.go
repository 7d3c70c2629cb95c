package data

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

const (
	listedFindings = 100    // of each rule
	sliver         = 1e-6   // km²; less is rounding of coordinates
	coverSlack     = 0.0001 // part of a territory that its districts may miss or share
)

// inspection is a snapshot being inspected.
type inspection struct {
	*Snapshot
	headlines *headlines
	workers   int // goroutines that geometry may take
	found     Quality
}

// inspect runs every check of a snapshot whose headline figures are known.
func inspect(ctx context.Context, s *Snapshot, h *headlines, workers int) (Quality, error) {
	q := &inspection{s, h, workers, Quality{Findings: []Finding{}, Total: map[string]int{}}}
	q.findIdle()
	for _, check := range []func(context.Context) error{q.findOutside, q.findContested, q.findDistricts, q.findJumps} {
		if err := check(ctx); err != nil {
			return Quality{}, err
		}
	}
	return q.found, nil
}

func (q *inspection) add(f Finding) {
	q.found.Total[f.Rule]++
	if q.found.Total[f.Rule] <= listedFindings {
		q.found.Findings = append(q.found.Findings, f)
	}
}

// findOutside notes zones that reach or lie outside the whole territories.
func (q *inspection) findOutside(ctx context.Context) error {
	var wholes orb.MultiPolygon
	for _, t := range q.Territories {
		if t.Parent == "" {
			wholes = append(wholes, t.Shape...)
		}
	}
	index, err := geo.NewIndex(wholes)
	if err != nil {
		return err
	}
	near, err := geo.Prepare([]orb.MultiPolygon{wholes}, geo.Options{Workers: q.workers})
	if err != nil {
		return err
	}
	for i := range q.Zones {
		z := &q.Zones[i]
		if clear := noEdges(index, z.Shape.Bound()) && index.Contains(z.Shape[0][0][0]); clear {
			continue
		}
		areas, err := near.Overlay(ctx, z.Shape)
		if err != nil {
			return err
		}
		inside, outside := areas.Of(0b11)/1e6, areas.Of(0b10)/1e6
		switch {
		case inside < sliver && outside >= sliver:
			q.add(Finding{"zone-outside", []string{z.ID}, outside, "the zone lies outside every territory and adds to no share"})
		case outside >= sliver:
			q.add(Finding{"zone-outside", []string{z.ID}, outside,
				fmt.Sprintf("%.3f of %.3f km² lie outside every territory and are left out of shares", outside, inside+outside)})
		}
	}
	return nil
}

func noEdges(index *geo.Index, bound orb.Bound) bool {
	none := true
	index.Search(bound, func(_, _ orb.Point) bool {
		none = false
		return false
	})
	return none
}

// findContested notes land that two parties hold at once under one basis.
func (q *inspection) findContested(ctx context.Context) error {
	for i := range q.Zones {
		z := &q.Zones[i]
		var others []int32
		q.zones.search(q.Zones, z.Shape.Bound(), func(j int32) bool {
			o := &q.Zones[j]
			if int(j) > i && o.Party != z.Party && o.Basis == z.Basis && z.Valid.overlaps(o.Valid) {
				others = append(others, j)
			}
			return true
		})
		slices.Sort(others)
		for _, j := range others {
			o := &q.Zones[j]
			areas, err := geo.Overlay(ctx, []orb.MultiPolygon{z.Shape, o.Shape}, geo.Options{Workers: q.workers})
			if err != nil {
				return err
			}
			if km2 := areas.All(0b11) / 1e6; km2 >= sliver {
				q.add(Finding{"contested", []string{z.ID, o.ID}, km2,
					fmt.Sprintf("%s and %s both hold %.3f km² under %s", z.Party, o.Party, km2, z.Basis)})
			}
		}
	}
	return nil
}

func (i Interval) overlaps(o Interval) bool {
	return (i.To == 0 || o.From < i.To) && (o.To == 0 || i.From < o.To)
}

// findDistricts notes where the districts of a territory do not make it up:
// then their held areas do not sum to the territory's.
func (q *inspection) findDistricts(ctx context.Context) error {
	for i := range q.Territories {
		parent := &q.Territories[i]
		var districts orb.MultiPolygon
		var names []string
		sum := 0.0
		for j := range q.Territories {
			if d := &q.Territories[j]; d.Parent == parent.ID {
				districts, names, sum = append(districts, d.Shape...), append(names, d.ID), sum+d.AreaM2
			}
		}
		if len(names) == 0 {
			continue
		}
		areas, err := geo.Overlay(ctx, []orb.MultiPolygon{parent.Shape, districts}, geo.Options{Workers: q.workers})
		if err != nil {
			return err
		}
		note := func(rule string, m2 float64, format string) {
			if m2 > coverSlack*parent.AreaM2 {
				q.add(Finding{rule, append([]string{parent.ID}, names...), m2 / 1e6, fmt.Sprintf(format, m2/1e6)})
			}
		}
		note("district-gap", areas.Of(0b01), "%.3f km² of the territory lie in no district")
		note("district-outside", areas.Of(0b10), "%.3f km² of the districts lie outside the territory")
		note("district-overlap", sum-areas.Any(0b10), "the districts overlap by %.3f km²")
	}
	return nil
}

// findJumps notes steps of the headline figures that are larger than usual.
func (q *inspection) findJumps(context.Context) error {
	for _, series := range q.headlines.series {
		var before *Row
		for i := range series.Rows {
			row := &series.Rows[i]
			if row.Gap {
				continue
			}
			if before != nil {
				if step := *row.Percent - *before.Percent; math.Abs(step) > jumpPoints {
					q.add(Finding{"jump", row.Features, math.Abs(*row.HeldKm2 - *before.HeldKm2),
						fmt.Sprintf("the share under %s changes by %+.2f points on %s", series.Basis, step, row.From)})
				}
			}
			before = row
		}
	}
	return nil
}
