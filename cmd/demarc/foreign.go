package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake"
	"github.com/demarc-map/demarc/geojson"
)

// plan joins the mapping file and the flags, which go before it, to what every
// zone has.
func (o *importOptions) plan() (intake.Plan, error) {
	set := map[string]string{"party": o.party, "basis": o.basis, "status": o.status, "accuracy_m": fmt.Sprint(o.accuracyM), "source": "import"}
	plan := intake.Plan{Set: set}
	if o.mapping != "" {
		file, err := os.Open(o.mapping)
		if err != nil {
			return plan, err
		}
		defer file.Close()
		written, err := intake.ReadPlan(file)
		if err != nil {
			return plan, fmt.Errorf("%s: %w", o.mapping, err)
		}
		if plan, err = plan.Merge(written); err != nil {
			return plan, err
		}
	}
	given := intake.Plan{Date: o.date}
	var err error
	if given.Map, err = intake.ParsePairs(o.maps); err != nil {
		return plan, fmt.Errorf("--map: %w", err)
	}
	if given.Set, err = intake.ParsePairs(o.sets); err != nil {
		return plan, fmt.Errorf("--set: %w", err)
	}
	return plan.Merge(given)
}

// contents reads the files into a dataset.
func (o *importOptions) contents(ctx context.Context, args []string, plan intake.Plan, report *geojson.Report, done func()) (*data.Contents, error) {
	outline, err := intake.Polygons(ctx, foreignFile(o.territory), report)
	if err != nil {
		return nil, err
	}
	done()
	var files []intake.File
	for _, name := range args {
		files = append(files, foreignFile(name))
	}
	imported, err := intake.Zones(ctx, files, plan, report, done)
	if err != nil {
		return nil, err
	}
	zones := imported.Zones
	o.states = imported.States
	or := func(text, fallback string) data.Text {
		if text == "" {
			text = fallback
		}
		return data.Text{"en": text}
	}
	title := or(o.title, o.id)
	territory := intake.Slug(or(o.territoryName, title["en"])["en"])
	dataset := data.Dataset{Schema: data.Schema, ID: o.id, Title: title, Attribution: or(o.attribution, o.publisher+", "+o.licence),
		Disclaimer: or(o.disclaimer, ""), Territory: territory, Party: intake.Slug(o.party), Basis: intake.Slug(o.basis),
		Sources: []data.Source{{ID: "import", Title: o.sourceTitle, Publisher: o.publisher, Licence: o.licence, URL: o.link}}}
	names := map[string]string{intake.Slug(o.party): o.party, intake.Slug(o.basis): o.basis}
	name := func(id string) string {
		if words := names[id]; words != "" {
			return words
		}
		return id
	}
	parties, bases := map[string]bool{dataset.Party: true}, map[string]bool{dataset.Basis: true}
	for _, z := range zones {
		parties[z.Party], bases[z.Basis] = true, true
	}
	for _, id := range slices.Sorted(maps.Keys(parties)) {
		dataset.Parties = append(dataset.Parties, data.Party{ID: id, Name: data.Text{"en": name(id)}})
	}
	for _, id := range slices.Sorted(maps.Keys(bases)) {
		dataset.Bases = append(dataset.Bases, data.Basis{ID: id, Name: data.Text{"en": name(id)}, Meaning: or(o.meaning, "Polygons as published: "+o.sourceTitle), Mapped: o.states.Mapped(o.gapDays)})
	}
	return &data.Contents{Dataset: dataset, Zones: zones,
		Territories: []data.Territory{{ID: territory, Name: or(o.territoryName, title["en"]), Source: "import", Shape: outline}}}, nil
}

func foreignFile(name string) intake.File {
	return intake.File{Name: name, Open: func() (io.ReadCloser, error) { return os.Open(name) }}
}
