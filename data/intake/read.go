package intake

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/demarc-map/demarc/data/intake/foreign"
	"github.com/demarc-map/demarc/geojson"
)

// File is one foreign file.
type File = foreign.File

// read hands on the features of a file, and whether they are those of an export of
// demarc. What was chosen in reading it is noted. Workers is how many goroutines read,
// one for each processor when 0.
func read(ctx context.Context, file File, options foreign.Options, workers int, report *geojson.Report, each func(f geojson.Feature, own bool)) error {
	source, err := foreign.Open(ctx, file, options)
	if err != nil {
		return refused(err, report)
	}
	defer source.Close()
	faults := len(report.Faults)
	err = geojson.Read(ctx, source.Text(), file.Name, geojson.Options{Clean: true, Bare: true, Workers: workers}, report, func(f geojson.Feature) error {
		each(f, source.Own)
		return nil
	})
	source.Explain(report.Faults[faults:])
	for _, note := range source.Notes {
		report.Notes = append(report.Notes, geojson.Note{File: file.Name, Text: note})
	}
	return refused(err, report)
}

// propertiesOf are the properties of a feature, whose names are added to those that are there.
func propertiesOf(f geojson.Feature, there map[string]bool) (map[string]jsontext.Value, error) {
	theirs := map[string]jsontext.Value{}
	if f.Properties != nil {
		if err := json.Unmarshal(f.Properties, &theirs); err != nil {
			return nil, err
		}
	}
	for name := range theirs {
		there[name] = true
	}
	return theirs, nil
}

// refused reports an error that is a fault of the file.
func refused(err error, report *geojson.Report) error {
	var bad geojson.Fault
	if errors.As(err, &bad) {
		report.Refuse(bad)
		return nil
	}
	return err
}
