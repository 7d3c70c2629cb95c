package data

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/paulmach/orb"
)

// Wanted narrows the features of a section. The zero value wants them all: of
// every day and under every basis.
type Wanted struct {
	ID      string            // only the feature of this id
	Edition *Edition          // only what this edition shows
	Box     *orb.Bound        // only shapes that meet it; it may run on past 180
	Days    Interval          // only what is valid on one of these days at least; what has no valid time always is
	Equal   map[string]string // only features whose properties have these values, as text
}

// Found are the features that a question found, in the snapshot's order: the
// same for the same snapshot and question, so that they can be had in pages.
type Found struct {
	kind      kind
	positions []int32
}

// Len tells how many there are.
func (f Found) Len() int { return len(f.positions) }

// Items returns those from one position up to but without another.
func (f Found) Items(from, to int) []Item {
	out := make([]Item, 0, to-from)
	for _, i := range f.positions[from:to] {
		out = append(out, f.kind.whole(int(i)))
	}
	return out
}

// Bound returns the bounding box of all of them; it is empty when there is none.
func (f Found) Bound() orb.Bound {
	out := orb.MultiPoint(nil).Bound()
	for n, i := range f.positions {
		if b := f.kind.item(int(i)).Shape.Bound(); n == 0 {
			out = b
		} else {
			out = out.Union(b)
		}
	}
	return out
}

// Days returns the days from the first to the last on which one of them is
// valid; an end is open when one of them has it open.
func (f Found) Days() Interval {
	var out Interval
	for n, i := range f.positions {
		v := f.kind.item(int(i)).Valid
		if n == 0 {
			out = v
			continue
		}
		out.From = min(out.From, v.From)
		if out.To != 0 && (v.To == 0 || v.To > out.To) {
			out.To = v.To
		}
	}
	return out
}

// Find returns the features of a section (see [Section]) that are wanted. It
// returns ErrUnknown for a section that there is not.
func (s *Snapshot) Find(section string, w Wanted) (Found, error) {
	all := s.kinds()
	k := slices.IndexFunc(all[:], func(k kind) bool { return k.section == section })
	if k < 0 {
		return Found{}, fmt.Errorf("%w section %q", ErrUnknown, section)
	}
	found := Found{kind: all[k], positions: []int32{}}
	for _, i := range near(s, found.kind, w.Box) {
		ok, err := wants(s, found.kind, int(i), w)
		if err != nil {
			return Found{}, err
		}
		if ok {
			found.positions = append(found.positions, i)
		}
	}
	return found, nil
}

// Count tells how many features a section has, of all days and bases.
func (s *Snapshot) Count(section string) int {
	n := 0
	for _, k := range s.kinds() {
		if k.section == section {
			n = k.count
		}
	}
	return n
}

// near returns the positions, in order, of features whose bounding box touches
// a box; all of them for no box, or where there is no tree.
func near(s *Snapshot, k kind, box *orb.Bound) []int32 {
	var out []int32
	if k.section != ZonesSection || box == nil {
		for i := range k.count {
			out = append(out, int32(i))
		}
		return out
	}
	for _, turned := range turns(*box) {
		s.zones.search(s.Zones, turned, func(i int32) bool {
			out = append(out, i)
			return true
		})
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// turns returns the box in each turn in which it can touch what lies within ±180.
func turns(box orb.Bound) [3]orb.Bound {
	var out [3]orb.Bound
	for n := range out {
		by := 360 * float64(n-1)
		out[n] = orb.Bound{Min: orb.Point{box.Min[0] + by, box.Min[1]}, Max: orb.Point{box.Max[0] + by, box.Max[1]}}
	}
	return out
}

// wants tries the cheap questions first.
func wants(s *Snapshot, k kind, i int, w Wanted) (bool, error) {
	item := k.item(i)
	if w.ID != "" && item.ID != w.ID || w.Edition != nil && !k.shown(i, *w.Edition) || !item.Valid.Meets(w.Days) {
		return false, nil
	}
	if w.Box != nil {
		if ok, err := meets(s, k, i, *w.Box); !ok || err != nil {
			return false, err
		}
	}
	if len(w.Equal) == 0 {
		return true, nil
	}
	properties := k.whole(i).Properties
	for name, text := range w.Equal {
		if !reads(properties[name], text) {
			return false, nil
		}
	}
	return true, nil
}

// meets reports whether the shape of a feature meets a box, its border included.
func meets(s *Snapshot, k kind, i int, box orb.Bound) (bool, error) {
	var key any
	shape := k.item(i).Shape
	bound, touches := shape.Bound(), false
	for _, turned := range turns(box) {
		if turned.Contains(bound.Min) && turned.Contains(bound.Max) {
			return true, nil
		}
		touches = touches || turned.Intersects(bound)
	}
	switch k.section {
	case TerritoriesSection:
		key = &s.Territories[i].Shape
	case ZonesSection:
		key = &s.Zones[i].Shape
	case LinesSection:
		key = &s.Lines[i].Shape
	case ThingsSection:
		if _, isPoint := shape.(orb.Point); !isPoint {
			key = &s.Things[i].Shape
		}
	}
	if !touches || key == nil {
		return false, nil
	}
	index, err := s.shapes.of(key, shape)
	return err == nil && index.Meets(box), err
}

// reads reports whether a property has the value that a text says.
func reads(v any, text string) bool {
	switch v := v.(type) {
	case string:
		return v == text
	case float64:
		n, err := strconv.ParseFloat(text, 64)
		return err == nil && n == v
	case bool:
		return strconv.FormatBool(v) == text
	}
	return false
}
