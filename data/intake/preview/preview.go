package preview

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake"
	"github.com/demarc-map/demarc/data/intake/foreign"
	"github.com/demarc-map/demarc/data/intake/inspect"
	"github.com/demarc-map/demarc/geojson"
)

// Words that everything about a preview carries.
const (
	reading = "Preview, not checked"
	meaning = "Polygons as they stand in the file. Nobody checked what they mean."
	nobody  = "nobody named" // who holds what no property says the holder of
)

// Of reads a file into a dataset to be looked at. A file without a day is taken to
// hold today. Layer is the one to read of a file with several, "" of any other. What has a
// fault is left out, and the disclaimer says how much that is.
func Of(ctx context.Context, file intake.File, layer string, today data.Date) (*data.Contents, error) {
	found, err := inspect.Look(ctx, file, inspect.Options{Options: foreign.Options{Layer: layer}})
	if err != nil {
		return nil, err
	}
	if found.Suggestion == nil || len(found.BBox) != 4 {
		return nil, geojson.Fault{File: file.Name, Rule: "wrong-geometry", Detail: "there is no polygon to show; 'demarc import " + file.Name + "' says what is in it"}
	}
	names, err := intake.NewCalled(nil)
	if err != nil {
		return nil, err
	}
	basis := names.Bases.ID(reading)
	plan := planOf(found, today)
	plan.Layer = cmp.Or(layer, plan.Layer)
	first := names.Parties.ID(mostOf(found)) // who asks first gets the plain id
	report := &geojson.Report{}
	imported, err := intake.Zones(ctx, []intake.File{file}, plan, names, report, func() {})
	if err != nil {
		return nil, err
	}
	if len(imported.Zones) == 0 {
		return nil, geojson.Fault{File: file.Name, Rule: "empty", Detail: "no polygon of it can be shown; 'demarc import " + file.Name + "' says why"}
	}
	base := file.Name[strings.LastIndexAny(file.Name, `/\`)+1:]
	said := func(text string) data.Text { return data.Text{"en": data.WithoutControls(text)} }
	left := ""
	if n := leftOut(found, report); n > 0 {
		left = fmt.Sprintf(" %d of its %d features are not shown.", n, found.Features)
	}
	dataset := data.Dataset{
		Schema: data.Schema, ID: "preview-" + cmp.Or(intake.Slug(strings.TrimSuffix(base, ".geojson")), "file"),
		Title:       said("Preview of " + base + " (percentages mean nothing)"),
		Attribution: said("Preview of " + base + ": nothing was checked, and no source is named"),
		Disclaimer: said("This is a preview of the file " + base + ". Nothing in it was checked, whose it is and how exact is not known, " +
			"and every percentage is of a frame around its shapes, of no territory: percentages mean nothing." + left),
		Territory: "frame", Party: first, Basis: basis,
		Bases:   []data.Basis{{ID: basis, Name: said(reading), Meaning: said(meaning), Counts: data.Statuses()}},
		Sources: []data.Source{{ID: "import", Title: base, Publisher: "not named (preview)", Licence: "not named"}},
	}
	for _, party := range names.Parties.All() {
		dataset.Parties = append(dataset.Parties, data.Party{ID: party.ID, Name: plainly(party.Text("en", imported.Parties[party.ID]))})
	}
	return &data.Contents{Dataset: dataset, Zones: imported.Zones,
		Territories: []data.Territory{{ID: "frame", Name: said("Preview of " + base + ": the frame around its shapes, no territory (percentages mean nothing)"), Source: "import", Shape: frame(found.BBox)}}}, nil
}

// plainly is a text without control characters.
func plainly(text data.Text) data.Text {
	for lang, words := range text {
		text[lang] = data.WithoutControls(words)
	}
	return text
}

// mostOf is the party that the first look found most zones of.
func mostOf(found *inspect.Inspection) string {
	if found.Suggestion.Most != "" {
		return found.Suggestion.Most
	}
	return nobody
}

// leftOut is how many features are no polygons or have a fault.
func leftOut(found *inspect.Inspection, report *geojson.Report) int {
	n := found.WithoutGeometry
	for _, kind := range found.Geometries {
		if !strings.HasSuffix(kind.Name, "Polygon") && kind.Name != "GeometryCollection" {
			n += kind.Count
		}
	}
	features := map[string]bool{}
	for _, f := range report.Faults {
		if f.Feature != "" {
			features[f.Feature] = true
		}
	}
	return n + len(features)
}
