package geo

import "github.com/paulmach/orb"

// Along returns the parts of lines that lie within so many metres of other lines,
// in their direction. It measures as [Front] does what lies near the border. The
// errors are those of [NewIndex].
func Along(lines, others orb.MultiLineString, withinM float64) (orb.MultiLineString, error) {
	index, err := NewIndex(others)
	if err != nil {
		return nil, err
	}
	f := farther{index: index, limit: withinM}
	var kept []directed
	for _, line := range lines {
		for i := range len(line) - 1 {
			kept = f.appendNear(kept, directed{line[i], line[i+1]})
		}
	}
	return chained(kept), nil
}
