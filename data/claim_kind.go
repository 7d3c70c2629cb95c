package data

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// ClaimKind is what a published figure is.
type ClaimKind string

// The kinds. A claim without a kind is a share.
const (
	ShareClaim    ClaimKind = "share"
	AreaClaim     ClaimKind = "area"
	ChangeClaim   ClaimKind = "change"   // between two days, or two readings
	RateClaim     ClaimKind = "rate"     // a change by time
	TallyClaim    ClaimKind = "tally"    // a number of things
	DistanceClaim ClaimKind = "distance" // how far a line moved, or stands from another
)

// The units of claims. That of a tally names the things.
const (
	percentUnit  = "percent"
	km2Unit      = "km2"
	pointsUnit   = "points"
	aDayUnit     = "km2-a-day"
	aMonthUnit   = "km2-a-month"
	metresUnit   = "m"
	meanMonthDay = 365.2425 / 12
)

// units lists those that a kind may have, nil for any; ok is false for no kind.
func (k ClaimKind) units() (units []string, ok bool) {
	switch k {
	case ShareClaim:
		return []string{percentUnit}, true
	case AreaClaim:
		return []string{km2Unit}, true
	case ChangeClaim:
		return []string{km2Unit, pointsUnit}, true
	case RateClaim:
		return []string{aDayUnit, aMonthUnit}, true
	case DistanceClaim:
		return []string{metresUnit}, true
	case TallyClaim:
		return nil, true
	}
	return nil, false
}

// kind is that of the figure, whether the claim names it or not.
func (c *Claim) kind() ClaimKind { return cmp.Or(c.Kind, ShareClaim) }

// unit is that of the figure.
func (c *Claim) unit() string { return cmp.Or(c.Unit, percentUnit) }

// figure is the published figure: one number, or a range; high is +Inf for "more than".
func (c *Claim) figure() (low, high float64) {
	if c.Kind == "" {
		return *c.PercentLow, *c.PercentHigh
	}
	if c.High == nil {
		return *c.Low, math.Inf(1)
	}
	return *c.Low, *c.High
}

// faultOfFigure says what is wrong with the figure, its unit and its period, nil for nothing.
func (c *Claim) faultOfFigure() *Fault {
	if c.Kind == "" {
		if c.Low != nil || c.High != nil || c.Unit != "" || c.From != 0 || c.To != 0 || c.Against != "" || c.RecordSince != 0 || c.Layer != "" {
			return &Fault{Rule: "missing-property", Place: "kind", Detail: "a figure with low, high, unit, from, to, against, record_since or layer needs its kind: share, area, change, rate, tally or distance"}
		}
		if c.PercentLow == nil || c.PercentHigh == nil || !(*c.PercentLow >= 0 && *c.PercentLow <= *c.PercentHigh && *c.PercentHigh <= 100) {
			return &Fault{Rule: "range", Place: "percent_low", Detail: "0 ≤ percent_low ≤ percent_high ≤ 100"}
		}
		return nil
	}
	units, known := c.Kind.units()
	switch {
	case !known:
		return &Fault{Rule: "unknown-kind", Place: "kind", Detail: fmt.Sprintf("%q is none of share, area, change, rate, tally, distance", c.Kind)}
	case c.PercentLow != nil || c.PercentHigh != nil:
		return &Fault{Rule: "range", Place: "percent_low", Detail: "a claim with a kind has low and high instead of percent_low and percent_high"}
	case units != nil && !slices.Contains(units, c.Unit):
		return &Fault{Rule: "unknown-unit", Place: "unit", Detail: fmt.Sprintf("the unit of a claim of the kind %s is one of %v, not %q", c.Kind, units, c.Unit)}
	case c.Layer != "" && c.Kind != TallyClaim:
		return &Fault{Rule: "reference", Place: "layer", Detail: "layer names the layer of things that a tally counts; no other claim has one"}
	case c.Unit == "":
		return &Fault{Rule: "missing-property", Place: "unit", Detail: "the unit of a tally names what is counted"}
	case c.Low == nil || c.High != nil && !(*c.Low <= *c.High):
		return &Fault{Rule: "range", Place: "low", Detail: "low is required, and is at most high; without high it is “more than low”"}
	case c.Kind != ChangeClaim && c.Kind != RateClaim && *c.Low < 0, c.Kind == ShareClaim && (*c.Low > 100 || c.High != nil && *c.High > 100):
		return &Fault{Rule: "range", Place: "low", Detail: "the figure is below 0, or a share above 100 percent"}
	}
	return c.faultOfPeriod()
}

// faultOfPeriod says what is wrong with the time and the readings of a claim with a kind.
func (c *Claim) faultOfPeriod() *Fault {
	period, moves := c.From != 0 || c.To != 0, c.Kind == ChangeClaim || c.Kind == RateClaim || c.Kind == DistanceClaim
	switch {
	case period && (!moves || c.From == 0 || c.To <= c.From):
		return &Fault{Rule: "date", Place: "from", Detail: "from and to, the first day after, bound the period of a change, a rate or a distance: both or none"}
	case c.Against != "" && (c.Kind != ChangeClaim && c.Kind != DistanceClaim || period):
		return &Fault{Rule: "reference", Place: "against", Detail: "against names the reading that a change or a distance is from, on one day"}
	case c.RecordSince != 0 && (!period || c.Kind == DistanceClaim || c.RecordSince >= c.From):
		return &Fault{Rule: "date", Place: "record_since", Detail: "a record is of a change or a rate, since a day before its period"}
	case c.NotCheckable != "" || period || c.Against != "":
		return nil
	case c.Kind == RateClaim || c.Kind == ChangeClaim:
		return &Fault{Rule: "missing-property", Place: "from", Detail: "what changed is computed between from and to, or for a change against another reading: give them, or say in not_checkable why not"}
	}
	return nil
}
