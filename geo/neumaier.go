package geo

// compensated is a running sum that keeps what rounding would lose
// (A. Neumaier, 1974: Rundungsfehleranalyse einiger Verfahren zur Summation
// endlicher Summen). Its error is about one rounding of the result plus
// n·2⁻¹⁰⁶ of the sum of magnitudes. The zero value is an empty sum.
type compensated struct {
	sum, lost float64
}

// add finds the rounding error as Knuth does (1969, TAOCP 2, 4.2.2), without
// asking which summand is greater: it is the same error.
func (c *compensated) add(x float64) {
	t := c.sum + x
	part := t - c.sum
	c.lost += (c.sum - (t - part)) + (x - part)
	c.sum = t
}

func (c *compensated) value() float64 { return c.sum + c.lost }
