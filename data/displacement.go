package data

import (
	"context"
	"errors"
	"fmt"
	"math"
)

// MethodOfDistance says how land is measured by its distance from the line.
const MethodOfDistance = "land by its straight distance on the ellipsoid (WGS 84) from the line: the front of the held land, where it follows a control line of the party if it follows any; " +
	"on one side of it, inside the territory; areas as of a share; demarc-distance/1"

// DisplacementQuery asks how far the line would have to lie beyond where it is drawn.
type DisplacementQuery struct {
	Query
	Percent    *float64  // for the share to be this, 0 to 100; nil asks for the curve alone
	DistancesM []float64 // where the curve is told, below 0 towards the held side; nil for UsualDistances
}

// UsualDistances are those of a curve when nobody asks for others, in metres.
func UsualDistances() []float64 {
	return []float64{-2000, -1500, -1000, -750, -500, -300, -200, -100, -50, 0, 50, 100, 200, 300, 500, 750, 1000, 1500, 2000}
}

// Displacement is how far the line would have to lie beyond where it is drawn,
// everywhere alike, for a figure to be true. It is a yardstick and no model of how a
// line moves.
type Displacement struct {
	Share         Share        `json:"share"`         // as the line is drawn
	PercentAsked  *float64     `json:"percent_asked"` // nil when only the curve was asked for
	DisplacementM *float64     `json:"displacement_m"`
	Reason        string       `json:"reason,omitempty"` // why no distance reaches it
	LineKm        float64      `json:"line_km"`          // length of the line
	Curve         []CurvePoint `json:"curve"`
	Verdict       string       `json:"verdict,omitempty"` // in English
	Method        string       `json:"method"`
	Snapshot      string       `json:"snapshot"`
	Self          string       `json:"self"` // address of this answer, filled in by who gives it
}

// CurvePoint is the share, were the line displaced.
type CurvePoint struct {
	DistanceM float64 `json:"distance_m"` // above 0 into the land that the party does not hold, below 0 into what it holds
	Percent   float64 `json:"percent"`
	HeldKm2   float64 `json:"held_km2"`
}

// Displacement answers a query. Errors are those of Share, and ErrQuestion.
func (s *Snapshot) Displacement(ctx context.Context, q DisplacementQuery) (*Displacement, error) {
	if q.Percent != nil && !(*q.Percent >= 0 && *q.Percent <= 100) {
		return nil, fmt.Errorf("%w: percent is a number from 0 to 100", ErrQuestion)
	}
	if q.DistancesM == nil {
		q.DistancesM = UsualDistances()
	}
	d, err := divide(ctx, s, q.Query)
	if err != nil {
		return nil, err
	}
	out := &Displacement{Share: d.share, PercentAsked: q.Percent, LineKm: d.lengthM / 1000, Curve: []CurvePoint{}, Method: MethodOfDistance, Snapshot: s.name}
	for _, metres := range q.DistancesM {
		if !(math.Abs(metres) <= MostNearM) {
			return nil, fmt.Errorf("%w: distances are at most %d metres", ErrQuestion, MostNearM)
		}
		heldM2, err := d.displaced(ctx, metres)
		if err != nil {
			return nil, err
		}
		out.Curve = append(out.Curve, CurvePoint{metres, math.Min(100, 100*heldM2/d.land.AreaM2), heldM2 / 1e6})
	}
	if q.Percent == nil {
		return out, nil
	}
	metres, err := d.reach(ctx, *q.Percent)
	switch far, ok := errors.AsType[*outOfReach](err); {
	case ok:
		out.Reason = far.Error()
		out.Verdict = out.Reason
	case err != nil:
		return nil, err
	default:
		out.DisplacementM, out.Verdict = &metres, verdict(metres, *q.Percent)
	}
	return out, nil
}

// verdict says it in a sentence.
func verdict(metres, percent float64) string {
	if where := beyond(metres); where != "" {
		return fmt.Sprintf("the line would have to lie %s, everywhere, for %g %% to be true", where, percent)
	}
	return fmt.Sprintf("the line lies where %g %% needs it", percent)
}

