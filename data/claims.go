package data

import (
	"cmp"
	"context"
	"errors"
	"math"
)

// CheckedClaim is a published figure beside what is computed for its own day.
type CheckedClaim struct {
	Claim
	Computed  []Comparison `json:"computed"`  // one for each basis that maps the day
	Checkable bool         `json:"checkable"` // false with a reason in Reason
	Reason    string       `json:"reason,omitempty"`
}

// Comparison is a claim beside one basis.
type Comparison struct {
	Basis       string  `json:"basis"`
	Measures    Measure `json:"measures"`
	Percent     float64 `json:"percent"`
	PercentLow  float64 `json:"percent_low"`
	PercentHigh float64 `json:"percent_high"`
	// DifferencePoints is computed minus published, in percentage points; of a
	// published range, the middle.
	DifferencePoints float64 `json:"difference_points"`
	// InsideBand tells that the published figure, or part of its range, lies in
	// the uncertainty band of the computed one.
	InsideBand bool `json:"inside_band"`
	// DisplacementM is how far the line would have to lie beyond where it is drawn
	// for the published figure to be true; of a published range, to its nearer end, 0
	// within it; nil where no distance reaches it.
	DisplacementM *float64 `json:"displacement_m"`
	Evidence      Evidence `json:"evidence"`
	Self          string   `json:"self"` // address of the share, filled in by who gives it
}

// CheckedClaims returns the claims stated on or before a day, in the order of
// the file, each compared under the basis it names or under every one; a zero day means all.
func (s *Snapshot) CheckedClaims(ctx context.Context, asOf Date) ([]CheckedClaim, error) {
	out := []CheckedClaim{}
	c := claimCheck{s, map[Query]*displaced{}}
	for _, claim := range s.Claims {
		if asOf != 0 && claim.day() > asOf {
			continue
		}
		checked, err := c.claim(ctx, claim)
		if err != nil {
			return nil, err
		}
		out = append(out, checked)
	}
	return out, nil
}

// day is when the claim was stated, where that is known; else the day that its figure is about.
func (c *Claim) day() Date {
	if c.DayUnknown {
		return c.AsOf
	}
	return c.StatedOn
}

// FigureDay is the day that the claim's figure is about: the one it names, else the day it was stated.
func (c *Claim) FigureDay() Date { return cmp.Or(c.AsOf, c.StatedOn) }

// claimCheck checks the claims of a snapshot; those about one day and reading share
// what is found of its line.
type claimCheck struct {
	s     *Snapshot
	moved map[Query]*displaced
}

func (c *claimCheck) claim(ctx context.Context, claim Claim) (CheckedClaim, error) {
	out := CheckedClaim{Claim: claim, Computed: []Comparison{}, Reason: claim.NotCheckable}
	if claim.NotCheckable != "" {
		return out, nil
	}
	day := claim.FigureDay()
	published := (claim.PercentLow + claim.PercentHigh) / 2
	for _, basis := range c.s.Dataset.Bases {
		if claim.Basis != "" && claim.Basis != basis.ID {
			continue
		}
		q := Query{Of: claim.Of, Party: claim.Party, Basis: basis.ID, AsOf: day}
		share, err := c.s.Share(ctx, q)
		var gap *NotMapped
		if errors.As(err, &gap) {
			out.Reason = gap.Error()
			continue
		}
		if err != nil {
			return CheckedClaim{}, err
		}
		metres, err := c.displacement(ctx, q, share.Percent, &claim)
		if err != nil {
			return CheckedClaim{}, err
		}
		low, high := share.Uncertainty.PercentLow, share.Uncertainty.PercentHigh
		out.Computed = append(out.Computed, Comparison{Basis: basis.ID, Measures: share.Measures, Evidence: share.Evidence, Percent: share.Percent, PercentLow: low, PercentHigh: high,
			DifferencePoints: share.Percent - published, InsideBand: claim.PercentHigh >= low && claim.PercentLow <= high, DisplacementM: metres})
	}
	if len(out.Computed) > 0 {
		out.Checkable, out.Reason = true, ""
	}
	return out, nil
}

// displacement is how far the line would have to lie for a claim to be true.
func (c *claimCheck) displacement(ctx context.Context, q Query, percent float64, claim *Claim) (*float64, error) {
	wanted := math.Min(math.Max(percent, claim.PercentLow), claim.PercentHigh)
	if wanted == percent {
		return new(0.0), nil
	}
	moved := c.moved[q]
	if moved == nil {
		d, err := divide(ctx, c.s, q)
		if err != nil {
			return nil, err
		}
		moved = displace(d)
		c.moved[q] = moved
	}
	metres, err := moved.reach(ctx, wanted)
	if _, beyond := errors.AsType[*outOfReach](err); beyond {
		return nil, nil
	}
	return &metres, err
}
