package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake"
	"github.com/demarc-map/demarc/geojson"
)

// plan joins the mapping file and the flags, which go before it, to what every
// zone has.
func (o *importOptions) plan() (intake.Plan, error) {
	plan := intake.Plan{Otherwise: map[string]string{"party": o.party, "basis": o.basis, "status": o.status, "accuracy_m": fmt.Sprint(o.accuracyM.value), "source": "import"}}
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
	names, err := o.names()
	if err != nil {
		return nil, err
	}
	party, basis := names.Parties.ID(o.party), names.Bases.ID(o.basis) // who asks first gets the plain id
	imported, err := intake.Zones(ctx, files, plan, names, report, done)
	if err != nil {
		return nil, err
	}
	zones := imported.Zones
	o.states = imported.States
	or := func(text, fallback string) data.Text { return data.Text{o.lang: cmp.Or(text, fallback)} }
	title := or(o.title, o.id)
	territoryName := or(o.territoryName, title[o.lang])
	territory := cmp.Or(intake.Slug(territoryName[o.lang]), "territory")
	dataset := data.Dataset{Schema: data.Schema, ID: o.id, Title: title, Attribution: or(o.attribution, o.publisher+", "+o.licence),
		Disclaimer: or(o.disclaimer, ""), Territory: territory, Party: party, Basis: basis,
		Sources: []data.Source{{ID: "import", Title: o.sourceTitle, Publisher: o.publisher, Licence: o.licence, URL: o.link}}}
	for _, named := range byID(names.Parties) {
		dataset.Parties = append(dataset.Parties, data.Party{ID: named.ID, Name: data.Text{o.lang: named.Name}})
	}
	for _, named := range byID(names.Bases) {
		dataset.Bases = append(dataset.Bases, data.Basis{ID: named.ID, Name: data.Text{o.lang: named.Name}, Meaning: or(o.meaning, "Polygons as published: "+o.sourceTitle), Mapped: o.states.Mapped(o.gapDays)})
	}
	return &data.Contents{Dataset: dataset, Zones: zones,
		Territories: []data.Territory{{ID: territory, Name: territoryName, Source: "import", Shape: outline}}}, nil
}

// names gives ids to parties and readings, those asked for with --id-of among them.
func (o *importOptions) names() (intake.Called, error) {
	asked, err := intake.ParsePairs(o.idsOf)
	if err != nil {
		return intake.Called{}, fmt.Errorf("--id-of: %w", err)
	}
	names, err := intake.NewCalled(asked)
	if err != nil {
		return names, fmt.Errorf("--id-of: %w", err)
	}
	return names, nil
}

// byID lists names in the order of their ids.
func byID(names *intake.Names) []intake.Named {
	return slices.SortedFunc(slices.Values(names.All()), func(a, b intake.Named) int { return cmp.Compare(a.ID, b.ID) })
}

// foreignFile is a file on disk with those of the same name beside it.
func foreignFile(name string) intake.File {
	return intake.File{Name: name, Path: name,
		Open: func() (io.ReadCloser, error) { return os.Open(name) },
		Beside: func(extension string) (io.ReadCloser, error) {
			stem := strings.TrimSuffix(name, filepath.Ext(name))
			file, err := os.Open(stem + "." + extension)
			if errors.Is(err, fs.ErrNotExist) {
				file, err = os.Open(stem + "." + strings.ToUpper(extension))
			}
			return file, err
		}}
}
