package tiles

import (
	"slices"
	"testing"

	"github.com/tidwall/rtree"
	"pgregory.net/rapid"
)

func anyBox(t *rapid.T, name string) box {
	v := rapid.Int32Range(0, 1000)
	x, y := v.Draw(t, name+" x"), v.Draw(t, name+" y")
	return box{x, y, x + rapid.Int32Range(0, 300).Draw(t, name+" width"), y + rapid.Int32Range(0, 300).Draw(t, name+" height")}
}

func TestTheIndexFindsWhatComparingEachBoxFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var parts []part
		for range rapid.IntRange(0, 600).Draw(t, "parts") {
			parts = append(parts, part{box: anyBox(t, "part")})
		}
		b := anyBox(t, "asked")
		var want []uint32
		for i := range parts {
			if parts[i].box.meets(b) {
				want = append(want, uint32(i))
			}
		}
		ix := newIndex(parts)
		if got := ix.search(nil, b); !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
		if ix.any(b) != (len(want) > 0) {
			t.Fatalf("any is %v", ix.any(b))
		}
	})
}

// The packed index stands beside tidwall/rtree on the same boxes and queries.
func BenchmarkIndex(b *testing.B) {
	var parts []part
	for i := range int32(1_000_000) {
		x, y := i%1000*1000, i/1000*1000
		parts = append(parts, part{box: box{x, y, x + 1100, y + 1100}})
	}
	asked := func(i int) box {
		x, y := int32(i*7919%990_000), int32(i*104729%990_000)
		return box{x, y, x + 5000, y + 5000}
	}
	var tree rtree.RTreeGN[float64, uint32]
	b.Run("build/packed", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			newIndex(parts)
		}
	})
	b.Run("build/rtree", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			tree = rtree.RTreeGN[float64, uint32]{}
			for i, p := range parts {
				tree.Insert([2]float64{float64(p.box.minX), float64(p.box.minY)}, [2]float64{float64(p.box.maxX), float64(p.box.maxY)}, uint32(i))
			}
		}
	})
	ix := newIndex(parts)
	var found []uint32
	b.Run("search/packed", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			found = ix.search(found[:0], asked(i))
		}
	})
	b.Run("search/rtree", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			q := asked(i)
			found = found[:0]
			tree.Search([2]float64{float64(q.minX), float64(q.minY)}, [2]float64{float64(q.maxX), float64(q.maxY)}, func(_, _ [2]float64, i uint32) bool {
				found = append(found, i)
				return true
			})
			slices.Sort(found)
		}
	})
}
