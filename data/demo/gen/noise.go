package gen

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
)

// random returns a number in [-1, 1) that depends on its arguments alone.
func random(kind, i, j int) float64 {
	var key [32]byte
	for k, v := range [4]int{seed, kind, i, j} {
		binary.BigEndian.PutUint64(key[8*k:], uint64(int64(v)))
	}
	sum := sha256.Sum256(key[:])
	return float64(int64(binary.BigEndian.Uint64(sum[:]))>>11) / (1 << 52)
}

// smooth returns value noise in [-1, 1]: random numbers on a lattice of 1 with
// smooth hills between them (Ebert et al., Texturing and Modeling, 1994).
func smooth(kind int, x, y float64) float64 {
	x0, y0 := math.Floor(x), math.Floor(y)
	i, j := int(x0), int(y0)
	u, v := ease(x-x0), ease(y-y0)
	low := random(kind, i, j)*(1-u) + random(kind, i+1, j)*u
	high := random(kind, i, j+1)*(1-u) + random(kind, i+1, j+1)*u
	return low*(1-v) + high*v
}

// rough adds up smooth noise of three sizes, the largest `size` kilometres wide.
func rough(kind int, x, y, size float64) float64 {
	return 0.6*smooth(kind, x/size, y/size) + 0.3*smooth(kind+1, 2*x/size, 2*y/size) + 0.1*smooth(kind+2, 4*x/size, 4*y/size)
}

func ease(f float64) float64 { return f * f * (3 - 2*f) }
