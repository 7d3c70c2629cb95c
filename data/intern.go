package data

import (
	"encoding/binary"
	"hash/maphash"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// interner makes equal rings share their memory: in a history of hundreds of
// days most rings occur on many of them.
type interner struct {
	seed  maphash.Seed
	rings map[uint64][]orb.Ring
}

func newInterner() interner {
	return interner{maphash.MakeSeed(), map[uint64][]orb.Ring{}}
}

// intern returns a ring with the same points, the first that was seen. Rings
// are never changed once they are part of a snapshot.
func (n interner) intern(r orb.Ring) orb.Ring {
	var hash maphash.Hash
	hash.SetSeed(n.seed)
	var b [16]byte
	for _, p := range r {
		binary.LittleEndian.PutUint64(b[:8], math.Float64bits(p[0]))
		binary.LittleEndian.PutUint64(b[8:], math.Float64bits(p[1]))
		_, _ = hash.Write(b[:]) // never fails
	}
	key := hash.Sum64()
	for _, known := range n.rings[key] {
		if slices.Equal(known, r) {
			return known
		}
	}
	r = slices.Clip(r)
	n.rings[key] = append(n.rings[key], r)
	return r
}

// share interns the rings of polygons in their place.
func (n interner) share(mp orb.MultiPolygon) {
	for _, p := range mp {
		for i, ring := range p {
			p[i] = n.intern(ring)
		}
	}
}
