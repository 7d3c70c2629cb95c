package browsers

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// mask is a set of pixels of a picture.
type mask struct {
	width, height int
	has           []bool
}

func newMask(width, height int) *mask {
	return &mask{width, height, make([]bool, width*height)}
}

func (m *mask) at(x, y int) bool { return m.has[y*m.width+x] }

// fill adds the pixels whose middle lies in a shape in pixels, and returns the mask.
func (m *mask) fill(shape orb.MultiPolygon) *mask {
	crossings := make([][]float64, m.height)
	eachSegment(shape, func(a, b orb.Point) {
		if a[1] > b[1] {
			a, b = b, a
		}
		for y := max(0, int(math.Ceil(a[1]-0.5))); y < m.height && float64(y)+0.5 < b[1]; y++ {
			crossings[y] = append(crossings[y], a[0]+(float64(y)+0.5-a[1])/(b[1]-a[1])*(b[0]-a[0]))
		}
	})
	for y, row := range crossings {
		slices.Sort(row)
		for i := 0; i+1 < len(row); i += 2 {
			for x := max(0, int(math.Ceil(row[i]-0.5))); x < m.width && float64(x)+0.5 < row[i+1]; x++ {
				m.has[y*m.width+x] = true
			}
		}
	}
	return m
}

// trace adds the pixels whose middle is nearer to a border of a shape than a distance.
func (m *mask) trace(shape orb.MultiPolygon, distance float64) {
	eachSegment(shape, func(a, b orb.Point) {
		box := orb.LineString{a, b}.Bound().Pad(distance)
		for y := max(0, int(box.Min[1])); y < m.height && float64(y) < box.Max[1]; y++ {
			for x := max(0, int(box.Min[0])); x < m.width && float64(x) < box.Max[0]; x++ {
				if planar.DistanceFromSegment(a, b, orb.Point{float64(x) + 0.5, float64(y) + 0.5}) < distance {
					m.has[y*m.width+x] = true
				}
			}
		}
	})
}

func eachSegment(shape orb.MultiPolygon, visit func(a, b orb.Point)) {
	for _, polygon := range shape {
		for _, ring := range polygon {
			for i := 1; i < len(ring); i++ {
				visit(ring[i-1], ring[i])
			}
		}
	}
}
