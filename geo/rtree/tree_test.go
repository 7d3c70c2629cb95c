package rtree

import (
	"math"
	"slices"
	"testing"

	"github.com/tidwall/rtree"
	"pgregory.net/rapid"
)

func same(b Box[float64]) Box[float64] { return b }

func whole(b Box[float64]) Box[int32] {
	return Box[int32]{int32(b.MinX), int32(b.MinY), int32(b.MaxX), int32(b.MaxY)}
}

// outward rounds to the nearest float32 and one beyond.
func outward(b Box[float64]) Box[float32] {
	low := func(v float64) float32 { return math.Nextafter32(float32(v), float32(math.Inf(-1))) }
	return Box[float32]{low(b.MinX), low(b.MinY), -low(-b.MaxX), -low(-b.MaxY)}
}

// anyBoxes draws boxes with integer coordinates, few ones and enough for three levels.
func anyBoxes(t *rapid.T) []Box[float64] {
	v := rapid.Int32Range(-1000, 1000)
	size := rapid.SampledFrom([]int32{0, 1, 30, 900})
	boxes := make([]Box[float64], rapid.SampledFrom([]int{0, 1, 2, fan, fan + 1, 100, fan*fan + 1, 600}).Draw(t, "boxes"))
	for i := range boxes {
		x, y := v.Draw(t, "x"), v.Draw(t, "y")
		boxes[i] = whole64(x, y, x+size.Draw(t, "width"), y+size.Draw(t, "height"))
	}
	return boxes
}

func whole64(minX, minY, maxX, maxY int32) Box[float64] {
	return Box[float64]{float64(minX), float64(minY), float64(maxX), float64(maxY)}
}

func TestASearchFindsWhatComparingEachBoxFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		boxes := anyBoxes(t)
		v := rapid.Int32Range(-1100, 1100)
		asked := whole64(v.Draw(t, "west"), v.Draw(t, "south"), v.Draw(t, "east"), v.Draw(t, "north")) // empty ones too
		finds(t, boxes, asked, same)
		finds(t, boxes, asked, whole)
		finds(t, boxes, asked, outward)
	})
}

func finds[N Number](t *rapid.T, boxes []Box[float64], asked Box[float64], hold func(Box[float64]) Box[N]) {
	tree := New(len(boxes), func(i int) Box[float64] { return boxes[i] }, hold)
	b := hold(asked)
	var want, got []uint32
	for i := range boxes {
		if hold(boxes[i]).Meets(b) {
			want = append(want, uint32(i))
		}
	}
	tree.Search(b, func(item uint32) bool { got = append(got, item); return true })
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Fatalf("found %v, want %v", got, want)
	}
	if tree.Any(b) != (len(want) > 0) {
		t.Fatalf("any is %v", tree.Any(b))
	}
	visits := 0
	tree.Search(b, func(uint32) bool { visits++; return visits < 2 })
	if visits != min(2, len(want)) {
		t.Fatalf("%d visits after the second said no", visits)
	}
	all, ok := tree.Bounds()
	if ok != (len(boxes) > 0) {
		t.Fatalf("bounds of %d boxes: %v", len(boxes), ok)
	}
	for i := range boxes {
		if all.Union(hold(boxes[i])) != all {
			t.Fatalf("box %d lies beyond %v", i, all)
		}
	}
}

func TestTheNearestItemIsTheOneThatComparingEachFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		boxes := anyBoxes(t)
		v := rapid.Float64Range(-2000, 2000)
		x, y := v.Draw(t, "x"), v.Draw(t, "y")
		distance := func(b Box[float64]) float64 {
			return math.Hypot(x-min(max(x, b.MinX), b.MaxX), y-min(max(y, b.MinY), b.MaxY))
		}
		want := math.Inf(1)
		for _, b := range boxes {
			want = min(want, distance(b))
		}
		got, visits := math.Inf(1), 0
		New(len(boxes), func(i int) Box[float64] { return boxes[i] }, same).Nearest(distance, func(item uint32) float64 {
			visits++
			got = min(got, distance(boxes[item]))
			return got
		})
		if got != want || visits > 1 {
			t.Fatalf("after %d visits %v, want %v", visits, got, want)
		}
	})
}

// The packed tree stands beside tidwall/rtree on the same boxes and questions.
func BenchmarkTree(b *testing.B) {
	const n = 1_000_000
	at := func(i int) Box[float64] {
		x, y := int32(i%1000*1000), int32(i/1000*1000)
		return whole64(x, y, x+1100, y+1100)
	}
	asked := func(i int) Box[float64] {
		x, y := int32(i*7919%990_000), int32(i*104729%990_000)
		return whole64(x, y, x+5000, y+5000)
	}
	var found []uint32
	var packed *Tree[int32]
	b.Run("build/packed", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			packed = New(n, at, whole)
		}
	})
	b.Run("search/packed", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			found = found[:0]
			packed.Search(whole(asked(i)), func(item uint32) bool { found = append(found, item); return true })
		}
	})
	var tree rtree.RTreeGN[float64, uint32]
	b.Run("build/tidwall", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			tree = rtree.RTreeGN[float64, uint32]{}
			for i := range n {
				c := at(i)
				tree.Insert([2]float64{c.MinX, c.MinY}, [2]float64{c.MaxX, c.MaxY}, uint32(i))
			}
		}
	})
	b.Run("search/tidwall", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			q := asked(i)
			found = found[:0]
			tree.Search([2]float64{q.MinX, q.MinY}, [2]float64{q.MaxX, q.MaxY}, func(_, _ [2]float64, item uint32) bool {
				found = append(found, item)
				return true
			})
		}
	})
}
