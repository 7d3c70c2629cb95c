package referee

import (
	"cmp"
	"fmt"
	"math"
	"math/big"
	"slices"

	"github.com/paulmach/orb"
)

// Valid checks a multipolygon by the rules of OGC Simple Features and RFC 7946,
// by comparing all pairs of segments in exact arithmetic: rings are closed and
// simple, shells run counter-clockwise and holes clockwise, holes lie within
// their shells and beside each other, interiors are connected, and polygons
// share single points at most. It is slow and has nothing in common with the code
// it judges.
func Valid(mp orb.MultiPolygon) error {
	for i, p := range mp {
		if err := validPolygon(p); err != nil {
			return fmt.Errorf("polygon %d: %w", i, err)
		}
		for j, q := range mp[:i] {
			if err := apart(p, q); err != nil {
				return fmt.Errorf("polygons %d and %d: %w", j, i, err)
			}
		}
	}
	return nil
}

func validPolygon(p orb.Polygon) error {
	if len(p) == 0 {
		return fmt.Errorf("no shell")
	}
	links := map[orb.Point][]int{} // rings by touching point
	for i, r := range p {
		if err := validRing(r, i == 0); err != nil {
			return fmt.Errorf("ring %d: %w", i, err)
		}
		for j, s := range p[:i] {
			points, err := touches(r, s)
			if err != nil {
				return fmt.Errorf("rings %d and %d: %w", j, i, err)
			}
			for _, at := range points {
				links[at] = append(links[at], i, j)
			}
			probe := samples(r)
			for _, q := range probe {
				where := locate(q, s)
				if j == 0 && where < 0 || j > 0 && where > 0 {
					return fmt.Errorf("ring %d is on the wrong side of ring %d at %v", i, j, q)
				}
			}
			if j > 0 {
				for _, q := range samples(s) {
					if locate(q, r) > 0 {
						return fmt.Errorf("hole %d is within hole %d at %v", j, i, q)
					}
				}
			}
		}
	}
	return connected(links)
}

// connected fails when rings that touch at points close a chain, which would
// cut the interior in two.
func connected(links map[orb.Point][]int) error {
	parent := map[any]any{}
	var find func(any) any
	find = func(a any) any {
		if b, ok := parent[a]; ok && b != a {
			return find(b)
		}
		return a
	}
	for at, rings := range links {
		seen := map[int]bool{}
		for _, r := range rings {
			if seen[r] {
				continue
			}
			seen[r] = true
			a, b := find(any(at)), find(any(r))
			if a == b {
				return fmt.Errorf("the interior is cut in two near %v", at)
			}
			parent[a] = b
		}
	}
	return nil
}

func validRing(r orb.Ring, shell bool) error {
	n := len(r) - 1
	if n < 3 || r[0] != r[n] {
		return fmt.Errorf("not a closed ring of at least 4 positions: %v", r)
	}
	for i := range n {
		if r[i] == r[i+1] {
			return fmt.Errorf("repeats %v", r[i])
		}
	}
	err := eachMeeting(r, r, func(i, j int, at orb.Point, kind int) error {
		switch {
		case i <= j:
		case i == j+1 && kind == touchKind && at == r[i]:
		case j == 0 && i == n-1 && kind == touchKind && at == r[0]:
		default:
			return fmt.Errorf("meets itself near %v", at)
		}
		return nil
	})
	if err != nil {
		return err
	}
	low := 0
	for i := range n {
		if r[i][0] < r[low][0] || r[i][0] == r[low][0] && r[i][1] < r[low][1] {
			low = i
		}
	}
	if turn := side(r[(low+n-1)%n], r[low], r[low+1]); (turn > 0) != shell {
		return fmt.Errorf("winds the wrong way")
	}
	return nil
}

// apart fails when the interiors of two valid polygons meet.
func apart(p, q orb.Polygon) error {
	if !p.Bound().Intersects(q.Bound()) {
		return nil
	}
	for _, r := range p {
		for _, s := range q {
			if _, err := touches(r, s); err != nil {
				return err
			}
		}
	}
	for _, pair := range [2][2]orb.Polygon{{p, q}, {q, p}} {
		for _, at := range samples(pair[0][0]) {
			inside := locate(at, pair[1][0]) > 0
			for _, hole := range pair[1][1:] {
				inside = inside && locate(at, hole) < 0
			}
			if inside {
				return fmt.Errorf("overlap at %v", at)
			}
		}
	}
	return nil
}

// touches returns the points where two rings touch, or an error where they cross.
func touches(r, s orb.Ring) ([]orb.Point, error) {
	var points []orb.Point
	err := eachMeeting(r, s, func(_, _ int, at orb.Point, kind int) error {
		if kind == crossKind {
			return fmt.Errorf("cross or overlap near %v", at)
		}
		points = append(points, at)
		return nil
	})
	return points, err
}

