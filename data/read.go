package data

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"

	"github.com/demarc-map/demarc/geojson"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// ErrRefused means that a dataset has faults; the Report says which.
var ErrRefused = errors.New("dataset refused")

// ReadOptions change how a dataset is read. The zero value works.
type ReadOptions struct {
	// Workers is how many goroutines take part: one for each processor when 0.
	// One reads in the background of a server without making its requests slow:
	// the Go scheduler looks at the network only when a processor has nothing
	// else to do, or every ten milliseconds.
	Workers int
	// Keeper keeps what was read and checked for those who read the same bytes later;
	// nil keeps nothing. It changes no answer.
	Keeper Keeper
}

func (o ReadOptions) workers() int { return cmp.Or(o.Workers, runtime.GOMAXPROCS(0)) }

// Read reads and checks a dataset as [ReadOptions.Read] does, on all processors.
func Read(ctx context.Context, folder fs.FS) (*Snapshot, *Report, error) {
	return ReadOptions{}.Read(ctx, folder)
}

// Read reads and checks the dataset in a folder. It returns a Snapshot when
// everything is right or could be repaired without loss, and otherwise
// ErrRefused joined with every fault found. The report is never nil.
// The context ends the reading and the geometry work; its cause is returned then.
func (o ReadOptions) Read(ctx context.Context, folder fs.FS) (*Snapshot, *Report, error) {
	return o.kept(ctx, folder, func(folder fs.FS) (*Snapshot, *Report, error) { return o.read(ctx, folder, false) })
}

