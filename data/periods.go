package data

import (
	"context"
	"math"
	"runtime"
	"slices"

	"github.com/demarc-map/demarc/internal/carry"
)

// PeriodsQuery asks what a party gained and lost in each period of a time. From and
// To are the days whose states bound it; zero From is the first day that the reading
// maps, zero To the last day on which anything of it changes or is mapped.
type PeriodsQuery struct {
	Query
	Every    Every
	From, To Date
}

// Periods is what was gained and lost by period. A period goes from the state of its
// first day to that of the first day after it, which is the first of the next, so
// that the net of periods in a row sums to that of the whole, to the last bit.
type Periods struct {
	Dataset  string   `json:"dataset"`
	Of       string   `json:"of"`
	Party    string   `json:"party"`
	Basis    string   `json:"basis"`
	Measures Measure  `json:"measures"`
	Every    Every    `json:"every"`
	From     Date     `json:"from"`
	To       Date     `json:"to"`
	NetKm2   *float64 `json:"net_km2"` // from the state of From to that of To, nil where one of them is not mapped
	Periods  []Period `json:"periods"`
	Method   string   `json:"method"`
	Snapshot string   `json:"snapshot"`
}

// Period is one period. Its change is nil when the day at its beginning or the one
// at its end is not mapped, what is said of its end when that day is not; a state is
// never carried over from an earlier day.
type Period struct {
	Name        string `json:"period"` // 2025-09-30, 2025-W40, 2025-09 or 2025
	From        Date   `json:"from"`
	To          Date   `json:"to"` // first day after it
	Days        int    `json:"days"`
	Partial     bool   `json:"partial"`      // it is cut by the time asked about
	BeginMapped bool   `json:"begin_mapped"` // the state of From is known
	EndMapped   bool   `json:"end_mapped"`   // the state of To is known
	GapDays     int    `json:"gap_days"`     // days of it that are not mapped

	GainedKm2       *float64 `json:"gained_km2"`
	LostKm2         *float64 `json:"lost_km2"`
	GainedSliverKm2 *float64 `json:"gained_sliver_km2"` // of what was gained; see Slivers
	LostSliverKm2   *float64 `json:"lost_sliver_km2"`
	NetKm2          *float64 `json:"net_km2"`
	Km2ADay         *float64 `json:"km2_a_day"` // of the net

	// GainedRecordSince and NetRecordSince name the last period before this one that
	// has as much or more, when at least one lies between them; see markRecords.
	GainedRecordSince string `json:"gained_record_since,omitempty"`
	GainedRecord      bool   `json:"gained_record"` // the most of all periods before it
	NetRecordSince    string `json:"net_record_since,omitempty"`
	NetRecord         bool   `json:"net_record"`

	// The state at the end.
	HeldKm2      *float64  `json:"held_km2"`
	TerritoryKm2 *float64  `json:"territory_km2"`
	Percent      *float64  `json:"percent"`
	PercentLow   *float64  `json:"percent_low"`
	PercentHigh  *float64  `json:"percent_high"`
	Evidence     *Evidence `json:"evidence"`
	Sources      []string  `json:"sources"` // of all states from the begin to the end
	// MethodBreak marks a period within which the sources change: part of the
	// difference may be a change of evidence, not of land.
	MethodBreak bool `json:"method_break"`
}

// Periods answers a query. Errors are those of Share, and ErrQuestion.
func (s *Snapshot) Periods(ctx context.Context, q PeriodsQuery) (*Periods, error) {
	territory, basis, err := s.resolve(&q.Query)
	if err != nil {
		return nil, err
	}
	reading := s.readings[basis.ID]
	q.From, q.To = reading.span(q.From, q.To)
	out := &Periods{Dataset: s.Dataset.ID, Of: territory.ID, Party: q.Party, Basis: basis.ID, Measures: basis.Measure(), Every: q.Every, From: q.From, To: q.To,
		Method: Method, Snapshot: s.name}
	if out.Periods, err = q.Every.cut(q.From, q.To); err != nil {
		return nil, err
	}
	if len(out.Periods) == 0 {
		return out, nil
	}
	states, err := measureStates(ctx, s, q, territory, basis, out.Periods)
	if err != nil {
		return nil, err
	}
	if err := changesBetween(ctx, territory, states, out.Periods); err != nil {
		return nil, err
	}
	for i := range out.Periods {
		p := &out.Periods[i]
		p.end(&states[i+1])
		if err := p.within(s, q.Query, territory, basis); err != nil {
			return nil, err
		}
	}
	out.NetKm2 = net(&states[0], &states[len(states)-1])
	markRecords(out.Periods)
	return out, nil
}

// span fills in the ends of a time that are left open.
func (r *reading) span(from, to Date) (Date, Date) {
	if from == 0 {
		from = r.first()
	}
	for k := len(r.epochs) - 1; k >= 0 && to == 0; k-- {
		switch e := r.epochs[k]; {
		case !r.says[k]:
		case e.To != 0:
			to = e.To - 1 // nothing is said of the days after
		default:
			to = e.From
		}
	}
	return from, to
}

