package data

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// Quality is the outcome of the checks that a snapshot goes through when it is
// built. Each rule is bounded in how many findings it lists; Total counts all.
type Quality struct {
	Findings []Finding      `json:"findings"`
	Total    map[string]int `json:"total"` // findings by rule
}

// Finding is something a reader of the figures should know. It changes no
// figure: what would make one wrong is a Fault and refuses the whole snapshot,
// and nothing is dropped in between.
type Finding struct {
	Rule     string   `json:"rule"`
	Features []string `json:"features"`
	Km2      float64  `json:"km2"`
	Detail   string   `json:"detail"`
}

const (
	listedFindings = 100    // of each rule
	sliver         = 1e-6   // km²; less is rounding of coordinates
	jumpPoints     = 5.0    // a share that changes by more in one step is worth a look
	twoMethods     = 0.001  // percentage points by which two computations may differ
	coverSlack     = 0.0001 // part of a territory that its districts may miss or share
)

// inspect runs every check. Faults go to the report.
func (s *Snapshot) inspect(ctx context.Context, report *Report) error {
	s.Quality = Quality{Findings: []Finding{}, Total: map[string]int{}}
	s.findIdle()
	for _, check := range []func(context.Context) error{s.findOutside, s.findContested, s.findDistricts, s.findJumps} {
		if err := check(ctx); err != nil {
			return err
		}
	}
	s.agree(report)
	return nil
}

func (q *Quality) add(f Finding) {
	q.Total[f.Rule]++
	if q.Total[f.Rule] <= listedFindings {
		q.Findings = append(q.Findings, f)
	}
}

// findOutside notes zones that reach or lie outside the whole territories.
func (s *Snapshot) findOutside(ctx context.Context) error {
	var wholes orb.MultiPolygon
	for _, t := range s.Territories {
		if t.Parent == "" {
			wholes = append(wholes, t.Shape...)
		}
	}
	index, err := geo.NewIndex(wholes)
	if err != nil {
		return err
	}
	near, err := geo.Prepare([]orb.MultiPolygon{wholes}, geo.Options{Workers: Workers(ctx)})
	if err != nil {
		return err
	}
	for i := range s.Zones {
		z := &s.Zones[i]
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
			s.Quality.add(Finding{"zone-outside", []string{z.ID}, outside, "the zone lies outside every territory and adds to no share"})
		case outside >= sliver:
			s.Quality.add(Finding{"zone-outside", []string{z.ID}, outside,
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
func (s *Snapshot) findContested(ctx context.Context) error {
	for i := range s.Zones {
		z := &s.Zones[i]
		var others []int32
		bound := z.Shape.Bound()
		s.zones.Search(bound.Min, bound.Max, func(_, _ [2]float64, j int32) bool {
			o := &s.Zones[j]
			if int(j) > i && o.Party != z.Party && o.Basis == z.Basis && z.Valid.overlaps(o.Valid) {
				others = append(others, j)
			}
			return true
		})
		slices.Sort(others)
		for _, j := range others {
			o := &s.Zones[j]
			areas, err := geo.Overlay(ctx, []orb.MultiPolygon{z.Shape, o.Shape}, geo.Options{Workers: Workers(ctx)})
			if err != nil {
				return err
			}
			if km2 := areas.All(0b11) / 1e6; km2 >= sliver {
				s.Quality.add(Finding{"contested", []string{z.ID, o.ID}, km2,
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
func (s *Snapshot) findDistricts(ctx context.Context) error {
	for i := range s.Territories {
		parent := &s.Territories[i]
		var districts orb.MultiPolygon
		var names []string
		sum := 0.0
		for j := range s.Territories {
			if d := &s.Territories[j]; d.Parent == parent.ID {
				districts, names, sum = append(districts, d.Shape...), append(names, d.ID), sum+d.AreaM2
			}
		}
		if len(names) == 0 {
			continue
		}
		areas, err := geo.Overlay(ctx, []orb.MultiPolygon{parent.Shape, districts}, geo.Options{Workers: Workers(ctx)})
		if err != nil {
			return err
		}
		note := func(rule string, m2 float64, format string) {
			if m2 > coverSlack*parent.AreaM2 {
				s.Quality.add(Finding{rule, append([]string{parent.ID}, names...), m2 / 1e6, fmt.Sprintf(format, m2/1e6)})
			}
		}
		note("district-gap", areas.Of(0b01), "%.3f km² of the territory lie in no district")
		note("district-outside", areas.Of(0b10), "%.3f km² of the districts lie outside the territory")
		note("district-overlap", sum-areas.Any(0b10), "the districts overlap by %.3f km²")
	}
	return nil
}

// findJumps computes the headline figures of every epoch, which the snapshot
// keeps, and notes steps that are larger than usual.
func (s *Snapshot) findJumps(ctx context.Context) error {
	headline, drawn := map[string]Figures{}, map[string]drawnShare{}
	for _, b := range s.Dataset.Bases {
		series, shares, err := s.series(ctx, Query{Basis: b.ID}, 0, 0)
		if err != nil {
			return err
		}
		for i := range shares {
			if !series.Rows[i].Gap {
				key := shares[i].key()
				headline[key] = shares[i].Figures
				drawn[key] = drawnShare{shares[i].Epoch, b.ID, shares[i].firstZone(), shares[i].drawn}
			}
		}
		var before *Row
		for i := range series.Rows {
			row := &series.Rows[i]
			if row.Gap {
				continue
			}
			if before != nil {
				if step := *row.Percent - *before.Percent; math.Abs(step) > jumpPoints {
					s.Quality.add(Finding{"jump", row.Features, math.Abs(*row.HeldKm2 - *before.HeldKm2),
						fmt.Sprintf("the share under %s changes by %+.2f points on %s", b.ID, step, row.From)})
				}
			}
			before = row
		}
	}
	s.headline, s.drawn = headline, drawn
	return nil
}

// drawnShare is a headline share by the second method.
type drawnShare struct {
	epoch   Epoch
	basis   string
	feature string // the first zone, "" for none
	percent float64
}

func (share *Share) firstZone() string {
	if len(share.Features) > 1 { // the territory is last
		return share.Features[0]
	}
	return ""
}

// agree holds every headline share against a second computation, by geometry
// on an exact integer grid instead of the sweep that gave the figures, and
// refuses the snapshot where the two differ. Either may be fooled; not both alike.
func (s *Snapshot) agree(report *Report) {
	for _, key := range slices.Sorted(maps.Keys(s.drawn)) {
		d := s.drawn[key]
		differ := math.Abs(d.percent - s.headline[key].Percent)
		if differ <= twoMethods { // NaN is refused
			continue
		}
		report.refuse(Fault{File: zonesFile, Feature: d.feature, Rule: "methods-differ", Place: d.epoch.String(),
			Detail: fmt.Sprintf("two computations of the share under %s differ by %.4f points", d.basis, differ)})
	}
}