// read is Read; of a stored snapshot it asks only what every version of the
// program asked, so that a snapshot stays readable when a rule is added.
func (o ReadOptions) read(ctx context.Context, folder fs.FS, stored bool) (*Snapshot, *Report, error) {
	r := &datasetReader{folder: folder, stored: stored, workers: o.workers(), rings: newInterner(),
		report: &Report{Report: geojson.Report{Faults: []Fault{}, Repairs: []Repair{}}}}
	s := &Snapshot{}
	if err := r.read(ctx, s); err != nil {
		return nil, r.report, err
	}
	s.fillDefaults()
	r.check(s)
	if len(r.report.Faults) == 0 {
		if err := (&builder{s, r.workers, r.report}).build(ctx); err != nil {
			return nil, r.report, err
		}
	}
	r.report.Dataset = s.Dataset.ID
	if err := r.report.Err(); err != nil {
		return nil, r.report, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	r.report.OK, r.report.Snapshot, r.report.Quality = true, s.Name(), &s.Quality
	s.Repairs = r.report.Repairs
	return s, r.report, nil
}

type datasetReader struct {
	folder  fs.FS
	stored  bool
	workers int
	report  *Report
	rings   interner
}

// read fills the snapshot from the files; what is wrong in them is in the report.
func (r *datasetReader) read(ctx context.Context, s *Snapshot) error {
	if err := r.document(datasetFile, true, &s.Dataset); err != nil {
		return err
	}
	if err := r.document(claimsFile, false, &s.Claims); err != nil {
		return err
	}
	if err := r.collection(ctx, territoriesFile, true, func(f geojson.Feature, p *properties) func() {
		t := Territory{ID: f.ID, Name: p.names(), Parent: p.text("parent"), Source: p.needed("source"),
			PublishedAreaKm2: p.number("published_area_km2", 0, 0, 5.2e8)}
		t.Shape = polygons(f, p)
		t.Extra = p.extra()
		return func() {
			r.rings.share(t.Shape)
			s.Territories = append(s.Territories, t)
		}
	}); err != nil {
		return err
	}
	if err := r.collection(ctx, zonesFile, false, func(f geojson.Feature, p *properties) func() {
		z := Zone{ID: f.ID, Name: p.names(), Party: p.needed("party"), Basis: p.needed("basis"), Status: p.status(),
			Valid: p.valid(), Source: p.needed("source"), AccuracyM: p.accuracy(), MappedOn: p.date("mapped_on")}
		z.Shape = polygons(f, p)
		z.Extra = p.extra()
		return func() {
			r.rings.share(z.Shape)
			s.Zones = append(s.Zones, z)
		}
	}); err != nil {
		return err
	}
	if err := r.collection(ctx, linesFile, false, func(f geojson.Feature, p *properties) func() {
		l := ControlLine{ID: f.ID, Name: p.names(), Kind: p.needed("kind"), Party: p.needed("party"), Basis: p.text("basis"),
			Status: p.status(), Valid: p.valid(), Source: p.needed("source"), AccuracyM: p.accuracy(), MappedOn: p.date("mapped_on"),
			HeldSide: Side(p.text("held_side")), Territory: p.text("territory"), ExtendM: p.number("extend_m", 0, 0, 1e5)}
		line, ok := f.Geometry.(orb.LineString)
		if !ok {
			wrongGeometry(f, p, "a LineString")
		}
		l.Shape = line
		l.Extra = p.extra()
		return func() { s.Lines = append(s.Lines, l) }
	}); err != nil {
		return err
	}
	if err := r.collection(ctx, placesFile, false, func(f geojson.Feature, p *properties) func() {
		place := Place{ID: f.ID, Name: p.names(), Kind: p.needed("kind"), Source: p.needed("source")}
		point, ok := f.Geometry.(orb.Point)
		if !ok {
			wrongGeometry(f, p, "a Point")
		}
		place.Point = point
		place.Extra = p.extra()
		return func() { s.Places = append(s.Places, place) }
	}); err != nil {
		return err
	}
	return r.collection(ctx, thingsFile, false, func(f geojson.Feature, p *properties) func() {
		t := thing(f, p)
		return func() { s.Things = append(s.Things, t) }
	})
}

// document reads a JSON file into v; unknown and repeated members are faults.
func (r *datasetReader) document(name string, required bool, v any) error {
	text, err := fs.ReadFile(r.folder, name)
	if absent, err := r.absent(name, required, err); absent || err != nil {
		return err
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // which a reader may ignore: RFC 8259, section 8.1
	if err := json.Unmarshal(text, v, json.RejectUnknownMembers(true)); err != nil {
		fault := Fault{File: name, Rule: "json", Detail: err.Error()}
		var semantic *json.SemanticError
		var syntactic *jsontext.SyntacticError
		switch {
		case errors.As(err, &semantic):
			fault.Rule, fault.Place = "schema", fmt.Sprintf("%s, byte %d", semantic.JSONPointer, semantic.ByteOffset)
			if semantic.Err != nil {
				fault.Detail = semantic.Err.Error()
			}
		case errors.As(err, &syntactic):
			fault.Place, fault.Detail = fmt.Sprintf("%s, byte %d", syntactic.JSONPointer, syntactic.ByteOffset), syntactic.Err.Error()
		}
		r.report.Refuse(fault)
		return nil
	}
	if !r.stored {
		plainTexts(text, "", func(rule, place, detail string) {
			r.report.Refuse(Fault{File: name, Rule: rule, Place: place, Detail: detail})
		})
	}
	return nil
}

// collection reads a GeoJSON file, feature by feature. What each makes of a
// feature, in any goroutine, is kept in the order of the features.
func (r *datasetReader) collection(ctx context.Context, name string, required bool, each func(geojson.Feature, *properties) (keep func())) error {
	file, err := r.folder.Open(name)
	if absent, err := r.absent(name, required, err); absent || err != nil {
		return err
	}
	defer file.Close()
	return geojson.ReadEach(ctx, file, name, geojson.Options{Workers: r.workers, Stored: r.stored}, &r.report.Report, func(f geojson.Feature, report *geojson.Report) func() error {
		fault := func(rule, place, detail string) {
			report.Refuse(Fault{File: name, Feature: f.Label(), Rule: rule, Place: place, Detail: detail})
		}
		if !r.stored {
			plainTexts(f.Properties, "properties", fault)
		}
		p := newProperties(f.Properties, fault)
		if id := p.text("id"); f.ID == "" { // GIS tools keep the id among the properties
			f.ID = id
		} else if id != "" && id != f.ID {
			p.fault("id", "id", fmt.Sprintf("the feature's id is %q, its property id is %q", f.ID, id))
		}
		if !ValidID(f.ID) {
			p.fault("id", "id", "an id is made of lower-case letters, digits and hyphens between them")
		}
		keep := each(f, p)
		return func() error {
			keep()
			return nil
		}
	})
}

// absent sorts out a file that cannot be opened: an optional one may be missing.
func (r *datasetReader) absent(name string, required bool, err error) (bool, error) {
	switch {
	case err == nil:
		return false, nil
	case !errors.Is(err, fs.ErrNotExist):
		return true, err
	case required:
		r.report.Refuse(Fault{File: name, Rule: "missing-file", Detail: "a dataset folder holds this file"})
	}
	return true, nil
}

// polygons returns a feature's polygons and faults any other geometry.
func polygons(f geojson.Feature, p *properties) orb.MultiPolygon {
	var out orb.MultiPolygon
	switch g := f.Geometry.(type) {
	case orb.Polygon:
		out = orb.MultiPolygon{g}
	case orb.MultiPolygon:
		out = g
	default:
		wrongGeometry(f, p, "a Polygon or MultiPolygon")
	}
	if place, detail, uncut := geojson.Uncut(out, false); uncut {
		p.fault("long-edge", place, detail)
		return nil
	}
	return out
}

func wrongGeometry(f geojson.Feature, p *properties, want string) {
	p.fault("wrong-geometry", "geometry", fmt.Sprintf("%s is wanted, not a %s", want, f.Geometry.GeoJSONType()))
}
