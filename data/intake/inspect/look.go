package inspect

import (
	"context"
	"errors"
	"slices"

	"github.com/demarc-map/demarc/data/intake"
	"github.com/demarc-map/demarc/data/intake/foreign"
	"github.com/demarc-map/demarc/geojson"

	"github.com/paulmach/orb"
)

// Look reads a file once and tells what is in it. What ends the reading before
// anything is read is the error, a geojson.Fault where it is about the file; what
// ends it later is among the faults.
//
// Of a file with several layers of which none is asked for, the first with polygons is
// looked at; of a table that does not say how its texts are written, the likeliest
// encoding is taken. Both are said, and are flags of the suggestion.
func Look(ctx context.Context, file foreign.File, options Options) (*Inspection, error) {
	found, err := once(ctx, file, options)
	var unchosen foreign.Unchosen
	var bad geojson.Fault
	switch {
	case errors.As(err, &unchosen):
		return eachLayer(ctx, file, options, unchosen)
	case errors.As(err, &bad) && bad.Rule == "encoding" && options.Encoding == "":
		return likeliest(ctx, file, options, bad)
	}
	return found, err
}

// once looks at a file as it is asked to be read.
func once(ctx context.Context, file foreign.File, options Options) (*Inspection, error) {
	source, err := foreign.Open(ctx, file, options.Options)
	if err != nil {
		return nil, err
	}
	defer source.Close()
	l := &look{source: source, bound: orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}, geometries: map[string]int{}, properties: newProperties()}
	err = geojson.Read(ctx, source.Text(), file.Name, geojson.Options{Clean: true, Vertices: options.Vertices, MaxSteps: options.MaxSteps}, &l.report, l.feature)
	var bad geojson.Fault
	if errors.As(err, &bad) {
		l.report.Refuse(bad)
	} else if err != nil {
		return nil, err
	}
	l.settle()
	if l.features == 0 && l.ended.Rule != "" && l.ended.Rule != "empty" {
		return nil, l.ended
	}
	return l.inspection(file.Name, source), nil
}

// look is a look under way.
type look struct {
	source          *foreign.Source
	explained       bool           // a fault of numbers that are no degrees was
	report          geojson.Report // since it was last settled
	repairs, faults kinds
	ended           geojson.Fault // of the text as a whole
	features        int
	withoutGeometry int
	refused         int
	geometries      map[string]int
	polygonal       int
	parts           int
	lines, points   int // features that have some, whatever else is in them
	bound           orb.Bound
	outlines        []outline
	properties      *properties
}

// outline is a polygonal feature that reached around all before it.
type outline struct {
	label string
	bound orb.Bound
}

// feature takes one feature in.
func (l *look) feature(f geojson.Feature) error {
	l.settle()
	l.features++
	l.geometries[f.Geometry.GeoJSONType()]++
	bound := f.Geometry.Bound()
	polygons, lines, points := intake.Parts(f.Geometry)
	l.lines += min(lines, 1)
	l.points += min(points, 1)
	if polygons > 0 {
		l.polygonal++
		l.parts += polygons
		if union := l.around(bound); union == bound {
			l.outlines = append(slices.DeleteFunc(l.outlines, func(o outline) bool { return o.bound != bound }), outline{f.Label(), bound})
			l.outlines = l.outlines[max(0, len(l.outlines)-mostExamples):]
		}
	}
	l.bound = l.around(bound)
	return l.properties.add(f.Properties, polygons > 0)
}

// around is the bound of all shapes before and one more.
func (l *look) around(b orb.Bound) orb.Bound {
	if l.bound.IsEmpty() {
		return b
	}
	return l.bound.Union(b)
}

// settle counts what was reported since, so that it is not kept.
func (l *look) settle() {
	for _, r := range l.report.Repairs {
		l.repairs.add(geojson.Fault(r))
	}
	for i := range l.report.Faults {
		if !l.explained && l.report.Faults[i].Rule == "range" {
			l.source.Explain(l.report.Faults[i : i+1])
			l.explained = true
		}
		f := l.report.Faults[i]
		switch {
		case f.Feature == "":
			l.ended = f
		case f.Rule == "missing-geometry":
			l.features++
			l.withoutGeometry++
			continue
		default:
			l.features++
			l.refused++
		}
		l.faults.add(f)
	}
	l.report.Repairs, l.report.Faults = l.report.Repairs[:0], l.report.Faults[:0]
}

func (l *look) inspection(name string, source *foreign.Source) *Inspection {
	i := &Inspection{
		File: name, Format: source.Format, Wrapped: orNone(source.Wrapped), Notes: orNone(source.Notes), Layers: []Layer{},
		CoordinateSystem: "WGS 84, longitude before latitude", Features: l.features, Geometries: counted(l.geometries),
		WithoutGeometry: l.withoutGeometry, Refused: l.refused, Repairs: l.repairs.all(), Faults: l.faults.all(),
		Properties: l.properties.all(l.features - l.withoutGeometry - l.refused), MoreProperties: l.properties.more, Outlines: []string{},
		polygonal: l.polygonal, parts: l.parts, lines: l.lines, points: l.points,
	}
	for _, layer := range source.Layers {
		i.Layers = append(i.Layers, Layer{Name: layer.Name, Features: layer.Features, Read: layer.Read})
	}
	if !l.bound.IsEmpty() {
		i.BBox = []float64{l.bound.Min[0], l.bound.Min[1], l.bound.Max[0], l.bound.Max[1]}
	}
	if l.polygonal > 1 {
		for _, o := range l.outlines {
			if o.bound == l.bound {
				i.Outlines = append(i.Outlines, o.label)
			}
		}
	}
	i.otherShapes = i.shaped() - i.polygonal
	i.DayInName = dayInName(name)
	if i.polygonal > 0 {
		i.Suggestion = suggest(i)
	} else {
		i.Notes = append(i.Notes, advice(i)...)
	}
	return i
}

func orNone(all []string) []string {
	if all == nil {
		return []string{}
	}
	return all
}
