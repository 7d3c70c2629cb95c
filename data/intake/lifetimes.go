package intake

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
)

// lifetimes turns states into zones and control lines: each polygon or line holds
// from the first day of a run of states that all have it to the day of the first
// that lacks it; in the last state it holds on. Days are those of all states, in
// order. Zones that are open already are those of the first day, of which there are no
// other states then. A polygon is the same when its rings are, whatever vertex they
// begin at, and party, basis and status are.
func lifetimes(open []data.Zone, states []drawn, days []data.Date) []drawn {
	type life struct {
		drawn
		last int  // position in days of the last state that has it
		old  bool // it has its id
	}
	var lives []*life
	alive := map[string]*life{}
	for _, z := range open {
		l := &life{drawn: drawn{zone: z}, old: true}
		alive[l.key()] = l
		lives = append(lives, l)
	}
	byDay := map[data.Date][]drawn{}
	for _, s := range states {
		byDay[s.day] = append(byDay[s.day], s)
	}
	for at, day := range days {
		for _, s := range byDay[day] {
			for _, piece := range s.each() {
				key := piece.key()
				if l := alive[key]; l != nil && l.last >= at-1 {
					l.last = at
					continue
				}
				l := &life{drawn: piece, last: at}
				l.zone.Valid = data.Interval{From: day}
				alive[key] = l
				lives = append(lives, l)
			}
		}
	}
	out := make([]drawn, len(lives))
	number := map[string]int{}
	slices.SortStableFunc(lives, func(a, b *life) int {
		return cmp.Or(cmp.Compare(a.zone.Basis, b.zone.Basis), cmp.Compare(a.zone.Valid.From, b.zone.Valid.From))
	})
	for i, l := range lives {
		if l.last+1 < len(days) {
			l.zone.Valid.To = days[l.last+1]
		}
		if !l.old {
			prefix := fmt.Sprintf("%s-%s", l.zone.Basis, l.zone.Valid.From)
			if l.line != nil {
				prefix = fmt.Sprintf("%s-line-%s", l.zone.Basis, l.zone.Valid.From)
			}
			number[prefix]++
			l.zone.ID = fmt.Sprintf("%s-%d", prefix, number[prefix])
		}
		out[i] = l.drawn
	}
	return out
}

// fingerprint is the same for rings that differ only in the vertex they begin
// at. Rings are wound and closed alike already.
func fingerprint(p orb.Polygon) string {
	hash := sha256.New()
	var b [16]byte
	for _, r := range p {
		open := r[:len(r)-1]
		first := 0
		for i, q := range open {
			if cmp.Or(cmp.Compare(q[0], open[first][0]), cmp.Compare(q[1], open[first][1])) < 0 {
				first = i
			}
		}
		binary.LittleEndian.PutUint64(b[:], uint64(len(open)))
		hash.Write(b[:8])
		for i := range open {
			q := open[(first+i)%len(open)]
			binary.LittleEndian.PutUint64(b[:8], math.Float64bits(q[0]))
			binary.LittleEndian.PutUint64(b[8:], math.Float64bits(q[1]))
			hash.Write(b[:])
		}
	}
	return string(hash.Sum(nil))
}
