package data

import (
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"math"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// Parties tells whose all the land of a territory is on a day under one
// reading: of each party alone, of several at once, of nobody, or not mapped.
type Parties struct {
	Dataset  string          `json:"dataset"`
	Of       string          `json:"of"`
	Basis    string          `json:"basis"`
	AsOf     Date            `json:"as_of"`
	Epoch    *Epoch          `json:"epoch"` // nil, as the evidence, for a day that is not mapped
	Measures Measure         `json:"measures"`
	Evidence *Evidence       `json:"evidence"`
	Newer    []NewerEvidence `json:"newer,omitempty"`
	PartyTable
	Districts []PartyTable `json:"districts"`
	Method    string       `json:"method"`
	Sources   []string     `json:"sources"`
	Snapshot  string       `json:"snapshot"`
	Self      string       `json:"self"` // address of this answer, filled in by who gives it
}

// PartyTable is the land of one territory in rows that are disjoint and make it up.
type PartyTable struct {
	Territory    string     `json:"territory"`
	TerritoryKm2 float64    `json:"territory_km2"`
	Rows         []PartyRow `json:"rows"`
}

// PartyRow is the land of one party alone, of several, of nobody, or not mapped.
type PartyRow struct {
	Holder  Holder   `json:"holder"`
	Parties []string `json:"parties"` // ids, one when alone, none of nobody
	Km2     float64  `json:"km2"`
	Percent float64  `json:"percent"` // of the territory
	// Rounded is the percentage with two decimals. Those of a table sum to
	// exactly 100.00: what is left after rounding down goes, a hundredth each, to
	// the rows with the largest remainders.
	Rounded Hundredths `json:"percent_rounded"`
}

// Holder says who holds the land of a row.
type Holder string

// The holders.
const (
	Alone    Holder = "alone"
	Shared   Holder = "shared"
	Nobody   Holder = "nobody"
	NotKnown Holder = "not-mapped"
)

// unshared is the part of a territory below which land of several parties is
// the rounding of coordinates, and no row.
const unshared = 1e-9

// Hundredths is a number with two decimals.
type Hundredths int

// String writes 44.99.
func (h Hundredths) String() string { return fmt.Sprintf("%d.%02d", int(h)/100, int(h)%100) }

// MarshalJSON writes the number 44.99.
func (h Hundredths) MarshalJSON() ([]byte, error) { return []byte(h.String()), nil }

// Parties answers whose the land of a territory and of each of its districts
// is. The party of the query is not read. Errors are ErrUnknown, those of
// geo.Overlay, which takes up to geo.MaxLayers layers, and the context's.
func (s *Snapshot) Parties(ctx context.Context, q Query) (*Parties, error) {
	q.Party = ""
	territory, basis, err := s.resolve(&q)
	if err != nil {
		return nil, err
	}
	out := &Parties{Dataset: s.Dataset.ID, Of: territory.ID, Basis: basis.ID, AsOf: q.AsOf, Measures: basis.Measure(),
		Districts: []PartyTable{}, Method: Method, Sources: []string{territory.Source}, Snapshot: s.name}
	var zones []*Zone
	epoch, mapped := s.readings[basis.ID].on(q.AsOf)
	if mapped {
		zones = holding(s, basis, q.AsOf)
		evidence := s.evidence(zones, epoch, q.AsOf)
		out.Epoch, out.Evidence, out.Newer = &epoch, &evidence, newer(s, basis.ID, q.AsOf, evidence.Newest)
		out.Sources = append(out.Sources, ids(zones, func(z *Zone) string { return z.Source })...)
		slices.Sort(out.Sources)
		out.Sources = slices.Compact(out.Sources)
	}
	table := func(t *Territory) (PartyTable, error) {
		if !mapped {
			return t.table([]PartyRow{{Holder: NotKnown, Parties: []string{}, Km2: t.AreaM2 / 1e6}}), nil
		}
		return t.parties(ctx, s.Dataset.Parties, zones)
	}
	if out.PartyTable, err = table(territory); err != nil {
		return nil, err
	}
	for i := range s.Territories {
		if s.Territories[i].Parent != territory.ID {
			continue
		}
		district, err := table(&s.Territories[i])
		if err != nil {
			return nil, err
		}
		out.Districts = append(out.Districts, district)
	}
	return out, nil
}

// holding returns the zones that count under a reading on a day, of every party.
func holding(s *Snapshot, basis *Basis, day Date) []*Zone {
	var out []*Zone
	for i := range s.Zones {
		if z := &s.Zones[i]; z.Basis == basis.ID && z.Valid.Contains(day) && basis.HoldsBy(z.Status) {
			out = append(out, z)
		}
	}
	return out
}

// parties overlays the territory with the land of each party that holds any.
func (t *Territory) parties(ctx context.Context, all []Party, zones []*Zone) (PartyTable, error) {
	land := map[string]orb.MultiPolygon{}
	bound := t.Shape.Bound()
	for _, z := range zones {
		if z.Shape.Bound().Intersects(bound) || crosses(t.Shape) || crosses(z.Shape) {
			land[z.Party] = append(land[z.Party], z.Shape...)
		}
	}
	holders := slices.Sorted(maps.Keys(land))
	layers := []orb.MultiPolygon{t.Shape}
	for _, party := range holders {
		layers = append(layers, land[party])
	}
	areas, err := geo.Overlay(ctx, layers, geo.Options{})
	if err != nil {
		return PartyTable{}, err
	}
	var rows, shared []PartyRow
	for _, party := range all {
		row := PartyRow{Holder: Alone, Parties: []string{party.ID}}
		if k := slices.Index(holders, party.ID); k >= 0 {
			row.Km2 = areas.Of(1|2<<k) / 1e6
		}
		rows = append(rows, row)
	}
	for mask, m2 := range areas.Combinations() {
		if mask&1 == 0 || bits.OnesCount(mask) < 3 || m2 < unshared*t.AreaM2 {
			continue
		}
		row := PartyRow{Holder: Shared, Km2: m2 / 1e6}
		for k, party := range holders {
			if mask>>(k+1)&1 == 1 {
				row.Parties = append(row.Parties, party)
			}
		}
		shared = append(shared, row)
	}
	slices.SortFunc(shared, func(a, b PartyRow) int {
		return cmp.Or(cmp.Compare(len(a.Parties), len(b.Parties)), slices.Compare(a.Parties, b.Parties))
	})
	rows = append(append(rows, shared...), PartyRow{Holder: Nobody, Parties: []string{}, Km2: areas.Of(1) / 1e6})
	return t.table(rows), nil
}

// table fills in the percentages of rows that make up the territory.
func (t *Territory) table(rows []PartyRow) PartyTable {
	out := PartyTable{Territory: t.ID, TerritoryKm2: t.AreaM2 / 1e6, Rows: rows}
	for i := range rows {
		rows[i].Percent = neat(math.Min(100, 100*rows[i].Km2/(t.AreaM2/1e6)))
	}
	rounded := apportion(rows)
	for i := range rows {
		rows[i].Rounded = rounded[i]
	}
	return out
}

// apportion rounds percentages to hundredths that sum to exactly 100.00, by the
// method of the largest remainder (A. Hamilton, 1792). Of equal remainders the
// first wins.
func apportion(rows []PartyRow) []Hundredths {
	out := make([]Hundredths, len(rows))
	order, left := make([]int, len(rows)), 100_00
	remainder := func(i int) float64 { return 100*rows[i].Percent - float64(out[i]) }
	for i := range rows {
		out[i], order[i] = Hundredths(100*rows[i].Percent), i
		left -= int(out[i])
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(remainder(b), remainder(a)) })
	for n := 0; n < left; n++ {
		out[order[n%len(order)]]++
	}
	return out
}

// WriteCSV writes the table and those of the districts as CSV (RFC 4180) with a
// header that carries the units.
func (p *Parties) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"dataset", "of", "basis", "as of", "measures", "holder", "parties", "land (km²)", "share (%)", "share, rounded to sum to 100.00 (%)",
		"territory (km²)", "evidence newest", "evidence age (days)", "sources", "snapshot"}); err != nil {
		return err
	}
	newest, age := "", ""
	if p.Evidence != nil {
		newest, age = p.Evidence.Newest.String(), strconv.Itoa(p.Evidence.AgeDays)
	}
	for _, table := range append([]PartyTable{p.PartyTable}, p.Districts...) {
		for _, r := range table.Rows {
			if err := out.Write([]string{p.Dataset, table.Territory, p.Basis, p.AsOf.String(), string(p.Measures), string(r.Holder), strings.Join(r.Parties, " "),
				numberCell(&r.Km2), numberCell(&r.Percent), r.Rounded.String(), numberCell(&table.TerritoryKm2), newest, age, PlainCell(strings.Join(p.Sources, " ")), p.Snapshot}); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}
