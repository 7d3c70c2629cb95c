package arrange

// segment is one input segment with A before B.
type segment struct {
	a, b   Point
	class  int32
	weight int32
}

// piece is a part of a segment between two hot pixels, with a before b.
type piece struct {
	a, b          int32
	class, weight int32
}

// Edge is a piece of the noded arrangement, with A before B by X, then Y.
type Edge struct {
	A, B        Point
	a, b        int32 // numbers of the nodes, in the order of the points
	delta       int32
	left, right int32 // coverage identifiers
}
