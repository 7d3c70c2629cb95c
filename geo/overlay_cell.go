package geo

import (
	"cmp"
	"slices"
)

const (
	crowded  = 3 * perCell // pieces beyond which a cell is halved
	maxHalve = 16          // how often
)

// box is a part of a strip, relative to the origin.
type box struct {
	west, south, east, north float64
}

// cell measures one cell. A crowded one is halved at the median piece, as long
// as that separates pieces. On return the base is as it was.
func (w *sweeper) cell(b box, pieces []piece, changes []change, depth int) {
	if w.halted {
		return
	}
	if len(pieces) > crowded && depth < maxHalve && w.halve(b, pieces, changes, depth) {
		return
	}
	w.slabs(b, pieces, changes)
}

func (w *sweeper) halve(b box, pieces []piece, changes []change, depth int) bool {
	w.x = w.x[:0]
	for _, p := range pieces {
		w.x = append(w.x, p.x1+(p.x2-p.x1)/2)
	}
	slices.Sort(w.x)
	middle := w.x[len(w.x)/2]
	if !(b.west < middle && middle < b.east) || w.halt(len(pieces)) {
		return false
	}
	mark := len(w.pieces)
	defer func() { w.pieces = w.pieces[:mark] }()
	for _, p := range pieces {
		if p.x1 < middle {
			w.pieces = append(w.pieces, piece{p.edge, p.x1, min(p.x2, middle)})
		}
	}
	cut := len(w.pieces)
	for _, p := range pieces {
		if p.x2 > middle {
			w.pieces = append(w.pieces, piece{p.edge, max(p.x1, middle), p.x2})
		}
	}
	left, right := w.pieces[mark:cut], w.pieces[cut:]
	if most := len(pieces) * 3 / 4; len(left) >= most || len(right) >= most {
		return false
	}
	n := 0
	for n < len(changes) && changes[n].x <= middle {
		n++
	}
	w.cell(box{b.west, b.south, middle, b.north}, left, changes[:n], depth+1)
	w.move(changes[:n], +1)
	w.cell(box{middle, b.south, b.east, b.north}, right, changes[n:], depth+1)
	w.move(changes[:n], -1)
	return true
}

// move moves the base east over changes (direction +1) or back west (-1).
func (w *sweeper) move(changes []change, direction int32) {
	for _, c := range changes {
		w.base.pass(c.ring, direction*c.step)
	}
}

// slabs cuts a cell at every x where a piece begins or ends or the base
// changes. Between two of them the same pieces run all the way through.
func (w *sweeper) slabs(b box, pieces []piece, changes []change) {
	if len(pieces) == 0 && len(changes) == 0 {
		w.tally.add(w.base.mask, w.measure.under(b.west, b.east, b.north, b.north))
		return
	}
	x := append(w.x[:0], b.west, b.east)
	for _, c := range changes {
		x = append(x, c.x)
	}
	for _, p := range pieces {
		x = append(x, p.x1, p.x2)
	}
	slices.Sort(x)
	w.x = slices.Compact(x)
	slices.SortFunc(pieces, func(p, q piece) int { return cmp.Compare(p.x1, q.x1) })

	w.active = w.active[:0]
	begun, changed := 0, 0
	for i := 0; i+1 < len(w.x); i++ {
		west, east := w.x[i], w.x[i+1]
		w.active = slices.DeleteFunc(w.active, func(p piece) bool { return p.x2 <= west })
		for ; begun < len(pieces) && pieces[begun].x1 <= west; begun++ {
			w.active = append(w.active, pieces[begun])
		}
		from := changed
		for changed < len(changes) && changes[changed].x <= west {
			changed++
		}
		w.move(changes[from:changed], +1)
		if w.halt(1 + len(w.active)) {
			return
		}
		w.slab(box{west, b.south, east, b.north})
	}
	w.move(changes[:changed], -1)
}
