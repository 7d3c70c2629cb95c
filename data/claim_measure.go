package data

import (
	"context"
	"errors"
	"math"
)

// measure computes what the claim is about.
func (c *claimCheck) measure(ctx context.Context, claim *Claim, q Query, share *Share, out *Comparison) error {
	territory := share.TerritoryKm2
	switch claim.kind() {
	case ShareClaim:
		out.Figure, out.FigureLow, out.FigureHigh = new(out.Percent), new(out.PercentLow), new(out.PercentHigh)
		return c.standing(ctx, claim, q, out, 1)
	case AreaClaim:
		out.Figure, out.FigureLow, out.FigureHigh = new(share.HeldKm2), new(out.PercentLow/100*territory), new(out.PercentHigh/100*territory)
		return c.standing(ctx, claim, q, out, 100/territory)
	case ChangeClaim:
		scale := 1.0
		if claim.Unit == pointsUnit {
			scale = 100 / territory
		}
		return c.change(ctx, claim, q, share, out, scale)
	case RateClaim:
		return c.change(ctx, claim, q, share, out, 1/claim.spans())
	case DistanceClaim:
		return c.distance(ctx, claim, q, share, out)
	case TallyClaim:
		return c.tally(ctx, claim, q, out)
	}
	return nil
}

// tally compares what of a layer of things lies on the held side.
func (c *claimCheck) tally(ctx context.Context, claim *Claim, q Query, out *Comparison) error {
	layer, _ := c.s.Dataset.ThingLayer(claim.Layer)
	asked := TallyQuery{Query: q}
	views, err := tallyViews(ctx, c.s, &asked)
	if err != nil {
		return err
	}
	tally, err := tallyLayer(ctx, c.s, asked, layer, views)
	if err != nil {
		return err
	}
	of := tally.Readings[0].Total // the asked reading comes first
	out.Figure, out.FigureLow, out.FigureHigh = &of.Held, &of.HeldLow, &of.HeldHigh
	low, high := claim.figure()
	out.compare(low, high, 0)
	out.judgeChange(low, high)
	return nil
}

// spans is how many days or months of its unit the period of a rate is: of whole
// months their number, else by the mean length of a month.
func (c *Claim) spans() float64 {
	days := float64(c.To - c.From)
	from, to := c.From.Time(), c.To.Time()
	switch {
	case c.Unit != aMonthUnit:
		return days
	case from.Day() == to.Day():
		return float64(12*(to.Year()-from.Year()) + int(to.Month()) - int(from.Month()))
	}
	return days / meanMonthDay
}

// standing compares a share or an area; points is how many percentage points one of its unit is.
func (c *claimCheck) standing(ctx context.Context, claim *Claim, q Query, out *Comparison, points float64) error {
	low, high := claim.figure()
	out.compare(low, high, points)
	metres, err := c.displacement(ctx, q, out.Percent, clamp(out.Percent, low*points, high*points))
	if err != nil {
		return err
	}
	out.DisplacementM = metres
	out.judgeStanding()
	return nil
}

// clamp is the number from low to high that is nearest to another.
func clamp(v, low, high float64) float64 { return math.Min(math.Max(v, low), high) }

// compare holds the figure against the published one.
func (c *Comparison) compare(low, high, points float64) {
	c.Difference = new(*c.Figure - clamp(*c.Figure, low, high))
	middle := low
	if !math.IsInf(high, 1) {
		middle = (low + high) / 2
	}
	c.DifferencePoints = (*c.Figure - middle) * points
	c.InsideBand = high >= *c.FigureLow && low <= *c.FigureHigh
}

// change compares what changed in a period or between two readings; scale is what one
// km² is in the unit of the claim. The band leaves out what the accuracy of the
// boundaries cannot tell from no change; see Slivers.
func (c *claimCheck) change(ctx context.Context, claim *Claim, q Query, share *Share, out *Comparison, scale float64) error {
	before := c.before(claim, q)
	was, err := c.s.Share(ctx, before)
	if err != nil {
		return err
	}
	territory, basis, err := c.s.resolve(&q)
	if err != nil {
		return err
	}
	_, against, err := c.s.resolve(&before)
	if err != nil {
		return err
	}
	var between Changes
	if was.key() != share.key() {
		if _, err := between.between(ctx, territory, united(c.s.held(before, against, territory.bound())), united(c.s.held(q, basis, territory.bound()))); err != nil {
			return err
		}
	}
	net := share.HeldKm2 - was.HeldKm2
	out.Figure, out.FigureLow, out.FigureHigh = new(net*scale), new((net-between.GainedSliverKm2)*scale), new((net+between.LostSliverKm2)*scale)
	low, high := claim.figure()
	out.compare(low, high, 100/share.TerritoryKm2/scale)
	if claim.RecordSince != 0 {
		if out.Record, err = c.record(ctx, claim, q); err != nil {
			return err
		}
	}
	out.judgeChange(low, high)
	return nil
}

