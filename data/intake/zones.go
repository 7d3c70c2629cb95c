package intake

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake/foreign"
	"github.com/demarc-map/demarc/geojson"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// File is one foreign file.
type File = foreign.File

// Imported is what foreign files hold.
type Imported struct {
	Zones []data.Zone
	States
}

// Zones reads foreign files into zones by a plan. Parties and bases get ids from
// names, which learn them. Repairs and faults go to the
// report; done is called after each file. A file without features is the state
// of a day on which nobody held anything, where the plan takes days from names.
func Zones(ctx context.Context, files []File, plan Plan, names Called, report *geojson.Report, done func()) (*Imported, error) {
	states, records, days, err := collect(ctx, files, plan, names, report, done)
	if err != nil {
		return nil, err
	}
	zones := lifetimes(nil, states, days.Days)
	for i, r := range records {
		if r.zone.ID == "" {
			r.zone.ID = fmt.Sprintf("%s-%d", r.zone.Basis, i+1)
		}
		zones = append(zones, r.zone)
	}
	return &Imported{zones, days}, nil
}

// collect reads the features of foreign files: those of states and records, and of
// which days there are states.
func collect(ctx context.Context, files []File, plan Plan, names Called, report *geojson.Report, done func()) (states, records []drawn, days States, err error) {
	lack := newAbsences(plan)
	var empty []data.Date
	ahead := readAhead(ctx, files)
	defer ahead.stop()
	for i, file := range files {
		day, err := plan.dayOfName(file.Name)
		if err != nil {
			report.Faults = append(report.Faults, data.Fault{File: file.Name, Rule: "date", Place: "file name", Detail: err.Error()})
		}
		faults := len(report.Faults)
		err = ahead.read(i, report, func(f geojson.Feature, shape orb.MultiPolygon) {
			lack.features++
			one, err := plan.zone(f, day, names, lack, file.Name, func(rule, place, detail string) {
				report.Repaired(data.Repair{File: file.Name, Feature: label(f), Rule: rule, Place: place, Detail: detail})
			})
			if err != nil {
				report.Faults = append(report.Faults, data.Fault{File: file.Name, Feature: label(f), Rule: "mapping", Detail: err.Error()})
				return
			}
			if plan.Date == "" && one.zone.Valid.From == 0 {
				report.Refuse(data.Fault{File: file.Name, Feature: label(f), Rule: "missing-property", Place: "valid_from",
					Detail: "no first day on which this holds: give one for all with --set valid_from=YYYY-MM-DD, take it from a property of theirs with --map valid_from=THEIRS, or say with --date where the day of a whole map is"})
				return
			}
			one.zone.Shape = shape
			if plan.Date == "" {
				records = append(records, one)
			} else {
				states = append(states, one)
			}
		})
		if err != nil {
			return nil, nil, days, fmt.Errorf("%s: %w", file.Name, err)
		}
		if day != 0 && len(report.Faults) == faults+1 && report.Faults[faults] == noFeature(file.Name) {
			report.Faults, empty = report.Faults[:faults], append(empty, day)
		}
		done()
	}
	lack.tell(report)
	return states, records, statesOf(states, empty), nil
}

// noFeature is the fault of a file that holds a collection of nothing.
func noFeature(file string) data.Fault {
	return data.Fault{File: file, Rule: "empty", Detail: "the text holds no feature"}
}

// Polygons reads all polygons of a file, for a territory. Those of several
// features become what they cover together.
func Polygons(ctx context.Context, file File, report *geojson.Report) (orb.MultiPolygon, error) {
	var out orb.MultiPolygon
	features := 0
	err := read(ctx, file, 0, report, func(_ geojson.Feature, shape orb.MultiPolygon) {
		out = append(out, shape...)
		features++
	})
	if err != nil || features < 2 {
		return out, err
	}
	return geojson.Together(ctx, out, file.Name, geojson.Options{Clean: true}, report)
}

