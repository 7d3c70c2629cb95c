package store

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/gogeom"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geom"
	"github.com/twpayne/go-geom/encoding/ewkb"
)

// table is what a snapshot adds to one table: a query of its rows over columns
// that are handed over as arrays, in the order of the table's columns. The
// same query adds the rows and finds those that were changed.
type table struct {
	name, rows string
	count      int
	columns    []any
}

// args are those of the query.
func (t *table) args(s *data.Snapshot) []any { return append([]any{s.Name()}, t.columns...) }

// column collects one value of each feature.
func column[F, V any](all []F, value func(*F) V) []V {
	out := make([]V, len(all))
	for i := range all {
		out[i] = value(&all[i])
	}
	return out
}

// tables returns the rows of a snapshot.
func tables(s *data.Snapshot) ([]table, error) {
	w := &rowWriter{}
	bases := table{name: "demarc.bases", count: len(s.Dataset.Bases), rows: "SELECT $1::text, id, counts::text[], mapped::daterange[] FROM unnest($2::text[], $3::text[], $4::text[]) AS new (id, counts, mapped)", columns: []any{
		column(s.Dataset.Bases, func(b *data.Basis) string { return b.ID }), column(s.Dataset.Bases, counted),
		column(s.Dataset.Bases, func(b *data.Basis) string { return mapped(s.MappedEpochs(b.ID)) }),
	}}
	territories := table{name: "demarc.territories", count: len(s.Territories), rows: `SELECT $1::text, id, nullif(parent, ''), source, area_m2, properties::jsonb, ST_GeomFromEWKB(geom)
		FROM unnest($2::text[], $3::text[], $4::text[], $5::float8[], $6::text[], $7::bytea[]) AS new (id, parent, source, area_m2, properties, geom)`, columns: []any{
		column(s.Territories, func(t *data.Territory) string { return t.ID }), column(s.Territories, func(t *data.Territory) string { return t.Parent }),
		column(s.Territories, func(t *data.Territory) string { return t.Source }), column(s.Territories, func(t *data.Territory) float64 { return t.AreaM2 }),
		column(s.Territories, func(t *data.Territory) string { return w.json(t.Properties()) }), column(s.Territories, func(t *data.Territory) []byte { return w.geometry(t.Shape) }),
	}}
	zones := table{name: "demarc.zones", count: len(s.Zones), rows: `SELECT $1::text, id, party, basis, status, daterange(since::date, until::date), source, accuracy_m, nullif(line, ''), properties::jsonb, ST_GeomFromEWKB(geom), mapped_on::date
		FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::float8[], $10::text[], $11::text[], $12::bytea[], $13::text[])
			AS new (id, party, basis, status, since, until, source, accuracy_m, line, properties, geom, mapped_on)`, columns: []any{
		column(s.Zones, func(z *data.Zone) string { return z.ID }), column(s.Zones, func(z *data.Zone) string { return z.Party }),
		column(s.Zones, func(z *data.Zone) string { return z.Basis }), column(s.Zones, func(z *data.Zone) string { return string(z.Status) }),
		column(s.Zones, func(z *data.Zone) *string { return day(z.Valid.From) }), column(s.Zones, func(z *data.Zone) *string { return day(z.Valid.To) }),
		column(s.Zones, func(z *data.Zone) string { return z.Source }), column(s.Zones, func(z *data.Zone) float64 { return z.AccuracyM }),
		column(s.Zones, func(z *data.Zone) string { return z.Line }), column(s.Zones, func(z *data.Zone) string { return w.json(z.Properties()) }),
		column(s.Zones, func(z *data.Zone) []byte { return w.geometry(z.Shape) }), column(s.Zones, func(z *data.Zone) *string { return day(s.EvidenceDay(z)) }),
	}}
	lines := table{name: "demarc.control_lines", count: len(s.Lines), rows: `SELECT $1::text, id, party, nullif(basis, ''), status, daterange(since::date, until::date), source, accuracy_m, kind, properties::jsonb, ST_GeomFromEWKB(geom)
		FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::float8[], $10::text[], $11::text[], $12::bytea[])
			AS new (id, party, basis, status, since, until, source, accuracy_m, kind, properties, geom)`, columns: []any{
		column(s.Lines, func(l *data.ControlLine) string { return l.ID }), column(s.Lines, func(l *data.ControlLine) string { return l.Party }),
		column(s.Lines, func(l *data.ControlLine) string { return l.Basis }), column(s.Lines, func(l *data.ControlLine) string { return string(l.Status) }),
		column(s.Lines, func(l *data.ControlLine) *string { return day(l.Valid.From) }), column(s.Lines, func(l *data.ControlLine) *string { return day(l.Valid.To) }),
		column(s.Lines, func(l *data.ControlLine) string { return l.Source }), column(s.Lines, func(l *data.ControlLine) float64 { return l.AccuracyM }),
		column(s.Lines, func(l *data.ControlLine) string { return l.Kind }), column(s.Lines, func(l *data.ControlLine) string { return w.json(l.Properties()) }),
		column(s.Lines, func(l *data.ControlLine) []byte { return w.geometry(l.Shape) }),
	}}
	places := table{name: "demarc.places", count: len(s.Places), rows: `SELECT $1::text, id, kind, source, properties::jsonb, ST_GeomFromEWKB(geom)
		FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[]) AS new (id, kind, source, properties, geom)`, columns: []any{
		column(s.Places, func(p *data.Place) string { return p.ID }), column(s.Places, func(p *data.Place) string { return p.Kind }),
		column(s.Places, func(p *data.Place) string { return p.Source }), column(s.Places, func(p *data.Place) string { return w.json(p.Properties()) }),
		column(s.Places, func(p *data.Place) []byte { return w.geometry(p.Point) }),
	}}
	things := table{name: "demarc.things", count: len(s.Things), rows: `SELECT $1::text, id, layer, nullif(kind, ''), number, daterange(since::date, until::date), source, mapped_on::date, properties::jsonb, ST_GeomFromEWKB(geom)
		FROM unnest($2::text[], $3::text[], $4::text[], $5::float8[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::bytea[])
			AS new (id, layer, kind, number, since, until, source, mapped_on, properties, geom)`, columns: []any{
		column(s.Things, func(t *data.MappedThing) string { return t.ID }), column(s.Things, func(t *data.MappedThing) string { return t.Layer }),
		column(s.Things, func(t *data.MappedThing) string { return t.Kind }), column(s.Things, func(t *data.MappedThing) *float64 { return t.Count }),
		column(s.Things, func(t *data.MappedThing) *string { return day(t.Valid.From) }), column(s.Things, func(t *data.MappedThing) *string { return day(t.Valid.To) }),
		column(s.Things, func(t *data.MappedThing) string { return t.Source }), column(s.Things, func(t *data.MappedThing) *string { return day(s.Dataset.MappedOn(t)) }),
		column(s.Things, func(t *data.MappedThing) string { return w.json(t.Properties()) }), column(s.Things, func(t *data.MappedThing) []byte { return w.geometry(t.Shape) }),
	}}
	return []table{bases, territories, zones, lines, places, things}, w.err
}

