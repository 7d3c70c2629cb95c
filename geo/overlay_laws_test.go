package geo

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func TestLawsOfAnOverlay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawRing(t, "p")
		q := drawNear(t, "q", p)
		a, b := mustArea(t, p), mustArea(t, q)
		tolerance := ofArea(a+b) + 4*ofMeasuring(p, q)
		pq := mustOverlay(t, Options{}, layerOf(p), layerOf(q))
		both, either := pq.Of(3), pq.Total()
		law(t, "16 A = (A−B) + (A∩B)", pq.Of(1)+both-a, tolerance)
		law(t, "17 (A∩B) + (A∪B) = A + B", both+either-a-b, tolerance)
		law(t, "18 the order of layers does not matter", mustOverlay(t, Options{}, layerOf(q), layerOf(p)).Of(3)-both, tolerance)
		law(t, "19 A∩B ≤ min, A∪B ≥ max", max(0, both-min(a, b))+max(0, max(a, b)-either), tolerance)

		self := mustOverlay(t, Options{}, layerOf(p), layerOf(p))
		law(t, "20 A∩A = A and A−A is empty", math.Abs(self.Of(3)-a)+self.Of(1)+self.Of(2), tolerance)
		law(t, "21 orientation does not matter", mustOverlay(t, Options{}, layerOf(reversed(p)), layerOf(q)).Of(3)-both, tolerance)
		law(t, "22 a zone given twice counts once", mustOverlay(t, Options{}, layerOf(p, p), layerOf(q)).Of(3)-both, tolerance)

		c, r := middleOf(p)
		land := orb.Ring{{c[0] - 1.2*r, c[1] - 1.1*r}, {c[0] + 1.1*r, c[1] - 1.3*r}, {c[0] + r, c[1] + 1.2*r}, {c[0] - r, c[1] + r}}
		whole := mustArea(t, land)
		tolerance = ofArea(whole) + 8*ofMeasuring(land, p, q)
		apart := mustOverlay(t, Options{}, layerOf(land), layerOf(p), layerOf(q))
		united := mustOverlay(t, Options{}, layerOf(land), layerOf(p, q))
		law(t, "23 T−(A∪B) = (T−A)∩(T−B)", apart.Of(1)-united.Of(1), tolerance)
		law(t, "24 a partition of T adds up to T", apart.All(1)-whole, tolerance)
		one := mustOverlay(t, Options{}, layerOf(land), layerOf(p))
		law(t, "25 another zone never lowers what is held", max(0, one.Of(3)-united.Of(3)), tolerance)
		held, free := united.Of(3), united.Of(1)
		law(t, "26 held % + free % = 100 %", 100*held/(held+free)+100*free/(held+free)-100, 1e-12)
	})
}

func TestLawOfTiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := drawRing(t, "q")
		b := mustArea(t, q)
		c, r := middleOf(q)
		const n = 3
		at := func(middle float64, k int) float64 { return middle - 1.5*r + 3*r*float64(k)/n }
		var cells []orb.Ring
		sum := 0.0
		for i := range n {
			for j := range n {
				cell := rectangle(at(c[0], i), at(c[1], j), at(c[0], i+1), at(c[1], j+1))
				cells = append(cells, cell)
				sum += mustOverlay(t, Options{}, layerOf(q), layerOf(cell)).Of(3)
			}
		}
		law(t, "27 the tiles of a zone add up to it", sum-b, 20*ofArea(b)+40*ofMeasuring(q)+9*4*ofMeasuring(cells...))
	})
}

func TestLawOfTheOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawRing(t, "p")
		q := drawNear(t, "q", p)
		both := mustOverlay(t, Options{planar: true}, layerOf(p), layerOf(q)).Of(3)
		_, r := middleOf(p)
		law(t, "28 A∩B = ΣΣ sₑ·s_f·∫min(e,f)dx", both-oracleIntersection(p, q),
			1e-15*float64(len(p)*len(q))*r*planarPerimeter(p, q)+1e-18*planarPerimeter(p, q))
	})
}

// oracleIntersection is the area common to two simple rings in square degrees,
// with no search for crossings: with e the height of an edge and s its sign,
// the indicator of a ring at (x, y) is −Σ s·[y < e(x)], so the product of two
// integrates to ΣΣ sₑ·s_f·∫min(e, f)dx over the x that both cover.
func oracleIntersection(p, q orb.Ring) float64 {
	o := p[0]
	sum := 0.0
	for _, e := range oracleEdges(p, o) {
		for _, f := range oracleEdges(q, o) {
			west, east := max(e.x1, f.x1), min(e.x2, f.x2)
			if west >= east {
				continue
			}
			e1, e2, f1, f2 := e.y(west), e.y(east), f.y(west), f.y(east)
			v := (min(e1, f1) + min(e2, f2)) / 2
			if d1, d2 := e1-f1, e2-f2; d1*d2 < 0 {
				over := max(d1, d2)
				v = (e1+e2)/2 - over*over/(math.Abs(d1)+math.Abs(d2))/2
			}
			sum += float64(e.step*f.step) * v * (east - west)
		}
	}
	return sum
}

func oracleEdges(r orb.Ring, o orb.Point) []overlayEdge {
	var s edgeSet
	if planarArea(r) < 0 {
		r = reversed(r)
	}
	s.addRing(moved(r, -o[0], -o[1], 1), 0, 0)
	return s.edges
}

func TestTheResultIsTheSameForAnyNumberOfWorkers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var zones []orb.Ring
		p := drawRing(t, "p")
		for range rapid.IntRange(1, 12).Draw(t, "zones") {
			zones = append(zones, drawNear(t, "zone", p))
		}
		one := mustOverlay(t, Options{Workers: 1}, layerOf(p), layerOf(zones...))
		for _, workers := range []int{2, 3, 7} {
			many := mustOverlay(t, Options{Workers: workers}, layerOf(p), layerOf(zones...))
			for mask, area := range one.Combinations() {
				if many.Of(mask) != area {
					t.Fatalf("%d workers: combination %b is %v, with one it is %v", workers, mask, many.Of(mask), area)
				}
			}
		}
	})
}
