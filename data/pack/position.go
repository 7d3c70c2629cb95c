package pack

import (
	"math"

	"github.com/paulmach/orb"
)

// Scales by which coordinates become whole numbers: nearly every file has its
// coordinates with so many decimals or fewer.
var scales = [...]float64{1e7, 1e10, 1e13}

// asBits marks a path whose coordinates are no whole numbers at any scale.
const asBits = uint64(len(scales))

// path adds a path: the differences from position to position as whole numbers, where
// these give back every bit, else the bits.
func (r *Row) path(path Path) {
	r.Uint(uint64(len(path)))
	scale := scaleOf(path)
	r.Uint(scale)
	if scale == asBits {
		for _, p := range path {
			r.Float(p[0])
			r.Float(p[1])
		}
		return
	}
	var last [2]int64
	for _, p := range path {
		for axis, v := range p {
			n, _ := whole(v, scales[scale])
			r.Int(n - last[axis])
			last[axis] = n
		}
	}
}

// scaleOf is the place of the first scale that gives back the path, asBits for none.
func scaleOf(path Path) uint64 {
	for i, scale := range scales {
		if fits(path, scale) {
			return uint64(i)
		}
	}
	return asBits
}

func fits(path Path, scale float64) bool {
	for _, p := range path {
		for _, v := range p {
			if _, ok := whole(v, scale); !ok {
				return false
			}
		}
	}
	return true
}

// whole is a coordinate as a whole number, and whether that gives back every bit of it.
func whole(v, scale float64) (int64, bool) {
	n := math.RoundToEven(v * scale)
	if !(math.Abs(n) < 1<<53) {
		return 0, false
	}
	return int64(n), math.Float64bits(float64(int64(n))/scale) == math.Float64bits(v)
}

// path reads what Row.path wrote, behind the positions of others, for which there is room.
func (r *Reader) path(out Path) Path {
	count, scale := r.Count(2), r.Uint()
	if count > cap(out)-len(out) || scale > asBits {
		r.fail()
		return out
	}
	from := len(out)
	out = out[:from+count]
	if scale == asBits {
		for i := range out[from:] {
			out[from+i] = orb.Point{r.Float(), r.Float()}
		}
		return out
	}
	by := scales[scale]
	var x, y int64
	for i := range out[from:] {
		x += r.Int()
		y += r.Int()
		out[from+i] = orb.Point{float64(x) / by, float64(y) / by}
	}
	return out
}
