package intake

import (
	"cmp"
	"context"
	"fmt"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake/foreign"
	"github.com/demarc-map/demarc/geojson"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// Imported is what foreign files hold.
type Imported struct {
	Zones  []data.Zone
	Lines  []data.ControlLine // of lines, where the plan takes them
	Places []data.Place       // of points, likewise
	States
	Titles
	Counts  map[string][]data.Status // that count under a reading, by its id, where the files say so
	Origins Origins
	Notes   []string // what was left out or chosen, a line each
}

// Zones reads foreign files into zones by a plan. Parties and bases get ids from
// names, which learn them. Repairs and faults go to the
// report; done is called after each file. A file without features is the state
// of a day on which nobody held anything, where the plan takes days from names.
func Zones(ctx context.Context, files []File, plan Plan, names Called, report *geojson.Report, done func()) (*Imported, error) {
	g, err := gather(ctx, files, plan, names, report, done)
	if err != nil {
		return nil, err
	}
	return g.imported(), nil
}

// gather takes what foreign files hold, several of which are read at a time.
func gather(ctx context.Context, files []File, plan Plan, names Called, report *geojson.Report, done func()) (*gathering, error) {
	ready, err := plan.prepare()
	if err != nil {
		return nil, err
	}
	g := &gathering{plan: ready, names: names, report: report, lack: newAbsences(ready), tally: newTally(), places: newPlaces(), counts: map[[2]string]bool{}, parties: titles{}, bases: titles{}, written: map[string]map[string]int{"party": {}, "basis": {}}}
	ahead := readAhead(ctx, files, foreign.Options{Layer: ready.Layer, Truncated: ready.Truncated, Encoding: ready.Encoding})
	defer ahead.stop()
	for _, file := range files {
		if err := g.file(ctx, file.Name, ahead); err != nil {
			return nil, fmt.Errorf("%s: %w", file.Name, err)
		}
		done()
	}
	return g, nil
}

// file takes the next file.
func (g *gathering) file(ctx context.Context, name string, ahead *ahead) error {
	now := &current{name: name}
	g.ofName(now)
	faults := len(g.report.Faults)
	var inner error
	err := ahead.next(g.report, func(f geojson.Feature, own bool) {
		now.own = own
		if err := g.feature(ctx, now, f); err != nil && inner == nil {
			inner = err
		}
	})
	if err := cmp.Or(err, inner); err != nil {
		return err
	}
	switch {
	case now.day != 0 && len(g.report.Faults) == faults+1 && g.report.Faults[faults] == noFeature(name):
		g.report.Faults, g.empty = g.report.Faults[:faults], append(g.empty, now.day)
	case len(g.report.Faults) > faults:
	default:
		g.settle(now)
	}
	g.out += now.out
	g.tally.add("feature|%s left out by --where", now.name, now.out, "")
	return nil
}

// settle looks at what a file without faults held in all.
func (g *gathering) settle(now *current) {
	shapes, plan := now.shapes, g.plan
	taken := shapes.polygons > 0 || shapes.points > 0 && plan.Points == Places || shapes.lines > 0 && plan.Lines == ControlLines
	switch {
	case now.kept > 0 && !taken:
		g.report.Refuse(data.Fault{File: now.name, Rule: "no-polygon",
			Detail: fmt.Sprintf("%s: nothing of it says who holds land; --points places and --lines control-lines take points and lines, and a day on which nobody held anything is a FeatureCollection without features", shapes)})
	case now.day != 0 && shapes.polygons == 0 && now.out > 0:
		g.empty = append(g.empty, now.day)
		g.tally.add("day|%s without anything that --where takes: nothing is held then", now.name, 1, now.day.String())
	}
	if plan.Points != Places {
		g.tally.add("point|%s left out; --points places takes points as places", now.name, shapes.points, "")
	}
	if plan.Lines != ControlLines {
		g.tally.add("line|%s left out; --lines control-lines takes lines as control lines", now.name, shapes.lines, "")
	}
	g.tally.add("feature without geometry|%s left out", now.name, shapes.bare, "")
}

// feature takes one feature.
func (g *gathering) feature(ctx context.Context, now *current, f geojson.Feature) error {
	theirs, err := propertiesOf(f, g.lack.theirs)
	if err != nil {
		g.refuse(now, f, "mapping", "", err)
		return nil
	}
	takes, err := g.plan.where.Takes(theirs)
	if err != nil {
		g.refuse(now, f, "where", "", err)
		return nil
	}
	if !takes {
		now.out++
		if _, at, err := g.plan.stateDay(theirs); err == nil && at.day != 0 {
			g.empty = append(g.empty, at.day) // a day that was mapped, whatever else is of it
		}
		return nil
	}
	now.kept++
	parts, err := piecesOf(ctx, f, now.name, g.report)
	if err != nil {
		return err
	}
	now.shapes.add(f, parts)
	if _, collected := f.Geometry.(orb.Collection); collected {
		g.tally.add("GeometryCollection|%s taken apart: the polygons of each are one zone", now.name, 1, "")
	}
	g.take(now, f, theirs, parts)
	return nil
}

// take makes a zone of a feature's polygons and, where that is asked for, control lines
// and places of its lines and points.
func (g *gathering) take(now *current, f geojson.Feature, theirs map[string]jsontext.Value, parts pieces) {
	if len(parts.points) > 0 && g.plan.Points == Refuse {
		g.refuse(now, f, "wrong-geometry", "", fmt.Errorf("%s; --points leave-out passes over points, --points places takes them as places", Amount(len(parts.points), "point")))
	}
	if len(parts.lines) > 0 && g.plan.Lines == Refuse {
		g.refuse(now, f, "wrong-geometry", "", fmt.Errorf("%s; --lines leave-out passes over lines, --lines control-lines takes them as control lines", Amount(len(parts.lines), "line")))
	}
	if len(parts.polygons) > 0 {
		if one, ok := g.filled(now, f, theirs, ofZones); ok {
			one.zone.Shape = parts.polygons
			g.keep(one)
		}
	}
	if len(parts.lines) > 0 && g.plan.Lines == ControlLines {
		if one, ok := g.filled(now, f, theirs, ofLines); ok {
			for _, one.line = range parts.lines {
				g.keep(one)
			}
		}
	}
	if len(parts.points) > 0 && g.plan.Points == Places {
		if one, ok := g.filled(now, f, theirs, ofPlaces); ok {
			for _, point := range parts.points {
				g.places.add(one, point)
			}
		}
	}
}

func (g *gathering) keep(one drawn) {
	if g.plan.Date == "" {
		g.records = append(g.records, one)
	} else {
		g.states = append(g.states, one)
	}
}

// tell reports what was found in all files, and notes what was left out or chosen.
func (g *gathering) tell() (notes []string) {
	g.lack.tell(g.report)
	notes = append(g.tally.notes(), g.plan.values.tell(g.lack.theirs, g.report)...)
	g.tellWhere()
	for _, kind := range []string{"party", "basis"} {
		notes = append(notes, Alike(kind, g.written[kind])...)
	}
	return notes
}

// imported is what all files hold together.
func (g *gathering) imported() *Imported {
	days, notes := statesOf(g.states, g.empty), g.tell()
	out := &Imported{States: days, Notes: notes, Counts: g.counted(), Titles: g.titles(), Places: g.places.all, Origins: Origins{}}
	for _, one := range append(lifetimes(nil, g.states, days.Days), numbered(g.records)...) {
		out.Origins[one.zone.ID] = one.from
		if one.line != nil {
			out.Lines = append(out.Lines, one.controlLine())
		} else {
			out.Zones = append(out.Zones, one.zone)
		}
	}
	return out
}

// tellWhere refuses a condition on a property that no feature has, and one that takes nothing.
func (g *gathering) tellWhere() {
	if g.plan.where == nil {
		return
	}
	if name := g.plan.where.unknown(g.lack.theirs); name != "" && len(g.report.Faults) == 0 {
		g.report.Refuse(data.Fault{File: "--where", Rule: "mapping", Place: name,
			Detail: fmt.Sprintf("no feature has the property %q; theirs are %s", name, list(g.lack.theirs))})
		return
	}
	if g.out > 0 && g.lack.features == 0 && len(g.states)+len(g.records)+len(g.places.all) == 0 && len(g.report.Faults) == 0 {
		g.report.Refuse(data.Fault{File: "--where", Rule: "empty", Place: g.plan.Where,
			Detail: fmt.Sprintf("none of %s is taken", Amount(g.out, "feature"))})
	}
}

// numbered gives ids to records that have none.
func numbered(records []drawn) []drawn {
	for i := range records {
		zone := &records[i].zone
		if zone.ID != "" {
			continue
		}
		zone.ID = fmt.Sprintf("%s-%d", zone.Basis, i+1)
		if records[i].line != nil {
			zone.ID = fmt.Sprintf("%s-line-%d", zone.Basis, i+1)
		}
	}
	return records
}

// noFeature is the fault of a file that holds a collection of nothing.
func noFeature(file string) data.Fault {
	return data.Fault{File: file, Rule: "empty", Detail: "the text holds no feature"}
}
