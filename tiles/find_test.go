package tiles

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func anyBox(t *rapid.T, name string) box {
	v := rapid.Int32Range(0, 1000)
	x, y := v.Draw(t, name+" x"), v.Draw(t, name+" y")
	return box{MinX: x, MinY: y, MaxX: x + rapid.Int32Range(0, 300).Draw(t, name+" width"), MaxY: y + rapid.Int32Range(0, 300).Draw(t, name+" height")}
}

func TestATileFindsThePartsThatComparingEachFindsInTheirOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var parts []part
		for range rapid.IntRange(0, 600).Draw(t, "parts") {
			parts = append(parts, part{box: anyBox(t, "part")})
		}
		b := anyBox(t, "asked")
		var want []uint32
		for i := range parts {
			if parts[i].box.Meets(b) {
				want = append(want, uint32(i))
			}
		}
		tree := packParts(parts)
		if got := find(tree, nil, b); !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
		if tree.Any(b) != (len(want) > 0) {
			t.Fatalf("any is %v", tree.Any(b))
		}
	})
}
