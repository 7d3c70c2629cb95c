package data

import (
	"context"
	"fmt"
	"math"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// rasterSummer sums cells.
type rasterSummer struct {
	out   RasterSum
	tally *tallyCounter // knows the districts and the readings
	edges *geo.Index    // of all that cells may be cut by
	cut   [][]*geo.Prepared
	rows  []rasterRows // by reading
}

// rasterRows are the rows of one reading while it is summed.
type rasterRows struct {
	total     SumRow
	districts map[int]*SumRow
}

// rasterDistricts is how many districts are overlaid at once, beside the
// territory, the held land, what is uncertain, and the cell.
const rasterDistricts = geo.MaxLayers - 4

func newRasterSummer(s *Snapshot, q Query, views []*tallyView) (*rasterSummer, error) {
	r := &rasterSummer{tally: newTallyCounter(s, TallyQuery{Query: q}, views), rows: make([]rasterRows, len(views))}
	r.out = RasterSum{Dataset: s.Dataset.ID, Of: q.Of, Party: q.Party, Basis: q.Basis, AsOf: q.AsOf, Method: MethodOfRasterSum, Snapshot: s.name}
	var districts []orb.MultiPolygon
	for _, t := range r.tally.districts {
		districts = append(districts, t.Shape)
	}
	edges := ringsOf(districts...)
	for k, v := range views {
		r.rows[k].districts = map[int]*SumRow{}
		edges = append(edges, ringsOf(v.d.land.Shape, v.d.held, v.blur)...)
		var prepared []*geo.Prepared
		for from := 0; from == 0 || from < len(districts); from += rasterDistricts {
			layers := append([]orb.MultiPolygon{v.d.land.Shape, v.d.held, v.blur}, districts[from:min(from+rasterDistricts, len(districts))]...)
			p, err := geo.Prepare(layers, geo.Options{Workers: 1})
			if err != nil {
				return nil, err
			}
			prepared = append(prepared, p)
		}
		r.cut = append(r.cut, prepared)
	}
	var err error
	r.edges, err = geo.NewIndex(edges)
	return r, err
}

// rasterRun is how many cells of a line are looked at together at first.
const rasterRun = 256

// line sums a line of cells.
func (r *rasterSummer) line(ctx context.Context, line RasterLine) error {
	r.out.Cells += len(line.Values)
	for _, v := range line.Values {
		if math.IsNaN(v) {
			r.out.NodataCells++
		}
	}
	for from := 0; from < len(line.Values); from += rasterRun {
		if err := r.run(ctx, line, from, min(from+rasterRun, len(line.Values))); err != nil {
			return err
		}
	}
	return nil
}

// run sums neighbours: together where no edge meets the box around them, else in halves.
func (r *rasterSummer) run(ctx context.Context, line RasterLine, from, to int) error {
	var sum float64
	for _, v := range line.Values[from:to] {
		if !math.IsNaN(v) {
			sum += v
		}
	}
	if sum == 0 {
		return nil
	}
	box, ok := rasterBox(line.Top[from:to+1], line.Bottom[from:to+1])
	switch {
	case ok && box.Max[0]-box.Min[0] < widestRun && !r.edges.Meets(box):
		r.alike(box.Center(), sum)
		return nil
	case to-from > 1:
		middle := (from + to) / 2
		if err := r.run(ctx, line, from, middle); err != nil {
			return err
		}
		return r.run(ctx, line, middle, to)
	case !ok: // off the globe
		for k := range r.rows {
			r.add(k, 0, -1, sum)
		}
		return nil
	}
	if box.Max[0]-box.Min[0] >= widestRun { // around a pole, or at the rim of a map of the world
		if box.Min[0], box.Max[0] = -180, 180; r.edges.Meets(box) {
			return fmt.Errorf("the cell from latitude %g to %g is too wide to be cut", box.Min[1], box.Max[1])
		}
		r.alike(box.Center(), sum)
		return nil
	}
	first := line.Top[from]
	ring := orb.Ring{first, turnedTo(first, line.Bottom[from]), turnedTo(first, line.Bottom[to]), turnedTo(first, line.Top[to]), first}
	return r.share(ctx, orb.MultiPolygon{{ring}}, box.Center(), sum)
}

// widestRun is how many degrees of longitude cells may span that are looked at together.
const widestRun = 90

// turnedTo is a place in the turn of longitude that is nearest to another.
func turnedTo(other, p orb.Point) orb.Point {
	if d := p[0] - other[0]; d > 180 || d < -180 {
		p[0] -= 360 * math.Round(d/360)
	}
	return p
}

// rasterBox is the box around corners, if all are on the globe. It may run past 180.
func rasterBox(top, bottom []orb.Point) (orb.Bound, bool) {
	box := orb.Bound{Min: top[0], Max: top[0]}
	for _, corners := range [2][]orb.Point{top, bottom} {
		for _, p := range corners {
			if math.IsNaN(p[0] + p[1]) {
				return box, false
			}
			box = box.Extend(turnedTo(top[0], p))
		}
	}
	return box, true
}

// alike adds a count of cells that lie all where a place lies.
func (r *rasterSummer) alike(p orb.Point, count float64) {
	district := r.tally.districtOf(p)
	for k, v := range r.tally.views {
		mask := uint(0)
		for bit, index := range [3]*geo.Index{v.land, v.held, v.blurred} {
			if index.Contains(p) {
				mask |= 1 << bit
			}
		}
		r.add(k, mask, district, count)
	}
}

// share shares the count of a cell out by area.
func (r *rasterSummer) share(ctx context.Context, cell orb.MultiPolygon, middle orb.Point, count float64) error {
	shares := make([][8]float64, len(r.cut)) // what lies in no district, by the mask of alike
	for k, prepared := range r.cut {
		for n, p := range prepared {
			areas, err := p.Overlay(ctx, cell)
			if err != nil {
				return err
			}
			all := areas.Total()
			if all == 0 { // a cell without area
				r.alike(middle, count)
				return nil
			}
			for mask, m2 := range areas.Combinations() {
				part := count * m2 / all
				district := r.districtIn(mask>>3, n*rasterDistricts)
				switch {
				case district >= 0:
					r.add(k, mask&7, district, part)
					if n > 0 {
						shares[k][mask&7] -= part
					}
				case n == 0:
					shares[k][mask&7] += part
				}
			}
		}
		for mask, part := range shares[k] {
			if part != 0 {
				r.add(k, uint(mask), -1, part)
			}
		}
	}
	r.out.CutCells++
	return nil
}

// districtIn is the first district of a mask whose lowest bit is that of a given
// district, −1 for none.
func (r *rasterSummer) districtIn(mask uint, first int) int {
	for i := first; i < min(first+rasterDistricts, len(r.tally.districts)); i++ {
		if mask&(1<<(i-first)) != 0 {
			return i
		}
	}
	return -1
}

// add adds a count where a mask has the territory, the held land and what is
// uncertain, from its lowest bit on.
func (r *rasterSummer) add(reading int, mask uint, district int, count float64) {
	rows := &r.rows[reading]
	for _, row := range [2]*SumRow{&rows.total, rowOf(rows.districts, district)} {
		row.All += count
		side, other := &row.Free, &row.Held
		switch {
		case mask&1 == 0:
			row.Outside += count
			continue
		case mask&2 != 0:
			side, other = other, side
		}
		side.Value += count
		side.High += count
		if mask&4 != 0 {
			other.High += count
		} else {
			side.Low += count
		}
	}
}

// answer is what was summed.
func (r *rasterSummer) answer() *RasterSum {
	for k, v := range r.tally.views {
		share, rows := &v.d.share, &r.rows[k]
		reading := RasterReading{Basis: share.Basis, Asked: v.asked, Measures: share.Measures, Evidence: share.Evidence, Sources: share.Sources,
			AccuracyM: share.Uncertainty.AccuracyM, Total: rows.total, Districts: []SumGroup{}}
		for i, t := range r.tally.districts {
			reading.Districts = append(reading.Districts, SumGroup{t.ID, *rowOf(rows.districts, i)})
		}
		if row := rows.districts[-1]; row != nil {
			reading.Districts = append(reading.Districts, SumGroup{"", *row})
		}
		r.out.Readings = append(r.out.Readings, reading)
	}
	return &r.out
}
