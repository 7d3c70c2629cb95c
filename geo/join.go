package geo

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Joined is a line made of pieces that follow each other.
type Joined struct {
	Line   orb.LineString // runs as the first of its pieces does
	Pieces []int          // which they are, in their order along the line
	Turned int            // how many of them run the other way by themselves
}

// BranchError says that pieces of a line meet where it is not clear which of them
// follow each other.
type BranchError struct {
	At     orb.Point
	Pieces []int // that have an end there
	Same   bool  // two pieces are the same line
}

func (e *BranchError) Error() string {
	if e.Same {
		return fmt.Sprintf("two pieces are the same line from [%v %v]: leave one of them out", e.At[0], e.At[1])
	}
	return fmt.Sprintf("%d ends meet near [%v %v]: a line that branches has no two sides; leave out the pieces that are no part of it", len(e.Pieces), e.At[0], e.At[1])
}

// Join puts pieces of lines together that meet end to end: where their ends are the
// same place or, with within, at most so many metres apart; an edge then runs from the
// one end to the other. Lines come in the order of their first pieces. Pieces that
// meet elsewhere than at their ends are not joined. The error is a [*BranchError].
// Each piece has two positions at least.
func Join(pieces []orb.LineString, within float64) ([]Joined, error) {
	j := joiner{pieces: pieces, next: make([]int, 2*len(pieces))}
	for i := range j.next {
		j.next[i] = -1
	}
	if err := j.exactly(); err != nil {
		return nil, err
	}
	if within > 0 {
		if err := j.nearly(within); err != nil {
			return nil, err
		}
	}
	return j.lines(), nil
}

// joiner knows which ends follow each other. Piece i begins at its end 2i and ends
// at its end 2i+1.
type joiner struct {
	pieces []orb.LineString
	next   []int // by end, the end that follows it, -1 for none
}

func (j *joiner) at(end int) orb.Point {
	piece := j.pieces[end/2]
	if end%2 == 0 {
		return piece[0]
	}
	return piece[len(piece)-1]
}

// exactly joins ends at the same place.
func (j *joiner) exactly() error {
	ends := map[orb.Point][]int{}
	for end := range j.next {
		ends[j.at(end)] = append(ends[j.at(end)], end)
	}
	for end := range j.next { // in the order of the pieces, so that errors are the same each time
		here := ends[j.at(end)]
		switch {
		case here[0] != end || len(here) == 1:
		case len(here) > 2:
			return j.branch(here)
		case here[0]/2 != here[1]/2: // a piece that is closed is whole
			j.next[here[0]], j.next[here[1]] = here[1], here[0]
		}
	}
	for i := range j.pieces {
		a, b := j.next[2*i], j.next[2*i+1]
		if a >= 0 && b >= 0 && a/2 == b/2 && same(j.pieces[i], j.pieces[a/2]) {
			return &BranchError{At: j.pieces[i][0], Pieces: []int{i, a / 2}, Same: true}
		}
	}
	return nil
}

func same(a, b orb.LineString) bool {
	if slices.Equal(a, b) {
		return true
	}
	b = slices.Clone(b)
	slices.Reverse(b)
	return slices.Equal(a, b)
}

func (j *joiner) branch(ends []int) error {
	e := &BranchError{At: j.at(ends[0])}
	for _, end := range ends {
		e.Pieces = append(e.Pieces, end/2)
	}
	slices.Sort(e.Pieces)
	return e
}

// metresOfADegree is less than a degree of latitude measures anywhere.
const metresOfADegree = 110_000

// nearly joins ends that are left and not farther from each other than so many metres.
func (j *joiner) nearly(within float64) error {
	var free []int
	for end, next := range j.next {
		if next < 0 && j.at(end&^1) != j.at(end|1) { // a closed piece has no ends
			free = append(free, end)
		}
	}
	slices.SortStableFunc(free, func(a, b int) int { return cmp.Compare(j.at(a)[1], j.at(b)[1]) })
	near := map[int][]int{}
	for i, a := range free {
		for _, b := range free[i+1:] {
			if (j.at(b)[1]-j.at(a)[1])*metresOfADegree > within {
				break
			}
			if a/2 != b/2 && Distance(j.at(a), j.at(b)) <= within {
				near[a], near[b] = append(near[a], b), append(near[b], a)
			}
		}
	}
	slices.Sort(free)
	for _, end := range free {
		switch {
		case len(near[end]) > 1:
			return j.branch(append([]int{end}, near[end]...))
		case len(near[end]) == 1:
			j.next[end] = near[end][0]
		}
	}
	return nil
}

// lines follows the ends from piece to piece.
func (j *joiner) lines() []Joined {
	var out []Joined
	taken := make([]bool, len(j.pieces))
	for i := range j.pieces {
		if taken[i] {
			continue
		}
		start := 2 * i // the end at which a line begins that runs as piece i does
		for j.next[start] >= 0 {
			if start = j.next[start] ^ 1; start == 2*i { // round: it begins anywhere
				break
			}
		}
		line := Joined{}
		for end := start; end >= 0 && !taken[end/2]; end = j.next[end^1] {
			taken[end/2] = true
			line.add(j.pieces[end/2], end)
		}
		out = append(out, line)
	}
	return out
}

// add continues the line by a piece that it enters at one of its ends.
func (l *Joined) add(piece orb.LineString, end int) {
	piece = slices.Clone(piece)
	if end%2 == 1 {
		slices.Reverse(piece)
		l.Turned++
	}
	if n := len(l.Line); n > 0 && l.Line[n-1] == piece[0] {
		piece = piece[1:]
	}
	l.Line, l.Pieces = append(l.Line, piece...), append(l.Pieces, end/2)
}

// Apart is two ends that do not meet.
type Apart struct {
	From, To orb.Point
	Metres   float64
}

// NearestEnds returns, for lines that do not join, the two ends of different lines
// that are nearest to each other, of all that there are. It looks at every pair.
func NearestEnds(lines []Joined) Apart {
	best := Apart{Metres: math.Inf(1)}
	for i, a := range lines {
		for _, b := range lines[i+1:] {
			for _, p := range []orb.Point{a.Line[0], a.Line[len(a.Line)-1]} {
				for _, q := range []orb.Point{b.Line[0], b.Line[len(b.Line)-1]} {
					if m := Distance(p, q); m < best.Metres {
						best = Apart{p, q, m}
					}
				}
			}
		}
	}
	return best
}
