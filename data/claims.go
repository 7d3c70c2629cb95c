package data

import (
	"cmp"
	"context"
	"errors"
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
	InsideBand bool     `json:"inside_band"`
	Evidence   Evidence `json:"evidence"`
	Self       string   `json:"self"` // address of the share, filled in by who gives it
}

// CheckedClaims returns the claims stated on or before a day, in the order of
// the file, each compared under the basis it names or under every one; a zero day means all.
func (s *Snapshot) CheckedClaims(ctx context.Context, asOf Date) ([]CheckedClaim, error) {
	out := []CheckedClaim{}
	for _, claim := range s.Claims {
		if asOf != 0 && claim.day() > asOf {
			continue
		}
		checked, err := checkClaim(ctx, s, claim)
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

func checkClaim(ctx context.Context, s *Snapshot, claim Claim) (CheckedClaim, error) {
	out := CheckedClaim{Claim: claim, Computed: []Comparison{}, Reason: claim.NotCheckable}
	if claim.NotCheckable != "" {
		return out, nil
	}
	day := claim.FigureDay()
	published := (claim.PercentLow + claim.PercentHigh) / 2
	for _, basis := range s.Dataset.Bases {
		if claim.Basis != "" && claim.Basis != basis.ID {
			continue
		}
		share, err := s.Share(ctx, Query{Of: claim.Of, Party: claim.Party, Basis: basis.ID, AsOf: day})
		var gap *NotMapped
		if errors.As(err, &gap) {
			out.Reason = gap.Error()
			continue
		}
		if err != nil {
			return CheckedClaim{}, err
		}
		low, high := share.Uncertainty.PercentLow, share.Uncertainty.PercentHigh
		out.Computed = append(out.Computed, Comparison{Basis: basis.ID, Measures: share.Measures, Evidence: share.Evidence, Percent: share.Percent, PercentLow: low, PercentHigh: high,
			DifferencePoints: share.Percent - published, InsideBand: claim.PercentHigh >= low && claim.PercentLow <= high})
	}
	if len(out.Computed) > 0 {
		out.Checkable, out.Reason = true, ""
	}
	return out, nil
}
