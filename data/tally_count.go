package data

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/geojson"

	"github.com/paulmach/orb"
)

// tallyCounter counts.
type tallyCounter struct {
	q         TallyQuery
	tells     bool // where each thing lies, its distance too
	views     []*tallyView
	districts []*Territory
	indexes   []*geo.Index // of the districts
	out       Tally
	rows      []tallyRows // by reading
	against   int         // position of the reading compared with, −1 for none
	differ    flows
	along     *tallyAlong // nil unless days are asked for
}

// tallyRows are the rows of one reading while it is counted.
type tallyRows struct {
	total     TallyRow
	districts map[int]*TallyRow
	groups    map[string]*TallyRow
	null      *TallyRow
	differ    int
}

func newTallyCounter(s *Snapshot, q TallyQuery, views []*tallyView) *tallyCounter {
	c := &tallyCounter{q: q, views: views, rows: make([]tallyRows, len(views)), against: -1}
	for i := range s.Territories {
		if t := &s.Territories[i]; t.Parent == views[0].d.land.ID {
			if index, err := s.shapes.of(&t.Shape, t.Shape); err == nil { // a dataset that was read has shapes that can be
				c.districts, c.indexes = append(c.districts, t), append(c.indexes, index)
			}
		}
	}
	for k := range c.rows {
		c.rows[k].districts, c.rows[k].groups = map[int]*TallyRow{}, map[string]*TallyRow{}
	}
	c.out = Tally{Dataset: s.Dataset.ID, Of: q.Of, Party: q.Party, Basis: q.Basis, AsOf: q.AsOf, By: q.By, Weight: q.Weight, WithinM: q.WithinM,
		Polygons: "point", Method: MethodOfTally, Snapshot: s.name}
	if q.ByArea {
		c.out.Polygons = "area"
	}
	return c
}

// compareWith readies the reading to compare with.
func (c *tallyCounter) compareWith(s *Snapshot) error {
	if c.q.Against == "" {
		return nil
	}
	other := c.q.Query
	other.Basis = c.q.Against
	if _, _, err := s.resolve(&other); err != nil {
		return err
	}
	c.against, c.differ = viewOf(c.views, c.q.Against), flows{}
	if c.against < 0 {
		return s.readings[c.q.Against].notMapped(c.q.AsOf)
	}
	return nil
}

// districtOf is the district that a place lies in, −1 for none.
func (c *tallyCounter) districtOf(p orb.Point) int {
	return slices.IndexFunc(c.indexes, func(x *geo.Index) bool { return x.Contains(p) })
}

// mostGroups bounds the memory of a tally by a property that few things share.
const mostGroups = 10_000

// add counts a thing.
func (c *tallyCounter) add(l *located) error {
	c.out.Things++
	if l.group != nil && len(c.rows[0].groups) >= mostGroups && c.rows[0].groups[*l.group] == nil {
		return fmt.Errorf("%w: the property %q has more than %d values", ErrQuestion, geojson.Clip(c.q.By, 100), mostGroups)
	}
	if c.q.By != "" && l.group == nil {
		c.out.WithoutGroup++
	}
	if l.noWeight {
		c.out.WithoutWeight++
	}
	if side := l.told.Against; side != "" && side != l.told.Side {
		c.differ.add(l.told.Side, side, l.certain, l.whole())
	}
	if c.along != nil {
		c.along.add(l.told.Changes, l.whole())
	}
	for k := range c.rows {
		r := &c.rows[k]
		if l.told.Sides[k].Side != l.told.Side {
			r.differ++
		}
		for _, p := range l.parts[k] {
			r.total.add(p)
			rowOf(r.districts, p.district).add(p)
			if c.q.By == "" {
				continue
			}
			if l.group != nil {
				rowOf(r.groups, *l.group).add(p)
				continue
			}
			if r.null == nil {
				r.null = &TallyRow{}
			}
			r.null.add(p)
		}
	}
	return nil
}

// rowOf is the row of a key, a new one where there is none yet.
func rowOf[K comparable, R any](rows map[K]*R, key K) *R {
	row := rows[key]
	if row == nil {
		row = new(R)
		rows[key] = row
	}
	return row
}

// answer is what was counted.
func (c *tallyCounter) answer() *Tally {
	for k, v := range c.views {
		share, r := &v.d.share, &c.rows[k]
		reading := TallyReading{Basis: share.Basis, Asked: v.asked, Measures: share.Measures, Evidence: share.Evidence, Sources: share.Sources,
			AccuracyM: share.Uncertainty.AccuracyM, Differ: r.differ, Total: r.total, Districts: []TallyGroup{}, Groups: []TallyGroup{}}
		for i, t := range c.districts {
			row := rowOf(r.districts, i)
			reading.Districts = append(reading.Districts, TallyGroup{&t.ID, *row})
		}
		if row := r.districts[-1]; row != nil {
			none := ""
			reading.Districts = append(reading.Districts, TallyGroup{&none, *row})
		}
		for id, row := range r.groups {
			reading.Groups = append(reading.Groups, TallyGroup{&id, *row})
		}
		slices.SortFunc(reading.Groups, func(a, b TallyGroup) int { return cmp.Compare(*a.ID, *b.ID) })
		if r.null != nil {
			reading.Groups = append(reading.Groups, TallyGroup{nil, *r.null})
		}
		c.out.Readings = append(c.out.Readings, reading)
	}
	if c.against >= 0 {
		a := &TallyAgainst{Basis: c.q.Against, Flows: c.differ.list()}
		for _, f := range a.Flows {
			a.Things += f.Things
		}
		c.out.Against = a
	}
	if c.along != nil {
		c.out.Along = c.along.answer()
	}
	return &c.out
}
