package tiles

import (
	"math"

	"github.com/demarc-map/demarc/geo/rtree"
)

// box is a closed rectangle on the grid.
type box = rtree.Box[int32]

// noBox contains nothing; adding to it starts a box.
var noBox = box{MinX: math.MaxInt32, MinY: math.MaxInt32, MaxX: math.MinInt32, MaxY: math.MinInt32}

func boxOf(vs []vertex) box {
	b := noBox
	for _, v := range vs {
		b.MinX, b.MaxX = min(b.MinX, v.x), max(b.MaxX, v.x)
		b.MinY, b.MaxY = min(b.MinY, v.y), max(b.MaxY, v.y)
	}
	return b
}

// longerSide is how long the longer side of a box is.
func longerSide(b box) int64 {
	return max(int64(b.MaxX)-int64(b.MinX), int64(b.MaxY)-int64(b.MinY))
}
