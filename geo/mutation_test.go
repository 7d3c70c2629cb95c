package geo

import (
	"testing"

	"github.com/demarc-map/demarc/internal/mutants"
)

// Each of these changes breaks the mathematics, and some law must see it; see package mutants.
var mutations = []struct{ file, from, to, laws string }{
	// Laws of a ring and a box.
	{"zonal.go", "-45426581656.61729", "-45426581756.61729", "Laws|Truth"},
	{"zonal.go", "1.0/120", "1.0/121", "Laws|Truth|Switch"},
	{"zonal.go", "2*cm*sd - sp*", "2*cm*sd - cp*", "Laws"},
	{"zonal.go", "math.Copysign(sin, lat)", "sin", "Laws|Truth"},
	{"zonal_taylor.go", "i%4 == 2 || i%4 == 3", "i%4 == 2", "Laws|Switch"},
	{"zonal_taylor.go", "taylorReach = 6", "taylorReach = 12", "Switch"},
	{"zonal_taylor.go", "taylorNear       = 0.25", "taylorNear       = 1", "Switch"},
	{"area.go", "math.Abs(a) * float64(as)", "math.Abs(a)", "EveryShape"},
	{"neumaier.go", "(c.sum - (t - part)) + (x - part)", "0 * part", "Compensated|Switch|Laws"},

	// Laws at the antimeridian and the poles.
	{"reading.go", "> 2*least }", "> 0*least && winding(r) != as }", "Ways|ShortWay"}, // as given first
	{"reading.go", "> 2*least }", "> 0*least }", "FullTurn"},
	{"reading.go", "case !right && winding(r) == as:", "case false:", "Wide|RightHand"},
	{"reading.go", "return -d", "return 0", "Corners"},
	{"reading.go", "alongPole := a[1] == b[1] && math.Abs(a[1]) == 90", "alongPole := false", "CoarseCap"},
	{"shape_layers.go", "math.Round((first-180)/windowStep) * windowStep", "math.Abs(first-180) * math.Copysign(1, first-180)", "Globe"},
	{"shape_layers.go", "l.grid.forget(edges.Min[0], edges.Max[0])", "_ = edges", "Seam"},
	{"narrowed.go", "widestEdge = 180 - 1e-4", "widestEdge = 180", "HalfATurn"},
	{"buffer.go", "l.box.east-l.box.west > 360", "false", "Globe"},
	{"buffer_lines.go", "b.sector(here, in-math.Pi/2, math.Pi)", "_ = in", "BufferOf"},
	{"buffer_lines.go", "orb.Ring{p, here.offset", "orb.Ring{here.offset", "BufferOf"},
	{"grid.go", "orb.Point{v[0] + 0, v[1] + 0}", "v", "Zero"},
	{"split_no_cut.go", "if dangling == 0 {", "if false {", "ToldWhy"},
	{"reading.go", "d > halfTurn && d < 360)", "d > 190 && d < 360)", "Antimeridian|RightHand"},
	{"reading.go", "turn+u.turn(prev, r[0], level) == 0", "true", "Pole"},
	{"overlay_unroll.go", "s.edges[j].x1 += turn", "s.edges[j].x1 += 0", "Antimeridian"},
	{"overlay_unroll.go", "[...]float64{-360, 0, 360}", "[...]float64{0}", "Globe|Antimeridian"},

	// Laws of an overlay.
	{"overlay_slab.go", "if ordered(spans) {", "if true {", "Oracle|Overlay"},
	{"overlay_slab.go", "w.tally.add(above, -area)", "w.tally.add(above, -area*(1+1e-9))", "Overlay|Tiles"},
	{"overlay_slab.go", "high <= w.lowest[mark+i+1]", "high <= w.lowest[mark+i+1]+1", "Oracle|Overlay"},
	{"overlay_slab.go", "cmp.Compare(a.y1+a.y2, b.y1+b.y2)", "cmp.Compare(a.y1, b.y1)", "Hard|Oracle|Near|Fuzz|Shared|Overlay"},
	{"overlay_cell.go", "w.move(changes[:n], -1)\n", "\n", "Overlay|Hard|Gaza"},
	{"overlay_strip.go", "change{p.x2, e.ring, -e.step}", "change{p.x1, e.ring, -e.step}", "Overlay"},
	{"overlay_cover.go", "c.lacks[r.polygon] == 1", "c.lacks[r.polygon] >= 1", "Hard|Overlay"},
	{"overlay_cover.go", "before, after = before&1, after&1", "", "Hard"},
	{"overlay_edge.go", "setRing{id, s.rule == NonZero && as == hole}", "setRing{id, false}", "Hard"},
	{"overlay_measure.go", "m.bottom, m.lat0 = bottom, originLat+bottom", "m.bottom, m.lat0 = bottom, originLat", "Overlay"},
	{"overlay_plan.go", "total.add(sum.mask, sum.area.sum)", "total.add(sum.mask, sum.area.sum*(1+1e-12))", "Overlay"},
	{"overlay_guard.go", "g.steps.Load() > g.budget", "g.steps.Load() > 2*g.budget", "Budget"},

	// Laws of prepared layers and of the index.
	{"overlay_window.go", "step * e.step}", "-step * e.step}", "Prepared|FuzzOverlay"},
	{"prepared.go", "edge.x1 == edge.x2 && edge.x1 <= e.west", "false", "FuzzOverlay"},
	{"prepared.go", "v.below(edge.y(e.west)) == 1", "false", "Prepared"},
	{"overlay_strip.go", "int32(from-next) * e.step", "0 * e.step", "Prepared|FuzzOverlay"},
	{"rtree/box.go", "c.MinY <= b.MaxY\n", "c.MinY < b.MaxY\n", "Search|Index|Prepared"},
	{"rtree/box.go", "max(b.MaxX, c.MaxX)", "b.MaxX", "Search|Index|Prepared"},
	{"rtree/nearest.go", "h[parent].distance <= h[i].distance", "true", "Nearest"},
	{"edge_tree.go", "float64(f) > v", "false", "RoundedBox"},
	{"index.go", "p[0] < b[0] && (side < 0) == up", "(side < 0) == up", "Index|Boundary"},
	{"orientation.go", "return left.Cmp(right)", "return 0", "Boundary"},
	{"nearest_bound.go", "(1 - 1e-12)", "(1 + 1e-3)", "Bound"},
	{"nearest_bound.go", "nearest = min(math.Abs(low), math.Abs(high))", "nearest = 90", "Bound"},
	{"nearest.go", "slope1 >= 0 || slope2 <= 0", "true", "Nearest"},
}

func TestEveryMutationIsSeenByALaw(t *testing.T) {
	all := make([]mutants.Mutant, len(mutations))
	for i, m := range mutations {
		all[i] = mutants.Mutant{File: "geo/" + m.file, From: m.from, To: m.to, Package: "geo", Tests: m.laws}
	}
	mutants.AreSeen(t, all, "PostGIS|GeographicLib|Mutation")
}
