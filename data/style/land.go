package style

import (
	"math"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/look"
)

// areas are the marks of land: what lies below lines and what above.
type areas struct{ fills, outlines []mark }

// held is the marks of land that counts: filled from held land, so that overlaps
// are painted once and no zone is too small; zones that count are outlines in it.
func (d *Drawing) held() areas {
	var out areas
	var colours, outlines choice
	holders := d.holders()
	for _, p := range holders {
		m := look.Held(d.Snapshot, d.Edition.Basis, p)
		one := condition{"party", isOne, []string{p}}
		legend := m.Words(d.Snapshot, d.Edition.Basis, d.Lang)
		outlines.add(one, m.Outline, legend)
		if m.Paint.Plain() {
			colours.add(one, m.Paint.Colours[0], legend)
			continue
		}
		out.fills = append(out.fills, mark{id: "held-hatch-" + p, section: data.HeldLayer, shape: area, when: []condition{counts, one}, paint: m.Paint, legend: legend})
	}
	if len(holders) == 0 {
		return out
	}
	if colours.usual != "" {
		out.fills = append(out.fills, mark{id: "held-fill", section: data.HeldLayer, shape: area, when: []condition{counts}, colour: colours, opacity: look.Opacity})
	}
	for _, land := range d.Land {
		if len(land.Parties) > 1 {
			m := look.Held(d.Snapshot, d.Edition.Basis, land.Parties...)
			out.fills = append(out.fills, mark{id: "shared-" + strings.Join(land.Parties, "-"), section: data.HeldLayer, shape: area,
				when: []condition{{"id", isOne, []string{land.ID()}}}, paint: m.Paint, legend: m.Words(d.Snapshot, d.Edition.Basis, d.Lang)})
		}
	}
	out.outlines = []mark{
		{id: "zone-line", section: data.ZonesSection, shape: outline, when: []condition{counts}, colour: outlines, width: 1, least: OutlineZoom(d.Snapshot, d.Edition)},
		{id: "held-line", section: data.HeldLayer, shape: outline, when: []condition{counts}, colour: outlines, width: 2},
		{id: "shared-line", section: data.HeldLayer, shape: outline, when: []condition{{"mark", isOne, []string{data.SharedMark}}}, colour: plain(look.Ink), width: 2},
	}
	return out
}

// counts holds for zones that count and for land of one party.
var counts = condition{"mark", isOne, []string{data.HeldMark}}

// notHeld is the marks of zones that do not count.
func (d *Drawing) notHeld() areas {
	var out areas
	for _, status := range data.Statuses() {
		m := look.NotHeld(status)
		only := []condition{{"mark", isOne, []string{m.ID}}}
		out.fills = append(out.fills, mark{id: m.ID + "-hatch", section: data.ZonesSection, shape: area, when: only, paint: m.Paint, legend: m.Words(d.Snapshot, d.Edition.Basis, d.Lang)})
		out.outlines = append(out.outlines, mark{id: m.ID + "-line", section: data.ZonesSection, shape: outline, when: only, colour: plain(m.Outline), width: 1.5})
	}
	return out
}

// holders lists the parties that hold land in the edition, the default party first.
func (d *Drawing) holders() []string {
	var out []string
	for _, land := range d.Land {
		out = append(out, land.Parties...)
	}
	slices.Sort(out)
	out = slices.Compact(out)
	if i := slices.Index(out, d.Snapshot.Dataset.Party); i > 0 {
		out = append([]string{out[i]}, slices.Delete(out, i, i+1)...)
	}
	return out
}

// leastZone is how many CSS pixels a zone is wide from which its outline helps.
const leastZone = 6

// OutlineZoom is the zoom, of tiles of 512 pixels, from which outlines of an edition's
// zones help: there at least half of the zones are as wide or high as leastZone.
func OutlineZoom(s *data.Snapshot, e data.Edition) int {
	var sizes []float64
	for _, item := range s.Section(e, data.ZonesSection).Items {
		b := item.Shape.Bound()
		sizes = append(sizes, max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]))
	}
	if len(sizes) == 0 {
		return 0
	}
	slices.Sort(sizes)
	pixels := sizes[len(sizes)/2] / 360 * 512 // at zoom 0
	return max(0, int(math.Ceil(math.Log2(leastZone/pixels))))
}
