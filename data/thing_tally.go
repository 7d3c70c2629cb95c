package data

import (
	"context"
	"fmt"
	"strings"

	"github.com/demarc-map/demarc/geojson"
)

// ThingTallies is what of each layer of things lies on either side of the line.
type ThingTallies struct {
	Dataset  string       `json:"dataset"`
	Of       string       `json:"of"`
	Party    string       `json:"party"`
	Basis    string       `json:"basis"`
	AsOf     Date         `json:"as_of"`
	WithinM  float64      `json:"within_m"`
	Layers   []LayerTally `json:"layers"` // in the dataset's order
	Method   string       `json:"method"`
	Snapshot string       `json:"snapshot"`
	Self     string       `json:"self"` // address of this answer, filled in by who gives it
}

// LayerTally is what of one layer lies on either side of the line.
type LayerTally struct {
	ID          string         `json:"id"`
	Title       Text           `json:"title"`
	Counts      ThingCount     `json:"counts"`    // what every amount is: a number, km or km²
	MappedOn    Date           `json:"mapped_on"` // the things were so on this day; nobody says that they still are
	Attribution Text           `json:"attribution"`
	Note        Text           `json:"note,omitempty"`
	Sources     []Source       `json:"sources"` // of the things, with their licences
	By          string         `json:"by,omitempty"`
	Things      int            `json:"things"` // features that are valid on the day
	Readings    []LayerReading `json:"readings"`
}

// LayerReading is the tally of a layer under one reading.
type LayerReading struct {
	Basis       string        `json:"basis"`
	Asked       bool          `json:"asked"`
	Measures    Measure       `json:"measures"`
	Evidence    Evidence      `json:"evidence"` // of the line
	Sources     []string      `json:"sources"`  // likewise
	AccuracyM   float64       `json:"accuracy_m"`
	LandPercent float64       `json:"land_percent"` // of the land, that the party holds, to compare with
	Total       LayerAmounts  `json:"total"`
	Districts   []LayerAmount `json:"districts"`
	Groups      []LayerAmount `json:"groups"` // by the layer's By, the id is null for things without it
}

// LayerAmount is what of a layer lies in a district, or is of a group.
type LayerAmount struct {
	ID *string `json:"id"`
	LayerAmounts
}

// LayerAmounts are how much of a layer lies on each side, in what the layer counts.
// Low and high are by what lies within the accuracy of the line.
type LayerAmounts struct {
	All         float64  `json:"all"`
	Held        float64  `json:"held"`
	HeldLow     float64  `json:"held_low"`
	HeldHigh    float64  `json:"held_high"`
	HeldPercent *float64 `json:"held_percent"` // of what lies in the territory; nil where there is nothing
	Free        float64  `json:"free"`         // of the territory, and not held by the party; it says no more than that
	FreeLow     float64  `json:"free_low"`
	FreeHigh    float64  `json:"free_high"`
	Outside     float64  `json:"outside"`   // of the territory
	NearHeld    float64  `json:"near_held"` // within so many metres of the line, on the held side
	NearFree    float64  `json:"near_free"` // likewise, on the other
}

// TallyThings counts what of each of the dataset's layers of things, or of the named
// one, lies on either side of the line, and within so many metres of it (0 for none).
// Errors are those of Share, ErrQuestion, and ErrUnknown for a layer that there is not.
func (s *Snapshot) TallyThings(ctx context.Context, q Query, layer string, withinM float64) (*ThingTallies, error) {
	if layer != "" {
		if _, ok := s.Dataset.ThingLayer(layer); !ok {
			return nil, fmt.Errorf("%w layer %q: there are %s", ErrUnknown, geojson.Clip(layer, 100), strings.Join(ids(s.Dataset.Things, func(l ThingLayer) string { return l.ID }), ", "))
		}
	}
	asked := TallyQuery{Query: q, WithinM: withinM}
	views, err := tallyViews(ctx, s, &asked)
	if err != nil {
		return nil, err
	}
	out := &ThingTallies{Dataset: s.Dataset.ID, Of: asked.Of, Party: asked.Party, Basis: asked.Basis, AsOf: q.AsOf, WithinM: withinM, Layers: []LayerTally{}, Method: MethodOfTally, Snapshot: s.name}
	for i := range s.Dataset.Things {
		l := &s.Dataset.Things[i]
		if layer != "" && l.ID != layer {
			continue
		}
		tally, err := tallyLayer(ctx, s, asked, l, views)
		if err != nil {
			return nil, err
		}
		out.Layers = append(out.Layers, *tally)
	}
	return out, nil
}

// tallyLayer counts one layer under readings that were made ready.
func tallyLayer(ctx context.Context, s *Snapshot, asked TallyQuery, l *ThingLayer, views []*tallyView) (*LayerTally, error) {
	asked.By, asked.ByArea = l.By, l.Counts == CountKm2
	if l.Counts == CountNumber {
		asked.Weight = thingNumber
	}
	tally, err := tallyWith(ctx, s, asked, views, s.ThingsOn(l.ID, asked.AsOf), nil)
	if err != nil {
		return nil, err
	}
	out := &LayerTally{ID: l.ID, Title: l.Title, Counts: l.Counts, MappedOn: l.MappedOn, Attribution: l.Attribution, Note: l.Note, By: l.By,
		Sources: s.ThingSources(l.ID), Things: tally.Things}
	for i := range tally.Readings {
		r := &tally.Readings[i]
		out.Readings = append(out.Readings, LayerReading{Basis: r.Basis, Asked: r.Asked, Measures: r.Measures, Evidence: r.Evidence, Sources: r.Sources,
			AccuracyM: r.AccuracyM, LandPercent: views[i].d.share.Percent, Total: l.Counts.amounts(&r.Total), Districts: l.Counts.each(r.Districts), Groups: l.Counts.each(r.Groups)})
	}
	return out, nil
}

func (c ThingCount) each(groups []TallyGroup) []LayerAmount {
	out := []LayerAmount{}
	for i := range groups {
		out = append(out, LayerAmount{groups[i].ID, c.amounts(&groups[i].TallyRow)})
	}
	return out
}

// amounts takes of a row what is counted.
func (c ThingCount) amounts(r *TallyRow) LayerAmounts {
	out := LayerAmounts{All: c.of(r.All), Held: c.of(r.Held.Value), HeldLow: c.of(r.Held.Low), HeldHigh: c.of(r.Held.High),
		Free: c.of(r.Free.Value), FreeLow: c.of(r.Free.Low), FreeHigh: c.of(r.Free.High), Outside: c.of(r.Outside),
		NearHeld: c.of(r.NearHeld), NearFree: c.of(r.NearFree)}
	if inside := out.All - out.Outside; inside > 0 {
		percent := 100 * out.Held / inside
		out.HeldPercent = &percent
	}
	return out
}

// of is the amount that is counted.
func (c ThingCount) of(a Amounts) float64 {
	switch c {
	case CountKm:
		return a.Km
	case CountKm2:
		return a.Km2
	case CountNumber: // how many things stand for, below
	}
	return a.Weight
}
