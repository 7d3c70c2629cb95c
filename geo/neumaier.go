package geo

import "math"

// compensated is a running sum that keeps what rounding would lose
// (A. Neumaier, 1974: Rundungsfehleranalyse einiger Verfahren zur Summation
// endlicher Summen). Its error is about one rounding of the result plus
// n·2⁻¹⁰⁶ of the sum of magnitudes. The zero value is an empty sum.
type compensated struct {
	sum, lost float64
}

func (c *compensated) add(x float64) {
	t := c.sum + x
	if math.Abs(c.sum) >= math.Abs(x) {
		c.lost += (c.sum - t) + x
	} else {
		c.lost += (x - t) + c.sum
	}
	c.sum = t
}

func (c *compensated) value() float64 { return c.sum + c.lost }
