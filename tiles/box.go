package tiles

import "math"

// box is a closed rectangle on the grid.
type box struct{ minX, minY, maxX, maxY int32 }

// noBox contains nothing; adding to it starts a box.
var noBox = box{math.MaxInt32, math.MaxInt32, math.MinInt32, math.MinInt32}

func boxOf(vs []vertex) box {
	b := noBox
	for _, v := range vs {
		b.minX, b.maxX = min(b.minX, v.x), max(b.maxX, v.x)
		b.minY, b.maxY = min(b.minY, v.y), max(b.maxY, v.y)
	}
	return b
}

func (b box) union(c box) box {
	return box{min(b.minX, c.minX), min(b.minY, c.minY), max(b.maxX, c.maxX), max(b.maxY, c.maxY)}
}

func (b box) meets(c box) bool {
	return b.minX <= c.maxX && c.minX <= b.maxX && b.minY <= c.maxY && c.minY <= b.maxY
}

// side is the longer side of the box.
func (b box) side() int64 {
	return max(int64(b.maxX)-int64(b.minX), int64(b.maxY)-int64(b.minY))
}
