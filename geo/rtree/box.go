package rtree

// Number is what a coordinate may be.
type Number interface{ ~int32 | ~float32 | ~float64 }

// Box is a closed rectangle. It is empty when a minimum is above its maximum.
type Box[N Number] struct{ MinX, MinY, MaxX, MaxY N }

// Union returns the least box around two boxes.
func (b Box[N]) Union(c Box[N]) Box[N] {
	return Box[N]{min(b.MinX, c.MinX), min(b.MinY, c.MinY), max(b.MaxX, c.MaxX), max(b.MaxY, c.MaxY)}
}

// Meets reports whether two boxes have a point in common, be it one on their sides.
func (b Box[N]) Meets(c Box[N]) bool {
	return b.MinX <= c.MaxX && c.MinX <= b.MaxX && b.MinY <= c.MaxY && c.MinY <= b.MaxY
}