// state is what is held on one day; without a share where that is not mapped.
type state struct {
	day   Date
	share *Share
	zones []*Zone
	key   string // equal for states of the same zones
}

// measureStates measures the states at the ends of periods, each set of zones once.
func measureStates(ctx context.Context, s *Snapshot, q PeriodsQuery, territory *Territory, basis *Basis, periods []Period) ([]state, error) {
	rows := []Row{{From: periods[0].From}}
	for _, p := range periods {
		rows = append(rows, Row{From: p.To})
	}
	out := make([]state, len(rows))
	for i := range rows {
		out[i].day = rows[i].From
		_, mapped := s.readings[basis.ID].on(rows[i].From)
		rows[i].Gap = !mapped
	}
	land := territory.measured()
	shares, err := s.measureRows(ctx, q.Query, territory, basis, rows, rowMeasure{s.headline, 0, func(ctx context.Context, _ *Share, zones []*Zone) (Figures, error) {
		return land.figures(ctx, zones, 0)
	}})
	if err != nil {
		return nil, err
	}
	for i := range out {
		if rows[i].Gap {
			continue
		}
		q.AsOf = out[i].day
		out[i].share, out[i].zones, out[i].key = &shares[i], s.held(q.Query, basis, territory.bound()), shares[i].key()
	}
	return out, nil
}

// changesBetween tells periods what was gained and lost in them, each pair of sets
// of zones compared once.
func changesBetween(ctx context.Context, territory *Territory, states []state, periods []Period) error {
	type pair struct{ before, after string }
	compared := map[pair]*Changes{}
	group, ctx := carry.NewGroup(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range periods {
		before, after := &states[i], &states[i+1]
		if before.share == nil || after.share == nil {
			continue
		}
		between := pair{before.key, after.key}
		if compared[between] != nil {
			continue
		}
		c := &Changes{}
		compared[between] = c
		if before.key != after.key {
			group.Go(func() error {
				_, err := c.between(ctx, territory, united(before.zones), united(after.zones))
				c.Gained, c.Lost, c.Kept = nil, nil, nil // the land itself is not told
				return err
			})
		}
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for i := range periods {
		before, after := &states[i], &states[i+1]
		if before.share == nil || after.share == nil {
			continue
		}
		p, c := &periods[i], compared[pair{before.key, after.key}]
		p.GainedKm2, p.LostKm2, p.GainedSliverKm2, p.LostSliverKm2 = &c.GainedKm2, &c.LostKm2, &c.GainedSliverKm2, &c.LostSliverKm2
		p.NetKm2 = net(before, after)
		p.Km2ADay = new(*p.NetKm2 / float64(p.Days))
	}
	return nil
}

// net is what is held at the end less what was at the beginning, nil where one of
// them is not known. Both are taken to a power of two so small that it is beyond the
// exactness of the areas and so large that every sum of such differences is exact in
// a float64: sums of nets telescope to the last bit.
func net(before, after *state) *float64 {
	if before.share == nil || after.share == nil {
		return nil
	}
	_, e := math.Frexp(before.share.TerritoryKm2)
	step := math.Ldexp(1, e-50)
	whole := func(km2 float64) float64 { return math.RoundToEven(km2/step) * step }
	return new(whole(after.share.HeldKm2) - whole(before.share.HeldKm2))
}

// end tells the period the state after its last day.
func (p *Period) end(after *state) {
	p.EndMapped = after.share != nil
	if !p.EndMapped {
		return
	}
	f := &after.share.Figures
	p.HeldKm2, p.TerritoryKm2, p.Percent = &f.HeldKm2, &f.TerritoryKm2, &f.Percent
	p.PercentLow, p.PercentHigh, p.Evidence = &f.Uncertainty.PercentLow, &f.Uncertainty.PercentHigh, &after.share.Evidence
}

// within tells the period its gaps, its sources and whether these change.
func (p *Period) within(s *Snapshot, q Query, territory *Territory, basis *Basis) error {
	reading := s.readings[basis.ID]
	_, p.BeginMapped = reading.on(p.From)
	p.Sources = []string{}
	p.GapDays = p.Days
	var before []string
	for k := max(0, reading.at(p.From)); k < len(reading.epochs) && reading.epochs[k].From <= p.To; k++ {
		if !reading.says[k] {
			continue
		}
		e := reading.epochs[k]
		last := p.To
		if e.To != 0 {
			last = min(last, e.To)
		}
		p.GapDays -= max(0, int(last-max(p.From, e.From)))
		q.AsOf = max(e.From, p.From)
		if !e.Contains(q.AsOf) {
			continue
		}
		share, _, err := s.begin(q, territory, basis, territory.bound())
		if err != nil {
			return err
		}
		if before != nil && !slices.Equal(before, share.Sources) {
			p.MethodBreak = true
		}
		before = share.Sources
		p.Sources = append(p.Sources, share.Sources...)
	}
	slices.Sort(p.Sources)
	p.Sources = slices.Compact(p.Sources)
	return nil
}