// eachMeeting calls do for every segment i of r and j of s that meet.
func eachMeeting(r, s orb.Ring, do func(i, j int, at orb.Point, kind int) error) error {
	order := make([]int, len(s)-1) // by west end
	widest := 0.0
	for j := range order {
		order[j] = j
		widest = max(widest, math.Abs(s[j+1][0]-s[j][0]))
	}
	west := func(j int) float64 { return min(s[j][0], s[j+1][0]) }
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(west(i), west(j)) })
	for i := range len(r) - 1 {
		from, to := min(r[i][0], r[i+1][0]), max(r[i][0], r[i+1][0])
		first, _ := slices.BinarySearchFunc(order, from-widest*1.01, func(j int, x float64) int { return cmp.Compare(west(j), x) })
		for _, j := range order[first:] {
			if west(j) > to {
				break
			}
			if at, kind := meet(r[i], r[i+1], s[j], s[j+1]); kind != apartKind {
				if err := do(i, j, at, kind); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// samples returns the corners of a ring and the middles of its sides, where
// those are exact.
func samples(r orb.Ring) []orb.Point {
	var out []orb.Point
	for i := 1; i < len(r); i++ {
		m := orb.Point{(r[i-1][0] + r[i][0]) / 2, (r[i-1][1] + r[i][1]) / 2}
		out = append(out, r[i])
		if side(r[i-1], r[i], m) == 0 {
			out = append(out, m)
		}
	}
	return out
}

const (
	apartKind = iota
	touchKind // one common point, an end of one of them at least
	crossKind // a proper crossing or a common stretch
)

func meet(a, b, c, d orb.Point) (orb.Point, int) {
	if max(a[0], b[0]) < min(c[0], d[0]) || max(c[0], d[0]) < min(a[0], b[0]) ||
		max(a[1], b[1]) < min(c[1], d[1]) || max(c[1], d[1]) < min(a[1], b[1]) {
		return orb.Point{}, apartKind
	}
	sc, sd, sa, sb := side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)
	if sc*sd > 0 || sa*sb > 0 {
		return orb.Point{}, apartKind
	}
	if sc*sd < 0 && sa*sb < 0 {
		return c, crossKind
	}
	kind, at := apartKind, orb.Point{}
	for _, e := range [4]struct {
		p, from, to orb.Point
		s           int
	}{{c, a, b, sc}, {d, a, b, sd}, {a, c, d, sa}, {b, c, d, sb}} {
		if e.s != 0 || !between(e.p, e.from, e.to) {
			continue
		}
		if kind != apartKind && e.p != at {
			return at, crossKind
		}
		kind, at = touchKind, e.p
	}
	return at, kind
}

func between(p, a, b orb.Point) bool {
	return min(a[0], b[0]) <= p[0] && p[0] <= max(a[0], b[0]) && min(a[1], b[1]) <= p[1] && p[1] <= max(a[1], b[1])
}

// locate returns 1 inside, 0 on the ring, −1 outside.
func locate(p orb.Point, r orb.Ring) int {
	where := -1
	for i := 1; i < len(r); i++ {
		a, b := r[i-1], r[i]
		if a[1] < p[1] && b[1] < p[1] || a[1] > p[1] && b[1] > p[1] {
			continue
		}
		s := side(a, b, p)
		if s == 0 && between(p, a, b) {
			return 0
		}
		if (a[1] > p[1]) != (b[1] > p[1]) && (s > 0) == (b[1] > a[1]) {
			where = -where
		}
	}
	return where
}

// side is the sign of the orientation of a, b, c: floating point where its
// error bound (Shewchuk 1997) allows, exact arithmetic otherwise. Degrees as
// small as 2⁻²⁰⁰ fit its 1024 bits.
func side(a, b, c orb.Point) int {
	if a == c || b == c {
		return 0
	}
	l, r := (b[0]-a[0])*(c[1]-a[1]), (b[1]-a[1])*(c[0]-a[0])
	if d := l - r; math.Abs(d) > 4e-16*(math.Abs(l)+math.Abs(r)) {
		if d > 0 {
			return 1
		}
		return -1
	}
	minus := func(x, y float64) *big.Float {
		f := new(big.Float).SetPrec(1024).SetFloat64(x)
		return f.Sub(f, big.NewFloat(y))
	}
	x, y := minus(b[0], a[0]), minus(b[1], a[1])
	return x.Mul(x, minus(c[1], a[1])).Cmp(y.Mul(y, minus(c[0], a[0])))
}
