package style

import (
	"strings"

	"github.com/demarc-map/demarc/data"
)

// shape is what a mark is drawn of.
type shape int

const (
	area shape = iota
	outline
	dot
	name
)

// mark is one layer of a drawing: which features of a section, and how.
type mark struct {
	id      string // those that the page has too are called the same
	section string // "" for the background
	shape   shape
	when    []condition // all of them

	colour  choice // of the area, line, dot or letters
	opacity float64
	pattern string // of the sprite, instead of a colour
	width   float64
	dashes  []float64 // in widths
	size    float64   // of letters
	bold    bool
	along   bool   // letters follow the line
	base    bool   // left out of an overlay
	legend  string // what it means, in English; "" for what needs no entry of its own
}

// choice is a colour by what a feature is: the first case that holds, else usual.
type choice struct {
	cases []colourCase
	usual string
}

type colourCase struct {
	when   condition
	colour string // another than those of the cases before it
}

// condition holds for features whose property is one of some values, or none of
// them.
type condition struct {
	key    string
	test   test
	values []string
}

type test int

const (
	isOne test = iota
	isNone
)

func plain(colour string) choice { return choice{usual: colour} }

// marks lists how an edition is drawn, from bottom to top.
func marks(s *data.Snapshot, e data.Edition) []mark {
	firm := condition{"status", isOne, []string{string(data.Agreed), string(data.Observed)}}
	unsure := condition{"status", isNone, firm.values}
	restricted := condition{"x_kind", isOne, []string{"restricted"}}
	open := condition{"x_kind", isNone, restricted.values}
	is := func(key string, values ...string) condition { return condition{key, isOne, values} }
	lines := lineColours(s, e)
	fills, outlines := partyColours(&s.Dataset)
	all := []mark{
		{id: "around", shape: area, colour: plain(Around), base: true},
		{id: "land", section: data.TerritoriesSection, shape: area, when: []condition{is("kind", "territory")}, colour: plain(Land), base: true},
		{id: "zone-fill", section: data.ZonesSection, shape: area, when: []condition{firm, open}, colour: fills, opacity: HeldOpacity, legend: "Held"},
		{id: "restricted-hatch", section: data.ZonesSection, shape: area, when: []condition{restricted}, pattern: "restricted", legend: "Restricted, not held"},
	}
	for _, status := range []data.Status{data.Claimed, data.Proposed, data.Disputed} {
		all = append(all, mark{id: string(status) + "-hatch", section: data.ZonesSection, shape: area, when: []condition{is("status", string(status)), open}, pattern: string(status),
			legend: strings.ToUpper(string(status[:1])) + string(status[1:])})
	}
	return append(all,
		mark{id: "district-line", section: data.TerritoriesSection, shape: outline, when: []condition{is("kind", "district")}, colour: plain(District), width: 1, legend: "District"},
		mark{id: "coast", section: data.TerritoriesSection, shape: outline, when: []condition{is("kind", "territory")}, colour: plain(Coast), width: 1.2, legend: "Territory"},
		mark{id: "zone-line", section: data.ZonesSection, shape: outline, when: []condition{firm, open}, colour: outlines, width: 2},
		mark{id: "restricted-line", section: data.ZonesSection, shape: outline, when: []condition{restricted}, colour: plain(HeldOutline), width: 1.2},
		mark{id: "disputed-line", section: data.ZonesSection, shape: outline, when: []condition{unsure, open}, colour: plain(DisputedOutline), width: 1.5},
		mark{id: "control-casing", section: data.LinesSection, shape: outline, colour: plain(Casing), width: 6},
		mark{id: "control-agreed", section: data.LinesSection, shape: outline, when: []condition{is("status", string(data.Agreed))}, colour: lines, width: 3, legend: "Agreed line"},
		mark{id: "control-other", section: data.LinesSection, shape: outline, when: []condition{{"status", isNone, []string{string(data.Agreed)}}}, colour: lines, width: 3, dashes: []float64{2.5, 1.5}, legend: "Line observed or otherwise known"},
		mark{id: "place-dot", section: data.PlacesSection, shape: dot, colour: plain(Halo), width: 4.5, legend: "Place"},
		mark{id: "district-name", section: data.TerritoriesSection, shape: name, when: []condition{is("kind", "district")}, colour: plain(Ink), size: 14},
		mark{id: "place-name", section: data.PlacesSection, shape: name, colour: plain(Ink), size: 12.5},
		mark{id: "control-name", section: data.LinesSection, shape: name, colour: plain(Ink), size: 12.5, bold: true, along: true},
	)
}

// partyColours gives the default party the page's blue and every other its own.
func partyColours(d *data.Dataset) (fills, outlines choice) {
	all := hues()
	fills.usual, outlines.usual = all[0].fill, all[0].outline
	n := 0
	for _, p := range d.Parties {
		if p.ID == d.Party {
			continue
		}
		n++
		h, of := all[n%len(all)], condition{"party", isOne, []string{p.ID}}
		fills.cases = append(fills.cases, colourCase{of, h.fill})
		outlines.cases = append(outlines.cases, colourCase{of, h.outline})
	}
	return fills, outlines
}

// lineColours gives each line the colour that LineColour says.
func lineColours(s *data.Snapshot, e data.Edition) choice {
	ids := map[string][]string{}
	for _, item := range s.Section(e, data.LinesSection).Items {
		kind, _ := item.Properties["kind"].(string)
		colour := LineColour(item.ID, kind)
		ids[colour] = append(ids[colour], item.ID)
	}
	out := choice{usual: OtherLine}
	for _, colour := range []string{Yellow, Orange} {
		switch {
		case len(ids) == 1 && ids[colour] != nil:
			out.usual = colour
		case ids[colour] != nil:
			out.cases = append(out.cases, colourCase{condition{"id", isOne, ids[colour]}, colour})
		}
	}
	return out
}
