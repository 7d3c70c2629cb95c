package style

import (
	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/look"
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
	section string // or data.HeldLayer; "" for the background
	shape   shape
	when    []condition // all of them

	colour  choice // of the area, line, dot or letters
	opacity float64
	paint   look.Paint // instead of a colour when it has a pattern
	width   float64
	dashes  []float64 // in widths
	size    float64   // of letters
	bold    bool
	along   bool   // letters follow the line
	base    bool   // left out of an overlay
	least   int    // zoom from which it is drawn
	legend  string // what it means; "" for what needs no entry of its own, or has one for each colour
}

// choice is a colour by what a feature is: the first case that holds, else usual.
// Legends say what each colour means, "" where the mark says it.
type choice struct {
	cases  []colourCase
	usual  string
	legend string // of usual
}

type colourCase struct {
	when   condition
	colour string // another than those of the cases before it
	legend string
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

// add adds a case; the first is what is drawn where none holds.
func (c *choice) add(when condition, colour, legend string) {
	if c.usual == "" {
		c.usual, c.legend = colour, legend
		return
	}
	c.cases = append(c.cases, colourCase{when, colour, legend})
}

func plain(colour string) choice { return choice{usual: colour} }

// Drawing is what is drawn: an edition, with its held land (see
// [data.Snapshot.HeldLand]), and the language of its legend.
type Drawing struct {
	Snapshot *data.Snapshot
	Edition  data.Edition
	Land     []data.Land
	Lang     string // BCP 47, English where the dataset lacks it
}

// marks lists how an edition is drawn, from bottom to top.
func (d *Drawing) marks() []mark {
	is := func(key string, values ...string) condition { return condition{key, isOne, values} }
	lines := lineColours(d.Snapshot, d.Edition)
	counted, stated := d.held(), d.notHeld()
	all := []mark{
		{id: "around", shape: area, colour: plain(look.Around), base: true},
		{id: "land", section: data.TerritoriesSection, shape: area, when: []condition{is("kind", "territory")}, colour: plain(look.Land), base: true},
	}
	all = append(append(all, counted.fills...), stated.fills...)
	all = append(all,
		mark{id: "district-line", section: data.TerritoriesSection, shape: outline, when: []condition{is("kind", "district")}, colour: plain(look.District), width: 1, legend: "District"},
		mark{id: "coast", section: data.TerritoriesSection, shape: outline, when: []condition{is("kind", "territory")}, colour: plain(look.Coast), width: 1.2, legend: "Territory"})
	all = append(append(all, counted.outlines...), stated.outlines...)
	return append(all,
		mark{id: "control-casing", section: data.LinesSection, shape: outline, colour: plain(look.Casing), width: 6},
		mark{id: "control-agreed", section: data.LinesSection, shape: outline, when: []condition{is("status", string(data.Agreed))}, colour: lines, width: 3, legend: "Agreed line"},
		mark{id: "control-other", section: data.LinesSection, shape: outline, when: []condition{{"status", isNone, []string{string(data.Agreed)}}}, colour: lines, width: 3, dashes: []float64{2.5, 1.5}, legend: "Line observed or otherwise known"},
		mark{id: "place-dot", section: data.PlacesSection, shape: dot, colour: plain(look.Halo), width: 4.5, legend: "Place"},
		mark{id: "district-name", section: data.TerritoriesSection, shape: name, when: []condition{is("kind", "district")}, colour: plain(look.Ink), size: 14},
		mark{id: "place-name", section: data.PlacesSection, shape: name, colour: plain(look.Ink), size: 12.5},
		mark{id: "control-name", section: data.LinesSection, shape: name, colour: plain(look.Ink), size: 12.5, bold: true, along: true},
	)
}

// lineColours gives each line the colour that look.LineColour says.
func lineColours(s *data.Snapshot, e data.Edition) choice {
	ids := map[string][]string{}
	for _, item := range s.Section(e, data.LinesSection).Items {
		kind, _ := item.Properties["kind"].(string)
		colour := look.LineColour(item.ID, kind)
		ids[colour] = append(ids[colour], item.ID)
	}
	out := choice{usual: look.OtherLine}
	for _, colour := range []string{look.Yellow, look.Orange} {
		switch {
		case len(ids) == 1 && ids[colour] != nil:
			out.usual = colour
		case ids[colour] != nil:
			out.cases = append(out.cases, colourCase{when: condition{"id", isOne, ids[colour]}, colour: colour})
		}
	}
	return out
}