// read hands on the polygonal features of a file; others are faults. Workers is how
// many goroutines read, one for each processor when 0.
func read(ctx context.Context, file File, workers int, report *geojson.Report, each func(geojson.Feature, orb.MultiPolygon)) error {
	source, err := foreign.Open(ctx, file, foreign.Options{})
	if err != nil {
		return refused(err, report)
	}
	defer source.Close()
	err = geojson.Read(ctx, source.Text(), file.Name, geojson.Options{Clean: true, Workers: workers}, report, func(f geojson.Feature) error {
		switch g := f.Geometry.(type) {
		case orb.Polygon:
			each(f, orb.MultiPolygon{g})
		case orb.MultiPolygon:
			each(f, g)
		default:
			report.Faults = append(report.Faults, data.Fault{File: file.Name, Feature: label(f), Rule: "wrong-geometry",
				Detail: "polygons are imported, not a " + g.GeoJSONType()})
		}
		return nil
	})
	return refused(err, report)
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

func label(f geojson.Feature) string {
	if f.ID != "" {
		return f.ID
	}
	return fmt.Sprintf("#%d", f.Index)
}

// zone fills in our properties of a foreign feature, and notes what it repairs in them.
func (p Plan) zone(f geojson.Feature, day data.Date, names Called, lack *absences, file string, note func(rule, place, detail string)) (drawn, error) {
	theirs := map[string]jsontext.Value{}
	if f.Properties != nil {
		if err := json.Unmarshal(f.Properties, &theirs); err != nil {
			return drawn{}, err
		}
	}
	for name := range theirs {
		lack.theirs[name] = true
	}
	one := drawn{day: day}
	ours := map[string]string{}
	maps.Copy(ours, p.Otherwise)
	maps.Copy(ours, p.Set)
	for name, from := range p.Map {
		text, ok, err := plain(theirs[from])
		if err != nil {
			return one, fmt.Errorf("property %q: %w", from, err)
		}
		if ok = ok && strings.TrimSpace(text) != ""; !ok {
			if _, set := p.Set[name]; !set {
				delete(ours, name)
			}
			lack.add(name, file, label(f))
		} else {
			ours[name] = data.WithoutControls(text)
			if ours[name] != text {
				note("control-character", from, "invisible characters were taken out")
			}
		}
	}
	if p.Date != "" && p.Date != "name" {
		text, ok, err := plain(theirs[p.Date])
		if err != nil || !ok {
			return one, fmt.Errorf("property %q holds no day", p.Date)
		}
		if one.day, err = findDate(text); err != nil {
			return one, fmt.Errorf("property %q: %w", p.Date, err)
		}
	}
	return one, fill(&one.zone, ours, names)
}

// plain returns a scalar as text, false for null and for a property that is not there.
func plain(v jsontext.Value) (string, bool, error) {
	switch v.Kind() {
	case '"':
		text, err := jsontext.AppendUnquote(nil, v)
		return string(text), true, err
	case '0', 't', 'f':
		return string(v), true, nil
	case '{', '[':
		return "", false, fmt.Errorf("a text, number or boolean is wanted")
	default:
		return "", false, nil
	}
}

func fill(z *data.Zone, ours map[string]string, names Called) error {
	for name, value := range ours {
		var err error
		switch name {
		case "id":
			z.ID = Slug(value)
		case "party":
			z.Party = names.Parties.ID(value)
		case "basis":
			z.Basis = names.Bases.ID(value)
		case "status":
			z.Status = data.Status(value)
		case "source":
			z.Source = Slug(value)
		case "accuracy_m":
			z.AccuracyM, err = strconv.ParseFloat(value, 64)
		case "valid_from":
			z.Valid.From, err = findDate(value)
		case "valid_to":
			z.Valid.To, err = findDate(value)
		default:
			if lang, ok := strings.CutPrefix(name, "name_"); ok {
				if z.Name == nil {
					z.Name = data.Text{}
				}
				z.Name[lang] = value
			} else {
				if z.Extra == nil {
					z.Extra = map[string]any{}
				}
				z.Extra[name] = value
			}
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}
