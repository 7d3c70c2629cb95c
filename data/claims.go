package data

import (
	"cmp"
	"context"
	"errors"
)

// CheckedClaim is a published figure beside what is computed for its own day.
type CheckedClaim struct {
	Claim
	Figure    string       `json:"published"` // the published figure in English, with its unit
	Computed  []Comparison `json:"computed"`  // one for each basis that maps the day
	Checkable bool         `json:"checkable"` // false with a reason in Reason
	Reason    string       `json:"reason,omitempty"`
	// Yardsticks tell of a share or an area that is not checkable how far the line of
	// each reading would have to lie beyond where it is drawn to cut off so much: no
	// check of the figure, but what it would mean on the ground.
	Yardsticks []Yardstick `json:"yardsticks,omitempty"`
	// Verdict and Words are those of the reading that comes nearest.
	Verdict Verdict `json:"verdict"`
	Words   string  `json:"words"` // the verdict in English
}

// Comparison is a claim beside one basis.
type Comparison struct {
	Basis       string  `json:"basis"`
	Measures    Measure `json:"measures"`
	Percent     float64 `json:"percent"` // the share on the day of the figure, at the end of its period
	PercentLow  float64 `json:"percent_low"`
	PercentHigh float64 `json:"percent_high"`
	// DifferencePoints is computed minus published, in percentage points of the
	// territory; of a published range, the middle.
	DifferencePoints float64 `json:"difference_points"`
	// InsideBand tells that the published figure, or part of its range, lies in
	// the uncertainty band of the computed one.
	InsideBand bool `json:"inside_band"`
	// DisplacementM is how far the line would have to lie beyond where it is drawn
	// for the published figure to be true; of a published range, to its nearer end, 0
	// within it; nil where no distance reaches it, and for what is no share or area.
	DisplacementM *float64 `json:"displacement_m"`
	// The published figure's own quantity, in its unit; nil where it has none here.
	Figure     *float64 `json:"figure"`
	FigureLow  *float64 `json:"figure_low"`
	FigureHigh *float64 `json:"figure_high"`
	Unit       string   `json:"unit"`
	Difference *float64 `json:"difference"` // Figure minus published; of a published range, its nearer end, 0 within it
	// PercentIfMovedLow and -High are the shares, were the whole line moved by the
	// published distance.
	PercentIfMovedLow  *float64 `json:"percent_if_moved_low,omitempty"`
	PercentIfMovedHigh *float64 `json:"percent_if_moved_high,omitempty"`
	// Record tells whether the change is the most since the period claimed; nil where
	// none is claimed, and where not all periods since are mapped.
	Record   *bool    `json:"record,omitempty"`
	Verdict  Verdict  `json:"verdict"`
	Words    string   `json:"words"`
	Evidence Evidence `json:"evidence"`
	Self     string   `json:"self"` // address of the share, filled in by who gives it
}

// Yardstick is how far a line would have to lie beyond where it is drawn.
type Yardstick struct {
	Basis         string   `json:"basis"`
	DisplacementM *float64 `json:"displacement_m"` // nil where no distance reaches it
	Words         string   `json:"words"`
}

// CheckedClaims returns the claims stated on or before a day, in the order of
// the file, each compared under the basis it names or under every one; a zero day means all.
func (s *Snapshot) CheckedClaims(ctx context.Context, asOf Date) ([]CheckedClaim, error) {
	out := []CheckedClaim{}
	c := claimCheck{s, map[[2]string]*divided{}, map[reached]*float64{}}
	for _, claim := range s.Claims {
		if asOf != 0 && claim.day() > asOf {
			continue
		}
		checked, err := c.claim(ctx, claim)
		if err != nil {
			return nil, err
		}
		checked.judge()
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

// FigureDay is the day that the claim's figure is about: the one it names, the end of
// its period, else the day it was stated.
func (c *Claim) FigureDay() Date { return cmp.Or(c.To, c.AsOf, c.StatedOn) }

// claimCheck checks the claims of a snapshot; those about one line share what is found
// of it, on whichever day it lay there.
type claimCheck struct {
	s       *Snapshot
	divided map[[2]string]*divided
	reached map[reached]*float64
}

// reached is a share that the land of a line is asked for.
type reached struct {
	of      *divided
	percent float64
}

func (c *claimCheck) claim(ctx context.Context, claim Claim) (CheckedClaim, error) {
	out := CheckedClaim{Claim: claim, Figure: claim.Published(), Computed: []Comparison{}, Reason: claim.NotCheckable}
	if out.Reason == "" && claim.Kind == TallyClaim && claim.Layer == "" {
		out.Reason = "a number of things needs a layer of these things, which the claim does not name"
	}
	unchecked := out.Reason != ""
	for _, basis := range c.s.Dataset.Bases {
		if claim.Basis != "" && claim.Basis != basis.ID {
			continue
		}
		err := c.beside(ctx, &out, basis.ID, unchecked)
		if gap, ok := errors.AsType[*NotMapped](err); ok {
			out.Reason = cmp.Or(claim.NotCheckable, gap.Error())
			continue
		}
		if err != nil {
			return CheckedClaim{}, err
		}
	}
	if len(out.Computed) > 0 {
		out.Checkable, out.Reason = true, ""
	}
	return out, nil
}

// beside compares a claim under one basis, or tells the yardstick of one that is not compared.
func (c *claimCheck) beside(ctx context.Context, out *CheckedClaim, basis string, unchecked bool) error {
	claim := &out.Claim
	if unchecked {
		return c.yardstick(ctx, out, basis)
	}
	q := Query{Of: claim.Of, Party: claim.Party, Basis: basis, AsOf: claim.FigureDay()}
	share, err := c.s.Share(ctx, q)
	if err != nil {
		return err
	}
	compared := Comparison{Basis: basis, Measures: share.Measures, Evidence: share.Evidence, Percent: share.Percent,
		PercentLow: share.Uncertainty.PercentLow, PercentHigh: share.Uncertainty.PercentHigh, Unit: claim.unit()}
	if err := c.measure(ctx, claim, q, &share, &compared); err != nil {
		return err
	}
	out.Computed = append(out.Computed, compared)
	return nil
}
