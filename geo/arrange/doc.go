// Package arrange computes exact planar arrangements of rings and lines whose
// coordinates are integers: where they cross, what covers each piece of the
// plane, and the polygons, faces and shared arcs that follow.
//
// # Why integers
//
// Floating point predicates contradict each other near degenerate input, and
// an overlay that believes both answers fails or, worse, is silently wrong. On
// a grid with |X|, |Y| ≤ [Limit] = 2³⁰ the orientation of three points, the side
// of a pixel corner and the order along a line are exact in 64 bits (a crossing
// point needs one 128-bit product), so nothing can contradict anything.
//
// # Snap rounding
//
// Crossings of integer segments are not integer. They are rounded by the rule
// of Hobby ("Practical segment intersection with finite precision output",
// Computational Geometry 13, 1999): the pixel of every end and of every
// crossing is hot, and each segment is bent to the centre of every hot pixel
// that it passes through. A pixel is half open,
//
//	[X−½, X+½) × [Y−½, Y+½),
//
// so that each point of the plane belongs to one pixel. The result has no
// crossing at all: two edges share ends or nothing, no node lies inside an edge,
// and nothing moved by more than half a grid unit along each axis. That follows
// from the pixel being convex: a point of the bent edge over a hot pixel's
// centre is the image of a point of the segment in that very pixel, so the
// segment would have been bent there already.
//
// # Steps
//
// An [Arrangement] is filled by AddRing and AddLine and settled by Node, in
// O((n+k) log n) for n segments with k crossings that are spread over the plane.
// What follows is combinatorial and cannot fail: Coverage tells what covers
// either side of an edge, Polygons collects the region that a predicate keeps,
// Faces numbers the connected pieces of the plane.
//
// In files: arrange.go and segment.go hold what is given, settle.go takes the
// steps of Node: cells.go finds what lies near what, node.go the crossings and
// the hot pixels (pixel.go), bend.go what bends to which, merge.go makes edges of
// the pieces, and label.go passes a line over them (sweep.go) that tells what
// covers their sides (coverage.go). polygons.go outlines regions (trace.go), and
// faces.go numbers faces. simple.go, selfcross.go, clean.go and near.go answer
// smaller questions about rings and polygons.
//
// Results depend only on the set of segments, not on the order in which they
// came: the same input in any order gives the same output, bit for bit.
package arrange