// before is the state that a change or a distance is from.
func (c *claimCheck) before(claim *Claim, q Query) Query {
	if claim.From != 0 {
		q.AsOf = claim.From
	}
	q.Basis = orDefault(claim.Against, q.Basis)
	return q
}

// record tells whether the net of the claim's period is above that of each period of
// its length since the one that the claim names; nil where that is not known.
func (c *claimCheck) record(ctx context.Context, claim *Claim, q Query) (*bool, error) {
	for _, every := range []Every{EveryDay, EveryWeek, EveryMonth, EveryYear} {
		if every.first(claim.From) != claim.From || every.next(claim.From) != claim.To {
			continue
		}
		since, err := c.s.Periods(ctx, PeriodsQuery{Query: q, Every: every, From: every.next(claim.RecordSince), To: claim.To})
		if errors.Is(err, ErrQuestion) { // more periods than are told of
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		last := len(since.Periods) - 1
		most := since.Periods[last].NetKm2
		for _, p := range since.Periods[:last] {
			if p.NetKm2 == nil || most == nil {
				return nil, nil
			}
			if *p.NetKm2 >= *most {
				return new(false), nil
			}
		}
		return new(most != nil), nil
	}
	return nil, nil
}

// distance tells how far a line moved, or stands from another: by how much the first
// would have to be displaced to cut off what the second does. Where the dataset has
// one line alone, it tells the share, were it moved by what is published.
func (c *claimCheck) distance(ctx context.Context, claim *Claim, q Query, share *Share, out *Comparison) error {
	low, high := claim.figure()
	before := c.before(claim, q)
	was, err := c.s.Share(ctx, before)
	if err != nil {
		return err
	}
	if was.key() == share.key() {
		return c.ifMoved(ctx, q, low, high, out)
	}
	metres, err := c.displacement(ctx, before, was.Percent, share.Percent)
	if err != nil {
		return err
	}
	if metres != nil {
		apart := was.Uncertainty.AccuracyM + share.Uncertainty.AccuracyM
		out.Figure, out.FigureLow, out.FigureHigh = metres, new(*metres-apart), new(*metres+apart)
		out.compare(low, high, 0)
	}
	out.judgeChange(low, high)
	return nil
}

// ifMoved tells the shares, were the line moved by published distances.
func (c *claimCheck) ifMoved(ctx context.Context, q Query, low, high float64, out *Comparison) error {
	d, err := c.divide(ctx, q)
	if err != nil {
		return err
	}
	for _, end := range []struct {
		metres float64
		share  **float64
	}{{low, &out.PercentIfMovedLow}, {high, &out.PercentIfMovedHigh}} {
		if end.metres > MostNearM {
			continue
		}
		heldM2, err := d.displaced(ctx, end.metres)
		if err != nil {
			return err
		}
		*end.share = new(100 * heldM2 / d.land.AreaM2)
	}
	out.judgeMove()
	return nil
}

// yardstick tells what a share or an area that is not compared would mean for the line.
func (c *claimCheck) yardstick(ctx context.Context, out *CheckedClaim, basis string) error {
	claim := &out.Claim
	if k := claim.kind(); k != ShareClaim && k != AreaClaim {
		return nil
	}
	q := Query{Of: claim.Of, Party: claim.Party, Basis: basis, AsOf: claim.FigureDay()}
	share, err := c.s.Share(ctx, q)
	if err != nil {
		return err
	}
	points := 1.0
	if claim.kind() == AreaClaim {
		points = 100 / share.TerritoryKm2
	}
	low, high := claim.figure()
	metres, err := c.displacement(ctx, q, share.Percent, clamp(share.Percent, low*points, high*points))
	if err != nil {
		return err
	}
	out.Yardsticks = append(out.Yardsticks, Yardstick{basis, metres, needs(metres)})
	return nil
}

// displacement is how far the line would have to lie for a share to be what is wanted,
// nil where no distance reaches it.
func (c *claimCheck) displacement(ctx context.Context, q Query, percent, wanted float64) (*float64, error) {
	if wanted == percent {
		return new(0.0), nil
	}
	d, err := c.divide(ctx, q)
	if err != nil {
		return nil, err
	}
	asked := reached{d, wanted}
	if metres, known := c.reached[asked]; known {
		return metres, nil
	}
	metres, err := d.reach(ctx, wanted)
	switch _, far := errors.AsType[*outOfReach](err); {
	case far:
		c.reached[asked] = nil
	case err != nil:
		return nil, err
	default:
		c.reached[asked] = &metres
	}
	return c.reached[asked], nil
}

// divide finds the line of a reading on a day, once for all days on which it lies there.
func (c *claimCheck) divide(ctx context.Context, q Query) (*divided, error) {
	key := [2]string{q.Of, viewKey(c.s, q)}
	if known := c.divided[key]; known != nil {
		return known, nil
	}
	d, err := divide(ctx, c.s, q)
	if err == nil {
		c.divided[key] = d
	}
	return d, err
}
