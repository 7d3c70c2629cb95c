// Package ledger keeps what zones hold of a land by cells, so that a question about
// a polygon costs what its boundary crosses and not what lies inside it.
//
// A [Ledger] is a quadtree of cells in longitude and latitude, the same for all
// ledgers. A cell with more edges in it than a budget is four cells; any other
// is a leaf, and knows the areas of what is land and held in it and its part of the
// front (see [geo.Front]). A polygon takes cells that lie inside it as they are, and
// overlays what it cuts of the leaves that its boundary crosses.
//
// Cells are opened when somebody first asks about them, and stay. What a cell holds
// depends on the land and the zones near it alone, and not on who asked before, so
// that the same question has the same answer to the last digit, whoever asks first.
//
// Units are those of package geo: degrees, square metres, metres.
//
// # How exact it is
//
// Areas are sums of those of [geo.Overlay], less than 1e-13 of the polygon and 1e-4 m²
// for each degree of its perimeter apart from one overlay of everything: that is the
// rounding of positions where cells cut edges. The length of a front is that of
// [geo.Front] of the land in the polygon to one part in a million, with accuracies
// that are off by two parts in a thousand: geodesics of parts of a straight edge are longer
// than that of the whole, by 1e-7 of a tenth of a degree, and how far a stretch is from
// the polygon's boundary is measured on another plane.
//
// # Contents
//
// ledger.go, inside.go (what there is to ask); question.go (the walk of a polygon
// through the cells), total.go (whole cells); node.go (cells, opened), leaf.go (what a
// leaf knows) with outline.go and front.go; surroundings.go (cells, not open yet),
// zone.go, cell.go; cut.go (polygons cut by cells), sums.go.
package ledger
