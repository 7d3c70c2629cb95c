package data

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Verdict is what a comparison comes to.
type Verdict string

// The verdicts, the nearest first.
const (
	Agrees         Verdict = "agrees"           // the published figure lies in the band of the computed one
	NeedsLineMoved Verdict = "needs-line-moved" // it would be true, were the line displaced
	Differs        Verdict = "differs"          // computed otherwise
	AnotherKind    Verdict = "another-kind"     // about something that the reading has no figure of
	OutOfReach     Verdict = "out-of-reach"     // no displacement makes it true
	NotCheckable   Verdict = "not-checkable"
)

// judgeStanding judges a share or an area.
func (c *Comparison) judgeStanding() {
	switch {
	case c.InsideBand:
		c.Verdict, c.Words = Agrees, "agrees"
	case c.DisplacementM == nil:
		c.Verdict, c.Words = OutOfReach, needs(nil)
	default:
		c.Verdict, c.Words = NeedsLineMoved, needs(c.DisplacementM)
	}
}

// needs says how far a line would have to lie from where it is drawn.
func needs(metres *float64) string {
	if metres == nil {
		return "no line found reaches it"
	}
	if where := beyond(*metres); where != "" {
		return "needs the line " + where
	}
	return "the line lies where it needs it"
}

// judgeChange judges a change, a rate or a distance between two states. A published
// figure agrees as well with one that is rounded to it.
func (c *Comparison) judgeChange(low, high float64) {
	switch {
	case c.Figure == nil:
		c.Verdict, c.Words = OutOfReach, needs(nil)
	case c.InsideBand:
		c.Verdict, c.Words = Agrees, "agrees"
	case low == high && math.Abs(*c.Difference) <= lastDigit(low)/2:
		c.Verdict, c.Words = Agrees, "agrees, as rounded"
	default:
		more := "above"
		if *c.Difference < 0 {
			more = "below"
		}
		c.Verdict, c.Words = Differs, fmt.Sprintf("computed %s %s, %s %s what is published", c.amount(*c.Figure), unitInWords(c.Unit), c.amount(math.Abs(*c.Difference)), more)
	}
	switch {
	case c.Record == nil:
	case *c.Record:
		c.Words += "; a record as it says"
	default:
		c.Verdict, c.Words = Differs, c.Words+"; not the record that it says"
	}
}

// lastDigit is what one in the last decimal of a number is worth: 1 for 259, 0.1 for 24.7.
func lastDigit(v float64) float64 {
	_, decimals, _ := strings.Cut(strconv.FormatFloat(v, 'f', -1, 64), ".")
	return math.Pow10(-len(decimals))
}

// judgeMove judges a distance of a line that the dataset has in one place alone.
func (c *Comparison) judgeMove() {
	c.Verdict = AnotherKind
	switch low, high := c.PercentIfMovedLow, c.PercentIfMovedHigh; {
	case low == nil:
		c.Words = "another kind of statement: of a place, not of the whole line"
	case high == nil:
		c.Words = fmt.Sprintf("another kind of statement: of a place; were the whole line moved so far, the share would be more than %.2f %%", *low)
	case *low == *high:
		c.Words = fmt.Sprintf("another kind of statement: of a place; were the whole line moved so far, the share would be %.2f %%", *low)
	default:
		c.Words = fmt.Sprintf("another kind of statement: of a place; were the whole line moved so far, the share would be %.2f to %.2f %%", *low, *high)
	}
}

// unitInWords is a unit in English.
func unitInWords(unit string) string {
	switch unit {
	case percentUnit:
		return "%"
	case km2Unit:
		return "km²"
	case aDayUnit:
		return "km² a day"
	case aMonthUnit:
		return "km² a month"
	case pointsUnit:
		return "percentage points"
	}
	return unit
}

// judge gives a claim the verdict of the reading that comes nearest: by the order of
// the verdicts, then by how far the line would have to move, then the first.
func (c *CheckedClaim) judge() {
	if !c.Checkable {
		c.Verdict, c.Words = NotCheckable, c.Reason
		return
	}
	best := &c.Computed[0]
	for i := range c.Computed {
		if other := &c.Computed[i]; other.rank() < best.rank() || other.rank() == best.rank() && other.far() < best.far() {
			best = other
		}
	}
	c.Verdict, c.Words = best.Verdict, best.Words+" ("+best.Basis+")"
}

// rank is the place of the verdict in their order.
func (c *Comparison) rank() int {
	for i, v := range []Verdict{Agrees, NeedsLineMoved, Differs, AnotherKind, OutOfReach} {
		if c.Verdict == v {
			return i
		}
	}
	return math.MaxInt
}

// far is how far the line would have to move, or the difference.
func (c *Comparison) far() float64 {
	switch {
	case c.DisplacementM != nil:
		return math.Abs(*c.DisplacementM)
	case c.Difference != nil:
		return math.Abs(*c.Difference)
	}
	return 0
}

// Published is the published figure in English: 54.1 %, 64 to 66.7 %, more than 60 %.
func (c *Claim) Published() string {
	low, high := c.figure()
	unit := unitInWords(c.unit())
	switch {
	case math.IsInf(high, 1):
		return fmt.Sprintf("more than %g %s", low, unit)
	case low == high:
		return fmt.Sprintf("%g %s", low, unit)
	}
	return fmt.Sprintf("%g to %g %s", low, high, unit)
}

// InWords is the computed figure with its band in English.
func (c *Comparison) InWords() string {
	if c.Figure == nil {
		return "no figure of it"
	}
	return fmt.Sprintf("%s %s (%s to %s)", c.amount(*c.Figure), unitInWords(c.Unit), c.amount(*c.FigureLow), c.amount(*c.FigureHigh))
}

// amount writes an amount to two decimals; a whole number of things has none.
func (c *Comparison) amount(v float64) string {
	if unitInWords(c.Unit) == c.Unit && c.Unit != metresUnit && v == math.Trunc(v) {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.2f", v)
}
