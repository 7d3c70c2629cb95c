package geo

// window is the part of the plane to measure, when the edges of a set are only
// those that reach into it. Coordinates are relative to the set's origin.
type window struct {
	box
	corner []change // windings of the place just below the south-west corner
}

// The winding along the bottom line of a window is known at its west end; east
// of there it changes where an edge crosses the line, and nowhere else, since
// rings are closed. Whether an edge is below the line is asked only at the
// borders of strips and at its ends, and of the same rounded height each time,
// so the changes of the strips fit together exactly.

// below is 1 for a height below the window, else 0.
func (v *window) below(y float64) int32 {
	if y < v.south {
		return 1
	}
	return 0
}

// enter works out how the windings on the bottom line change from the west to
// the east border of each strip.
func (p *stripPlan) enter(s *edgeSet) {
	p.entry = make([][]change, p.strips())
	for i := range p.entry {
		for _, j := range p.of(i) {
			e := &s.edges[j]
			y1, y2 := e.between(p.x[i], p.x[i+1])
			if step := s.window.below(y2) - s.window.below(y1); step != 0 {
				p.entry[i] = append(p.entry[i], change{0, e.ring, step * e.step})
			}
		}
	}
}

// enterWindow sets the base to the south-west corner of a strip.
func (w *sweeper) enterWindow(strip int) {
	w.base.reset()
	w.move(w.set.window.corner, +1)
	for _, changes := range w.plan.entry[:strip] {
		w.move(changes, +1)
	}
}
