package tiles

// extent is a box inside a square window, in four lanes of 15 bits: how far its
// left side is from the left, its right side from the right, its top from the
// top and its bottom from the bottom. So the box around two boxes is the least
// of each lane, and one subtraction compares all four.
type extent uint64

const (
	everyLane = 0x0001_0001_0001_0001
	laneTops  = 0x8000_8000_8000_8000
	evenLanes = 0x0000_ffff_0000_ffff

	nothing extent = laneTops - everyLane // the extent that joins to others as if it were not there
)

// extentAt is the extent of a point, given from the upper left corner of a
// window whose length is in every lane of size.
func extentAt(x, y uint64, size extent) extent {
	return extent(x|y<<32) + size&^evenLanes - extent(x<<16|y<<48)
}

// join is the extent of the box around two boxes.
func (e extent) join(f extent) extent {
	tops := (e | laneTops - f) & laneTops // where f is the least
	return e ^ (e^f)&(tops-tops>>15|tops)
}

// onPerimeter reports whether a box touches a side of the window: whether a lane is 0.
func (e extent) onPerimeter() bool { return (e|laneTops-everyLane)&laneTops != laneTops }

// reach is how far a box reaches from each side of the window: its right side
// from the left, its left side from the right, and so on.
func (e extent) reach(size extent) reach {
	return reach(size - (e>>16&evenLanes | e&evenLanes<<16))
}

type reach uint64

// meets reports whether two boxes meet: whether each side of one is as far from
// where the other ends, or farther.
func (r reach) meets(e extent) bool { return (uint64(r)|laneTops-uint64(e))&laneTops == laneTops }
