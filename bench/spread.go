package main

import (
	"fmt"
	"math"
	"slices"
)

// Spread is the median of some measurements and how far they lie apart.
type Spread struct {
	Median, Min, Max float64
	N                int
}

// spread returns the zero Spread of no values.
func spread(values []float64) Spread {
	if len(values) == 0 {
		return Spread{}
	}
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return Spread{(sorted[(n-1)/2] + sorted[n/2]) / 2, sorted[0], sorted[n-1], n}
}

func (s Spread) String() string {
	if s.N == 1 {
		return digits(s.Median) + " (once)"
	}
	return fmt.Sprintf("%s (%s–%s, %d)", digits(s.Median), digits(s.Min), digits(s.Max), s.N)
}

// digits prints three significant digits without an exponent.
func digits(v float64) string {
	if v == 0 || math.IsNaN(v) || math.IsInf(v, 0) {
		return fmt.Sprint(v)
	}
	after := max(0, 2-int(math.Floor(math.Log10(math.Abs(v)))))
	return fmt.Sprintf("%.*f", after, v)
}

// duration prints seconds in the unit that suits them.
func duration(seconds float64) string {
	for _, unit := range []struct {
		name string
		size float64
	}{{"s", 1}, {"ms", 1e-3}, {"µs", 1e-6}} {
		if seconds >= unit.size {
			return digits(seconds/unit.size) + " " + unit.name
		}
	}
	return digits(seconds/1e-9) + " ns"
}

func megabytes(bytes float64) string { return digits(bytes/1e6) + " MB" }

// exponent returns e of cost ∝ size^e through two measurements.
func exponent(size1, cost1, size2, cost2 float64) float64 {
	return math.Log(cost2/cost1) / math.Log(size2/size1)
}

// verdict says whether the median keeps the target.
func (f *Figure) verdict() string {
	t := f.Target
	switch {
	case t == Target{}:
		return ""
	case t.AtLeast > 0 && f.Ratio.Median >= t.AtLeast:
		return "≥ " + digits(t.AtLeast) + ", met"
	case t.AtLeast > 0:
		return "≥ " + digits(t.AtLeast) + ", **missed**"
	case f.Ratio.Median <= t.AtMost:
		return "≤ " + digits(t.AtMost) + ", met"
	}
	return "≤ " + digits(t.AtMost) + ", **missed**"
}
