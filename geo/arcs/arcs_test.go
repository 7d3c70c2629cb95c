package arcs

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"demarc/geo/arrange"
)

func ring(xy ...int64) Path {
	p := Path{Ring: true}
	for i := 0; i < len(xy); i += 2 {
		p.Points = append(p.Points, arrange.Point{X: xy[i], Y: xy[i+1]})
	}
	return p
}

// mosaic draws cells of a grid whose borders wander: neighbours share them exactly.
func mosaic(t *rapid.T) []Path {
	n := rapid.IntRange(1, 4).Draw(t, "n")
	steps := int64(rapid.IntRange(1, 12).Draw(t, "steps"))
	wander := rapid.Custom(func(t *rapid.T) int64 { return rapid.Int64Range(-40, 40).Draw(t, "wander") })
	edges := map[[3]int]([]arrange.Point){}
	edge := func(x, y, horizontal int) []arrange.Point {
		k := [3]int{x, y, horizontal}
		if e, drawn := edges[k]; drawn {
			return e
		}
		var e []arrange.Point
		for i := range steps {
			w := int64(0)
			if i > 0 {
				w = wander.Draw(t, "w")
			}
			if horizontal == 1 {
				e = append(e, arrange.Point{X: int64(x)*1000 + i*1000/steps, Y: int64(y)*1000 + w})
			} else {
				e = append(e, arrange.Point{X: int64(x)*1000 + w, Y: int64(y)*1000 + i*1000/steps})
			}
		}
		e = append(e, arrange.Point{X: int64(x+horizontal) * 1000, Y: int64(y+1-horizontal) * 1000})
		edges[k] = e
		return e
	}
	back := func(e []arrange.Point) []arrange.Point {
		e = slices.Clone(e)
		slices.Reverse(e)
		return e
	}
	var cells []Path
	for x := range n {
		for y := range n {
			if n > 1 && rapid.IntRange(0, 3).Draw(t, "skip") == 0 {
				continue
			}
			var p Path
			for _, e := range [][]arrange.Point{edge(x, y, 1), edge(x+1, y, 0), back(edge(x, y+1, 1)), back(edge(x, y, 0))} {
				p.Points = append(p.Points, e[:len(e)-1]...)
			}
			p.Ring = true
			cells = append(cells, p)
		}
	}
	return cells
}

func byPoint(paths []Path, weights [][]float64) map[arrange.Point]float64 {
	m := map[arrange.Point]float64{}
	for i, p := range paths {
		for k, q := range p.Points {
			m[q] = weights[i][k]
		}
	}
	return m
}

func TestAVertexHasOneWeightWhoeverReadsIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paths := mosaic(t)
		weights := Weigh(paths)
		all := byPoint(paths, weights)
		for i, p := range paths {
			for k, q := range p.Points {
				if all[q] != weights[i][k] {
					t.Fatalf("%v weighs %g and %g", q, all[q], weights[i][k])
				}
			}
		}
	})
}

func TestWeightsDoNotDependOnOrderDirectionOrStart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paths := mosaic(t)
		want := fmt.Sprint(byPoint(paths, Weigh(paths)))
		for i, p := range paths {
			k := rapid.IntRange(0, len(p.Points)-1).Draw(t, "start")
			points := slices.Concat(p.Points[k:], p.Points[:k])
			if rapid.Bool().Draw(t, "reverse") {
				slices.Reverse(points)
			}
			if rapid.Bool().Draw(t, "closed") {
				points = append(points, points[0])
			}
			paths[i].Points = points
		}
		slices.Reverse(paths)
		if got := fmt.Sprint(byPoint(paths, Weigh(paths))); got != want {
			t.Fatalf("%s\n%s", want, got)
		}
	})
}

func TestSimplifiedNeighboursStillShareTheirBorders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paths := mosaic(t)
		weights := Weigh(paths)
		threshold := rapid.Float64Range(0, 5000).Draw(t, "threshold")
		// Doubled areas of all cells: what one loses along a border the other wins.
		signed := func(points []arrange.Point) (sum int64) {
			for i, p := range points {
				q := points[(i+1)%len(points)]
				sum += p.X*q.Y - q.X*p.Y
			}
			return sum
		}
		count := map[[2]arrange.Point]int{}
		for i, p := range paths {
			var kept []arrange.Point
			for k, q := range p.Points {
				if weights[i][k] >= threshold {
					kept = append(kept, q)
				}
			}
			if signed(kept) < 0 && threshold == 0 {
				t.Fatal("turned over")
			}
			for k, q := range kept {
				count[[2]arrange.Point{q, kept[(k+1)%len(kept)]}]++
			}
		}
		before := map[arrange.Point]int{}
		for _, p := range paths {
			for _, q := range p.Points {
				before[q]++
			}
		}
		for e := range count {
			shared := before[e[0]] > 1 && before[e[1]] > 1
			inner := !math.IsInf(byPoint(paths, weights)[e[0]], 1)
			if back := count[[2]arrange.Point{e[1], e[0]}]; shared && inner && back != 1 {
				t.Fatalf("edge %v is on one side only", e)
			}
		}
	})
}

func TestWeightsAreEffectiveAreas(t *testing.T) {
	line := Path{Points: ring(0, 0, 1, 2, 2, 0, 10, 0, 10, 10).Points}
	got := Weigh([]Path{line})[0]
	// (1,2) with its neighbours spans 2; then (2,0) is on a straight line, which is
	// less, and keeps 2; then (10,0) spans 50.
	if want := []float64{math.Inf(1), 2, 2, 50, math.Inf(1)}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestJunctionsAreKept(t *testing.T) {
	weights := Weigh([]Path{ring(0, 0, 10, 0, 10, 5, 10, 10, 0, 10), ring(10, 0, 20, 0, 20, 10, 10, 10, 10, 5)})
	inf := math.Inf(1)
	if weights[0][1] != inf || weights[0][3] != inf || weights[0][2] != 0 || weights[1][4] != 0 {
		t.Errorf("%v", weights)
	}
}

func TestDegeneratePathsAreWeighedToo(t *testing.T) {
	weights := Weigh([]Path{{}, {Ring: true}, ring(1, 1), ring(1, 1, 2, 2), ring(3, 3, 3, 3, 3, 3), {Points: ring(5, 5).Points}})
	for _, w := range weights {
		for _, v := range w {
			if !math.IsInf(v, 1) {
				t.Errorf("%v", weights)
			}
		}
	}
}

func BenchmarkWeigh(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var p Path
			p.Ring = true
			for i := range n {
				a := 2 * math.Pi * float64(i) / float64(n)
				r := 1e9 * (1 + 0.01*math.Sin(float64(i*i%1009)))
				p.Points = append(p.Points, arrange.Point{X: int64(r * math.Cos(a)), Y: int64(r * math.Sin(a))})
			}
			b.ReportAllocs()
			for b.Loop() {
				Weigh([]Path{p})
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/vertex")
		})
	}
}
