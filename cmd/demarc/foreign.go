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
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake"
	"github.com/demarc-map/demarc/data/intake/foreign"
	"github.com/demarc-map/demarc/geojson"
)

// plan says how the files are read, by the flags.
func (o *importOptions) plan() (intake.Plan, error) {
	plan := intake.Plan{
		Otherwise: map[string]string{"party": o.party, "basis": o.basis, "status": o.status, "accuracy_m": fmt.Sprint(o.accuracyM.value), "source": "import"},
		Where:     o.where, Values: o.values, Date: o.date, DateFormat: o.dateFormat, Points: o.points, Lines: o.lines, Layer: o.layer, Truncated: o.truncated, Encoding: o.encoding,
	}
	if !o.allowFuture {
		plan.Today = data.DateOf(time.Now())
	}
	var err error
	for _, pairs := range []struct {
		flag  string
		given []string
		into  *map[string]string
	}{{"map", o.maps, &plan.Map}, {"set", o.sets, &plan.Set}, {"from-name", o.fromName, &plan.FromName}} {
		if *pairs.into, err = intake.ParsePairs(pairs.given); err != nil {
			return plan, fmt.Errorf("--%s: %w", pairs.flag, err)
		}
	}
	return plan, plan.Check()
}

// contents reads the files into a dataset.
func (o *importOptions) contents(ctx context.Context, args []string, plan intake.Plan, report *geojson.Report, done func()) (*data.Contents, error) {
	outline, notes, err := intake.Polygons(ctx, o.foreign(o.territory), intake.OutlinePlan{Where: o.territoryWhere, Layer: o.territoryLayer}, report)
	if err != nil {
		return nil, err
	}
	o.notes = notes
	done()
	var files []intake.File
	for _, name := range args {
		files = append(files, o.foreign(name))
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
	o.ofDefaultBasis(basis, names, imported, report)
	o.states, o.called, o.origins = imported.States, names, imported.Origins
	o.notes = append(o.notes, imported.Notes...)
	or := func(text, fallback string) data.Text { return data.Text{o.lang: cmp.Or(text, fallback)} }
	title := or(o.title, o.id)
	territoryName := or(o.territoryName, title[o.lang])
	territory := cmp.Or(intake.Slug(territoryName[o.lang]), "territory")
	dataset := data.Dataset{Schema: data.Schema, ID: o.id, Title: title, Attribution: or(o.attribution, o.publisher+", "+o.licence),
		Disclaimer: or(o.disclaimer, ""), Territory: territory, Party: party, Basis: basis,
		Sources: []data.Source{{ID: "import", Title: o.sourceTitle, Publisher: o.publisher, Licence: o.licence, URL: o.link}}}
	for _, named := range byID(names.Parties) {
		dataset.Parties = append(dataset.Parties, o.partyOf(named, imported.Parties[named.ID]))
	}
	for _, named := range byID(names.Bases) {
		basis := o.basisOf(named, imported.Bases[named.ID], o.states)
		basis.Counts = imported.Counts[named.ID]
		dataset.Bases = append(dataset.Bases, basis)
	}
	territories := []data.Territory{{ID: territory, Name: territoryName, Source: "import", Shape: outline}}
	if o.districts != "" {
		districts, notes, err := intake.Districts(ctx, o.foreign(o.districts),
			intake.OutlinePlan{Where: o.districtsWhere, Layer: o.districtsLayer, NameFrom: o.districtName, IDFrom: o.districtID}, territory, o.lang, report)
		if err != nil {
			return nil, err
		}
		territories = append(territories, districts...)
		o.notes = append(o.notes, notes...)
	}
	return &data.Contents{Dataset: dataset, Zones: imported.Zones, Lines: imported.Lines, Places: imported.Places, Territories: territories}, nil
}

// ofDefaultBasis refuses a default reading of which no zone is, so that every question
// that names none would have no answer.
func (o *importOptions) ofDefaultBasis(basis string, names intake.Called, imported *intake.Imported, report *geojson.Report) {
	ofIt := func(z data.Zone) bool { return z.Basis == basis }
	if len(imported.Zones) == 0 || slices.ContainsFunc(imported.Zones, ofIt) {
		return
	}
	var others []string
	for _, named := range byID(names.Bases) {
		if named.ID != basis {
			others = append(others, fmt.Sprintf("%q", named.Name))
		}
	}
	report.Refuse(data.Fault{File: "--basis", Rule: "holds-nothing", Place: o.basis,
		Detail: fmt.Sprintf("no zone is of this reading, which figures are given under where nobody says which; --basis names one of %s", strings.Join(others, ", "))})
}

// partyOf is the party of a name, with the title that an export of demarc gives it.
func (o *importOptions) partyOf(named intake.Named, title data.Text) data.Party {
	return data.Party{ID: named.ID, Name: named.Text(o.lang, title)}
}

// basisOf is the reading of a name, of which there are states, likewise.
func (o *importOptions) basisOf(named intake.Named, title data.Text, states intake.States) data.Basis {
	return data.Basis{ID: named.ID, Name: named.Text(o.lang, title), Meaning: data.Text{o.lang: cmp.Or(o.meaning, "Polygons as published: "+o.sourceTitle)},
		Mapped: states.Mapped(o.gapDays)}
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

// asRead says how a foreign file is read.
func (o *importOptions) asRead() foreign.Options {
	return foreign.Options{Layer: o.layer, Encoding: o.encoding, Truncated: o.truncated}
}

// foreign is a file on disk, for GDAL to read where that is asked for.
func (o *importOptions) foreign(name string) intake.File {
	file := foreignFile(name)
	if o.withGDAL {
		file.Run = runGDAL
	}
	return file
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
