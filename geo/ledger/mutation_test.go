package ledger

import (
	"testing"

	"github.com/demarc-map/demarc/internal/mutants"
)

// Each of these changes breaks what cells say, and some law must see it; see package mutants.
var mutations = []struct{ file, from, to, laws string }{
	{"zone.go", "slices.Reverse(polygons[i][k])", "_ = k", "Says|Sum"},
	{"cell.go", "lat := max(math.Abs(b.Min[1]), math.Abs(b.Max[1])) + degrees + metres/leastDegree", "lat := 0.0", "Says|Sum"},
	{"cell.go", "math.Abs(dx)*hy+math.Abs(dy)*hx+1e-10", "math.Abs(dx)*hy+0*hx+1e-10", "Says"},
	{"cut.go", "limit, sign = b.Max[k], -1", "limit, sign = b.Max[k], 1", "Says"},
	{"front.go", "from[k] >= box.Max[k]", "from[k] > box.Max[k]", "Borders"},
	{"leaf.go", "len(out.front) == 0 && areas.Of(box|inLand) <= tiny", "areas.Of(box|inLand) <= tiny", "Borders"},
	{"leaf.go", "len(out.front) == 0 && out.HeldM2 <= tiny", "out.HeldM2 <= tiny", "Borders"},
	{"leaf.go", "if !allLand {", "if false {", "Says"},
	{"node.go", "n.repeated < mostRepeated", "true", "Corner"},
	{"outline.go", "count[back]--", "_ = back", "Says|Sum|Borders"},
	{"question.go", "padded(n.box, slack, n.reachM)", "padded(n.box, slack, 0)", "Says"},
	{"question.go", "areas.Of(polygon) + areas.Of(polygon|inZone)", "areas.Of(polygon)", "Says"},
	{"question.go", "if q.index.Contains(n.box.Center()) {", "if true {", "Says"},
	{"question.go", "!q.index.Contains(orb.Point{(part[0][0] + part[1][0]) / 2", "false && !q.index.Contains(orb.Point{(part[0][0] + part[1][0]) / 2", "Says"},
	{"question.go", "sums = sums.plus(beside)", "_ = beside", "Says"},
	{"surroundings.go", "padded(out.box, c.size()/beside, out.reachM)", "padded(out.box, c.size()/beside, 0)", "Says|Sum"},
	{"inside.go", "<= addsUp*polygonM2+leastOverlap", "< 1e300", "Unfit"},
	{"sums.go", "max(s.MostM, t.MostM)", "s.MostM", "Says"},
	{"total.go", "plus(parts[2].plus(parts[3]))", "plus(parts[2])", "Sum"},
}

func TestEveryMutationIsSeenByALaw(t *testing.T) {
	all := make([]mutants.Mutant, len(mutations))
	for i, m := range mutations {
		all[i] = mutants.Mutant{File: "geo/ledger/" + m.file, From: m.from, To: m.to, Package: "geo/ledger", Tests: m.laws}
	}
	mutants.AreSeen(t, all, "Mutation")
}