// beyond says how far a line would have to lie from where it is drawn, "" for no whole metre.
func beyond(metres float64) string {
	switch whole := math.Round(math.Abs(metres)); {
	case whole == 0:
		return ""
	case metres > 0:
		return fmt.Sprintf("%.0f m further out", whole)
	default:
		return fmt.Sprintf("%.0f m further in", whole)
	}
}

// displaced is the land held, in m², with the line displaced by so many metres.
func (d *divided) displaced(ctx context.Context, metres float64) (float64, error) {
	near, err := d.within(ctx, math.Abs(metres))
	if metres < 0 {
		return near.heldM2 - near.nearHeldM2, err
	}
	return near.heldM2 + near.nearFreeM2, err
}

// outOfReach means that no distance makes a share what it is asked to be.
type outOfReach struct {
	percent, bound float64
	further        string // out or in
	why            string
}

func (e *outOfReach) Error() string {
	if e.why != "" {
		return e.why
	}
	return fmt.Sprintf("no displacement of the line reaches %g %%: with the line %d km further %s the share would be %.2f %%", e.percent, MostNearM/1000, e.further, e.bound)
}

// How exactly a displacement is found: in metres, in the share of the land, and in
// steps at the most; it takes about ten.
const (
	exactM     = 0.001
	exactShare = 1e-9
	mostSteps  = 100
)

// reach finds the displacement at which the share is so many percent. What is held
// grows with it, so two distances that lie on either side are drawn together: by
// the straight line between their areas, and by halves where that is slow.
func (d *divided) reach(ctx context.Context, percent float64) (float64, error) {
	all := d.land.AreaM2
	wanted := percent / 100 * all
	missing := func(metres float64) (float64, error) {
		area, err := d.displaced(ctx, metres)
		return area - wanted, err
	}
	near := 0.0
	atNear, err := missing(near)
	if err != nil || math.Abs(atNear) <= exactShare*all {
		return 0, err
	}
	if d.lengthM == 0 {
		return 0, &outOfReach{why: "the reading has no line there: nothing is held, or no held land faces other land"}
	}
	way := math.Copysign(1, -atNear)
	far, atFar := near, atNear
	for step := math.Max(1, 1.2*math.Abs(atNear)/d.lengthM); ; step *= 2 {
		far = way * math.Min(step, MostNearM)
		if atFar, err = missing(far); err != nil {
			return 0, err
		}
		if way*atFar >= -exactShare*all {
			break
		}
		if math.Abs(far) == MostNearM {
			return 0, &outOfReach{percent: percent, bound: 100 * (atFar + wanted) / all, further: map[bool]string{true: "out", false: "in"}[way > 0]}
		}
		near, atNear = far, atFar
	}
	return bracketed(near, atNear, far, atFar, exactShare*all, missing)
}

// bracketed finds where a function that never falls comes to zero: of the places where it
// is, that nearest to a. It is given two places on either side of that, draws them
// together by the straight line between what the function is there (the rule of
// Illinois), and by halves where it is flat.
func bracketed(a, atA, b, atB, exact float64, f func(float64) (float64, error)) (float64, error) {
	weightA, weightB := atA, atB // what the straight line is drawn through
	flat := false
	moved := ' ' // the end that moved last; when it moves again the other weighs half
	for range mostSteps {
		if math.Abs(b-a) <= exactM {
			break
		}
		c := b - weightB*(b-a)/(weightB-weightA)
		if math.Abs(atB) <= exact { // it is there; flat where it was so just before
			if c = b + math.Copysign(exactM, a-b); flat {
				c = (a + b) / 2
			}
			flat = true
		}
		atC, err := f(c)
		if err != nil {
			return 0, err
		}
		if math.Abs(atC) <= exact || atC*atA < 0 {
			if b, atB, weightB = c, atC, atC; moved == 'b' {
				weightA /= 2
			}
			moved = 'b'
			continue
		}
		if a, atA, weightA = c, atC, atC; moved == 'a' {
			weightB /= 2
		}
		moved = 'a'
	}
	return b, nil
}
