// Package geo measures and overlays polygons on the WGS 84 ellipsoid.
//
// Coordinates are longitude, latitude in degrees. An edge is a straight line in
// longitude and latitude (RFC 7946, section 3.1.1). Areas are square metres,
// lengths metres, angles degrees. The ellipsoid has the semi-major axis
// 6378137 m and the flattening 1/298.257223563 (NIMA TR8350.2). Geometries are
// those of orb, read and never changed; nil and empty ones are as nothing.
//
// What each verb promises:
//
//   - [Area], [SignedArea]: the area under this edge model, to some 1e-16 of it.
//   - [Length], [Distance]: along geodesics, to 15 nanometres.
//   - [Overlay], [Prepared.Overlay]: the area of every combination of layers,
//     to 2e-14 of it, whatever the rings.
//   - [Clean], [Dissolve], [Union], [Intersection], [Difference],
//     [SymmetricDifference], [Partition], [Split]: valid geometry, nothing moved by more than
//     one unit of a grid; topology is exact on the grid.
//   - [Buffer], [BufferLines]: the places within a distance, to 0.2 % of it for some kilometres.
//   - [Front]: the part of a boundary that faces land held by nobody.
//   - [Along]: the part of a line that runs along others.
//   - [Pieces]: a line cut where it crosses polygons; [InnerPoint]: a place inside one.
//   - [Index]: inside or not, decided exactly; the nearest place, to a
//     millimetre up to 1,000 km; what edges are near; what of a stretch lies farther.
//   - [Crossing], [Flaws], [SimpleRing], [InRing]: decided exactly on the coordinates as
//     they are.
//
// # Contents
//
// Reading and measuring: reading.go (rings, the antimeridian), area.go, with
// zonal.go and zonal_taylor.go (areas to the equator), length.go, ellipsoid.go,
// neumaier.go (sums), extent.go, fault.go (errors).
//
// Overlay, in the order of its steps: overlay.go; overlay_edge.go and
// overlay_unroll.go (edges, in one turn of longitude); overlay_plan.go (strips),
// overlay_strip.go (cells), overlay_cell.go, overlay_slab.go (sorted edges);
// overlay_cover.go and overlay_change.go (what covers a place), overlay_measure.go,
// overlay_tally.go, areas.go (sums); overlay_guard.go (budget). prepared.go and
// overlay_window.go overlay a small polygon with many edges.
//
// Geometry: shape.go, partition.go and shape_layers.go, on grid.go; split.go, join.go (pieces of a line), buffer.go, buffer_lines.go,
// front.go and along.go with farther.go, sides.go, cropped.go, pieces.go, inner_point.go.
//
// Questions about places: index.go, on edge_tree.go; nearest.go with
// nearest_bound.go; meets.go, crossing.go, validity.go with validity_rings.go,
// orientation.go.
//
// Packages below: arrange (exact arrangements of integer segments), ledger (what zones
// hold, by cells), rtree (the packed R-tree), hilbert (the curve that it and tiles are
// ordered by).
//
// # Stability
//
// The exported names follow semantic versions of the module: before v1 they may
// change with a minor version, which the changelog says. Figures are part of the
// promise: for the same input every version gives the same digits, on one kind of
// processor, unless the changelog says that a formula changed and by how much;
// another kind, which multiplies and adds in one rounding, may differ in the last.
// What is not exported, and how long a call takes, may change at any time.
//
// # Area
//
// The area between the equator and the latitude φ, per radian of longitude, is
// (with b and e the semi-minor axis and eccentricity, and s = sin φ)
//
//	S(φ) = b²/2·[ s/(1−e²s²) + atanh(e·s)/e ] = Σ cₖ·sin((2k+1)φ)
//
// and seven terms of the series are exact in double precision. An edge encloses
// with the equator Δλ times the mean of S along it, which is exact too:
//
//	Δλ·Σ cₖ·sin(jφₘ)·sinc(jΔφ/2),  j = 2k+1, φₘ the mid latitude.
//
// A ring is the sum over its edges, less a constant S(φ₀) that cancels over the
// ring and keeps small polygons as exact as large ones. Where all latitudes lie
// within 6 degrees of φ₀ a Taylor polynomial about φ₀ stands for the series:
// the same number, five times faster. Sums are compensated (Neumaier). Against
// 50-digit arithmetic the relative error is some 1e-16 from a square millimetre
// to the globe (testdata/truth.py); the rounding of the coordinates themselves,
// 1e-4 m² for every degree of perimeter, is larger.
//
// Only this edge model makes areas add up: where two edges cross, the crossing
// lies on the very lines that are measured. Programs that take edges for
// geodesics agree as edges become short: they differ by Δλ³, 1e-5 of the area of
// a territory whose longest edges are some kilometres.
//
// # Overlay
//
// [Overlay] measures every combination of layers without building topology.
// It cuts the plane into strips of longitude, strips into cells of latitude and
// cells into slabs that no vertex lies in; edges are sorted by height, and a walk
// upward keeps how often the rings of each polygon wind round the place. All
// that decides anything is such whole numbers, and the sorted order, where a
// mistake by one rounding costs the area of a sliver one rounding wide. Nothing
// can be inconsistent, so nothing can fail. The error is below 2e-14 of the area
// and 2e-6 m² for every degree of perimeter. Time grows about as the number of
// vertices (exponent 1.1 from 10,000 to 1,000,000) and, where edges cross very
// often, as the number of crossings; memory as the number of vertices.
//
// [Prepare] makes layers ready for many overlays with small polygons, and
// [Index] answers questions about places: both touch only what is near.
//
// # Results that are geometry
//
// [Clean], [Dissolve], [Union], [Intersection], [Difference],
// [SymmetricDifference], [Split], [Front] and [Buffer] return shapes and lines.
// They go by way of an exact arrangement of whole numbers (package arrange): the
// operands are put on a grid chosen from their extent, crossings are snapped to
// it (Hobby 1999), and from then on everything is combinatorial. Results are
// valid by the rules of OGC Simple Features, and vertices of the input that no
// crossing touches come back bit for bit. The grid's unit is documented at
// [Union]; near Gaza it is 1e-9 degrees, a tenth of a millimetre.
//
// An area that can be had from [Overlay] is had from there: it needs no grid. The
// two ways share no code, so that one can be checked by the other.
//
// # The antimeridian and the poles
//
// Longitudes are read from −540 to 540. A polygon may be cut at ±180, as RFC
// 7946 asks, or run on past 180 (170, 175, 180, 185, 190): both are the same
// land, in every function. The difference Δλ of two neighbouring vertices tells
// how an edge runs:
//
//   - |Δλ| ≤ 180 (and a billionth): as given.
//   - 180 < |Δλ| < 360: ambiguous. The edge may be that long, or go the short way
//     across the antimeridian. The right-hand rule of RFC 7946, section 3.1.6,
//     decides for the whole ring, the short way first: if the ring with every
//     ambiguous edge the short way turns the way its role asks (a shell
//     counter-clockwise, a hole clockwise), it is read so; otherwise, if it does as
//     given, in the plane, it is read as given; otherwise the short way. Fiji from
//     177 to −178 counter-clockwise is a small polygon, and a box 340 degrees wide
//     given counter-clockwise is that box, since the short way it turns clockwise.
//   - |Δλ| = 360: a full turn, as in the globe from −180 to 180. In a ring that
//     has ambiguous edges too it is none if the ring then turns the way its role
//     asks: corners on the antimeridian may be written as 180 or as −180.
//
// A ring with ambiguous edges which, read the short way, does not return to
// where it began winds round a pole; what it encloses cannot be told, and it is
// refused with [ErrPole]. A ring round a pole is given as in RFC 7946, closed
// over the pole: …, [180 −90], [−180 −90], …. A ring wider than 360 degrees is
// refused with [ErrWide]. Nothing is ever measured as 0 because of where it is.
package geo
