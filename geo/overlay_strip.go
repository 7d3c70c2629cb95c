package geo

import (
	"math"
	"slices"
)

// sweeper is one worker: it measures strips into its tally.
//
// A strip is cut into cells by height. Along the bottom line of a cell the
// cover is a step function of x: the cover at its west end, kept in base, and
// changes, the places where it changes. Both are carried from cell to cell as
// whole numbers, so that no rounding can ever put a cell on the wrong side.
type sweeper struct {
	set     *edgeSet
	plan    *stripPlan
	guard   *guard
	tally   *tally
	measure cellMeasure

	base    cover
	changes []change
	steps   int64
	halted  bool

	y       []float64 // borders of the cells, ascending
	heights []float64
	cells   [][]piece
	active  []piece // of a slab
	sorted  []piece // the same, in order
	pieces  []piece // stack of the pieces of halved cells
	x       []float64
	spans   []span // stack of the spans of halved slabs
	lowest  []float64
}

// piece is the part of an edge inside one cell, x1 < x2.
type piece struct {
	edge   int32
	x1, x2 float64
}

func newSweeper(set *edgeSet, plan *stripPlan, guard *guard, opt Options) *sweeper {
	return &sweeper{
		set: set, plan: plan, guard: guard,
		tally:   newTally(set.layers),
		measure: cellMeasure{planar: opt.planar},
		base:    newCover(set),
	}
}

// halt reports whether to give up, after counting steps.
func (w *sweeper) halt(steps int) bool {
	w.steps += int64(steps)
	if w.steps > stepsBetweenChecks {
		w.guard.spend(w.steps)
		w.steps = 0
		w.halted = w.guard.stopped()
	}
	return w.halted
}

func (w *sweeper) strip(i int) {
	edges, west, east := w.plan.of(i), w.plan.x[i], w.plan.x[i+1]
	w.changes = w.changes[:0]
	if w.set.window != nil {
		w.enterWindow(i)
	}
	if !w.cutCells(edges, west, east) {
		return
	}
	for j := range w.cells {
		bottom, top := w.y[j], w.y[j+1]
		if len(w.cells[j]) > 0 || len(w.changes) > 0 || w.base.mask != 0 {
			w.measure.set(w.set.origin[1], bottom, top)
			w.cell(box{west, bottom, east, top}, w.cells[j], w.changes, 0)
		}
		if w.halt(1) {
			return
		}
		w.climb(w.cells[j], west, east)
	}
}

// cutCells sets the borders of the strip's cells and lists the pieces of its
// edges in each. It is false when the strip is empty.
func (w *sweeper) cutCells(edges []int32, west, east float64) bool {
	if len(edges) == 0 && w.base.mask == 0 {
		return false
	}
	w.planCells(edges, west, east)
	n := len(w.y) - 1
	w.cells = append(w.cells[:cap(w.cells)], make([][]piece, max(0, n-cap(w.cells)))...)[:n]
	for j := range w.cells {
		w.cells[j] = w.cells[j][:0]
	}
	for _, i := range edges {
		e := &w.set.edges[i]
		x, end := max(west, e.x1), min(east, e.x2)
		y1, y2 := e.between(west, east)
		from, to := w.cellAt(y1), w.cellAt(y2)
		for from != to {
			border, next := from, from-1 // of w.y, of w.cells
			if to > from {
				border, next = from+1, from+1
			}
			cut := min(max(e.x(w.y[border]), x), end)
			w.addPiece(from, piece{i, x, cut})
			if border == 0 { // only with a window: the edge crosses its bottom line
				w.changes = append(w.changes, change{cut, e.ring, int32(from-next) * e.step})
			}
			x, from = cut, next
			w.steps++
		}
		w.addPiece(to, piece{i, x, end})
		if w.halt(1) {
			return false
		}
	}
	if w.set.window != nil {
		w.changes = mergeChanges(w.changes)
	}
	return true
}

func (w *sweeper) addPiece(cell int, p piece) {
	if p.x1 < p.x2 && 0 <= cell && cell < len(w.cells) {
		w.cells[cell] = append(w.cells[cell], p)
	}
}

// planCells chooses borders between which lie about equally many middles of
// the strip's edges.
func (w *sweeper) planCells(edges []int32, west, east float64) {
	const most = 1 << 12
	stride := 2 + len(edges)/most
	low, high := math.Inf(1), math.Inf(-1)
	w.heights = w.heights[:0]
	for k, i := range edges {
		a, b := w.set.edges[i].between(west, east)
		low, high = min(low, a, b), max(high, a, b)
		if k%stride == 0 {
			w.heights = append(w.heights, a+(b-a)/2)
		}
	}
	slices.Sort(w.heights)
	if box := w.set.window; box != nil {
		low, high = box.south, box.north
	}
	count := float64(len(edges)) / perCell
	if f := w.meanRise(edges, west, east); f > 0 {
		count = min(count, cellSpread/f)
	}
	if !(low < high) {
		high = math.Nextafter(low, math.Inf(1))
	}
	w.y = quantiles(w.y[:0], w.heights, int(count), low, high)
}

// meanRise returns the share of the heights that an edge of the strip rises
// or falls through, on average over some.
func (w *sweeper) meanRise(edges []int32, west, east float64) float64 {
	stride := 1 + len(edges)/256
	sum, n := 0, 0
	for k := 0; k < len(edges); k += stride {
		e := &w.set.edges[edges[k]]
		y1, y2 := e.between(west, east)
		a, b := countUpTo(w.heights, y1), countUpTo(w.heights, y2)
		sum += max(a-b, b-a)
		n++
	}
	return float64(sum) / float64(max(1, n)) / float64(max(1, len(w.heights)))
}

// cellAt returns the cell that holds the height y, the upper one on a border.
// It is -1 below a window and len(w.cells) above it.
func (w *sweeper) cellAt(y float64) int {
	j := countUpTo(w.y, y) - 1
	if w.set.window == nil {
		return min(max(j, 0), len(w.cells)-1)
	}
	return j
}

// climb carries the cover from the bottom line of a cell to its top line.
func (w *sweeper) climb(pieces []piece, west, east float64) {
	before := len(w.changes)
	for _, p := range pieces {
		e := &w.set.edges[p.edge]
		if p.x1 <= west {
			w.base.pass(e.ring, e.step)
		} else {
			w.changes = append(w.changes, change{p.x1, e.ring, e.step})
		}
		if p.x2 < east {
			w.changes = append(w.changes, change{p.x2, e.ring, -e.step})
		}
	}
	if len(w.changes) > before {
		w.changes = mergeChanges(w.changes)
	}
}
