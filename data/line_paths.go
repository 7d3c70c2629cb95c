package data

import (
	"slices"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// linePath is a part of the line of a reading, ready to be asked about places.
type linePath struct {
	index     *geo.Index
	accuracyM float64
}

// linePaths are all the parts of a line.
type linePaths []linePath

// pathsOf readies a line. The errors are those of geo.NewIndex.
func pathsOf(lines []accurateLine) (linePaths, error) {
	out := make(linePaths, len(lines))
	for i, line := range lines {
		index, err := geo.NewIndex(line.path)
		if err != nil {
			return nil, err
		}
		out[i] = linePath{index, line.accuracyM}
	}
	return out, nil
}

// nearest is the place on the line that is nearest to a point, nil where there is no line.
func (paths linePaths) nearest(p orb.Point) *LinePlace {
	var out *LinePlace
	for _, path := range paths {
		at, metres, bearing, ok := path.index.Nearest(p)
		if ok && (out == nil || metres < out.DistanceM) {
			out = &LinePlace{at[0], at[1], metres, bearing, path.accuracyM}
		}
	}
	return out
}

// blurs reports whether a point lies within the accuracy of the line, which may as
// well run on its other side.
func (paths linePaths) blurs(p orb.Point) bool {
	return slices.ContainsFunc(paths, func(path linePath) bool { return path.index.Within(p, path.accuracyM) })
}

// within reports whether a point lies within a distance of the line, in metres.
func (paths linePaths) within(p orb.Point, metres float64) bool {
	return slices.ContainsFunc(paths, func(path linePath) bool { return path.index.Within(p, metres) })
}