// partyIDs are those of a dataset, in its order.
func partyIDs(s *data.Snapshot) []string {
	return column(s.Dataset.Parties, func(p *data.Party) string { return p.ID })
}

// counted writes the statuses a basis counts as a PostgreSQL array.
func counted(b *data.Basis) string {
	text := "{"
	for i, status := range b.Counted() {
		if i > 0 {
			text += ","
		}
		text += string(status)
	}
	return text + "}"
}

// mapped writes runs of days as a PostgreSQL array of ranges.
func mapped(epochs []data.Epoch) string {
	ranges := make([]string, len(epochs))
	for i, e := range epochs {
		from, to := day(e.From), day(e.To)
		if to == nil {
			to = new(string)
		}
		ranges[i] = `"[` + *from + "," + *to + `)"`
	}
	return "{" + strings.Join(ranges, ",") + "}"
}

// rowWriter keeps the first error of what it writes.
type rowWriter struct{ err error }

func (w *rowWriter) json(v any) string {
	text, err := json.Marshal(v)
	if w.err == nil {
		w.err = err
	}
	return string(text)
}

// geometry writes a shape as EWKB with its SRID, longitude first.
func (w *rowWriter) geometry(g orb.Geometry) []byte {
	shape, err := gogeom.Of(g)
	if err == nil {
		shape, err = geom.SetSRID(shape, 4326)
	}
	if err != nil {
		w.err = err
		return nil
	}
	text, err := ewkb.Marshal(shape, ewkb.NDR)
	if w.err == nil {
		w.err = err
	}
	return text
}

// day is a date as PostgreSQL takes it, nil for an open end.
func day(d data.Date) *string {
	if d == 0 {
		return nil
	}
	text := d.Time().Format(time.DateOnly)
	return &text
}
