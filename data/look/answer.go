package look

import (
	"maps"
	"slices"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/words"
)

// Answer is how everything of a dataset is drawn, for clients that draw it
// themselves.
type Answer struct {
	Opacity  float64            `json:"opacity"`
	Stripes  Stripes            `json:"stripes"`
	Parties  []PartyLook        `json:"parties"` // in the order of stripes: the default party's first
	Statuses []StatusLook       `json:"statuses"`
	Measures []MeasureWords     `json:"measures"`
	Lines    []LineLook         `json:"lines"`
	Legend   map[string][]Entry `json:"legend"` // by basis
}

// Stripes says how land is drawn that several parties hold: in stripes of the colours
// of all, or of one colour, strong and weak, where they are more than Most.
type Stripes struct {
	Most int    `json:"most"`
	Many string `json:"many"`
}

// PartyLook is the colour of a party.
type PartyLook struct {
	Party string `json:"party"`
	Colour
}

// StatusLook is the colour of zones that do not count, and what their status is called.
type StatusLook struct {
	Mark    string    `json:"mark"`
	Ink     string    `json:"ink"`
	Outline string    `json:"outline"`
	Dark    DarkInk   `json:"dark"`
	Words   data.Text `json:"words"`
}

// DarkInk is a StatusLook on the dark page.
type DarkInk struct {
	Ink     string `json:"ink"`
	Outline string `json:"outline"`
}

// LineLook is how a line is drawn.
type LineLook struct {
	ID     string `json:"id"`
	Colour string `json:"colour"`
	Dashed bool   `json:"dashed"`
}

// Entry is an entry of a legend, with the pattern of its mark: "held", "restricted"
// or "claims" for what counts, in these colours in turn; else the status.
type Entry struct {
	Mark    string    `json:"mark"`
	Party   string    `json:"party,omitempty"`
	Parties []string  `json:"parties,omitempty"` // of land that several hold
	Pattern Pattern   `json:"pattern,omitempty"`
	Colours []string  `json:"colours,omitempty"`
	Outline string    `json:"outline,omitempty"`
	Dark    *Shade    `json:"dark,omitempty"`
	Words   data.Text `json:"words"`
}

// For tells how a snapshot is drawn. A legend has an entry for every party that
// holds land on any day, for land that any two of them may hold together, for each
// status of what does not count and for the rest of the land.
func For(s *data.Snapshot) *Answer {
	out := &Answer{Opacity: Opacity, Stripes: Stripes{MostStripes, many}, Parties: []PartyLook{}, Measures: Measures(), Lines: []LineLook{}, Legend: map[string][]Entry{}}
	for _, p := range s.Dataset.Parties {
		out.Parties = append(out.Parties, PartyLook{p.ID, OfParty(&s.Dataset, p.ID)})
	}
	slices.SortStableFunc(out.Parties, func(a, b PartyLook) int {
		return positionOf(&s.Dataset, a.Party) - positionOf(&s.Dataset, b.Party)
	})
	for _, status := range data.Statuses() {
		c := OfStatus(status)
		out.Statuses = append(out.Statuses, StatusLook{string(status), c.Fill, c.Outline, DarkInk{c.Dark.Fill, c.Dark.Outline}, StatusWords(status)})
	}
	for i := range s.Lines {
		l := &s.Lines[i]
		out.Lines = append(out.Lines, LineLook{l.ID, LineColour(l.ID, l.Kind), Dashed(l.Status)})
	}
	for i := range s.Dataset.Bases {
		basis := &s.Dataset.Bases[i]
		out.Legend[basis.ID] = legend(s, basis)
	}
	return out
}

func legend(s *data.Snapshot, basis *data.Basis) []Entry {
	holding, stated := map[string]bool{}, map[data.Status]bool{}
	for i := range s.Zones {
		switch z := &s.Zones[i]; {
		case z.Basis != basis.ID:
		case basis.HoldsBy(z.Status):
			holding[z.Party] = true
		default:
			stated[z.Status] = true
		}
	}
	var out []Entry
	add := func(m Mark) {
		e := Entry{Mark: m.ID, Parties: m.Parties, Pattern: m.Paint.Pattern, Colours: m.Paint.Colours, Outline: m.Outline, Dark: &m.Dark, Words: data.Text{}}
		if len(m.Parties) == 1 {
			e.Party, e.Parties = m.Parties[0], nil
		}
		for _, lang := range words.Langs() {
			e.Words[lang] = m.Words(s, basis.ID, lang)
		}
		out = append(out, e)
	}
	parties := slices.Sorted(maps.Keys(holding))
	for _, p := range parties {
		add(Held(s, basis.ID, p))
	}
	for i, p := range parties {
		for _, q := range parties[i+1:] {
			add(Held(s, basis.ID, p, q))
		}
	}
	for _, status := range data.Statuses() {
		if stated[status] {
			add(NotHeld(status))
		}
	}
	rest := Entry{Mark: "rest", Words: data.Text{}}
	for _, lang := range words.Langs() {
		rest.Words[lang] = Rest(basis.Measures, lang)
	}
	return append(out, rest)
}
