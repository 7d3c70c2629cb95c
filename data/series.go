package data

import (
	"cmp"
	"context"
	"encoding/csv"
	"io"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/internal/carry"
)

// Series is a share over time.
type Series struct {
	Dataset  string  `json:"dataset"`
	Of       string  `json:"of"`
	Party    string  `json:"party"`
	Basis    string  `json:"basis"`
	Measures Measure `json:"measures"`
	Rows     []Row   `json:"rows"`
	Method   string  `json:"method"`
	Snapshot string  `json:"snapshot"`
}

// RowEvidence says of when what a row rests on is.
type RowEvidence struct {
	Newest Date `json:"newest"`
	// AgeDays is how old that is on the row's last day, never below 0; nil for a
	// row without an end, which grows older every day.
	AgeDays *int `json:"age_days"`
}

// Row is one epoch of a series. Figures are nil for an epoch that is not
// mapped under the basis: a gap, not 0 %.
type Row struct {
	From         Date         `json:"from"`
	To           Date         `json:"to"`
	Gap          bool         `json:"gap"`
	Evidence     *RowEvidence `json:"evidence"` // nil for a gap
	HeldKm2      *float64     `json:"held_km2"`
	ZonesKm2     *float64     `json:"zones_km2,omitempty"` // of a whole territory: with what lies outside it
	TerritoryKm2 *float64     `json:"territory_km2"`
	Percent      *float64     `json:"percent"`
	PercentLow   *float64     `json:"percent_low"`
	PercentHigh  *float64     `json:"percent_high"`
	Features     []string     `json:"features"`
	Sources      []string     `json:"sources"`
	// MethodBreak marks a row whose sources are not those of the mapped row
	// before it: part of the difference may be a change of evidence, not of land.
	MethodBreak bool `json:"method_break"`
}

// Series answers a query for every epoch that begins before to and ends after
// from; zero dates leave that end open. Errors are those of Share.
func (s *Snapshot) Series(ctx context.Context, q Query, from, to Date) (Series, error) {
	territory, basis, err := s.resolve(&q)
	if err != nil {
		return Series{}, err
	}
	land := territory.measured()
	out, _, err := s.series(ctx, q, from, to, rowMeasure{s.headline, 0, func(ctx context.Context, _ *Share, zones []*Zone) (Figures, error) {
		return land.figures(ctx, zones, 0)
	}}, territory, basis)
	return out, err
}

// rowMeasure is how the rows of a series get their figures: those that are
// known, by Share.key, and the rest by a function, one call a set of zones.
type rowMeasure struct {
	known   map[string]Figures
	workers int // rows measured at once, one for each processor when 0
	measure func(context.Context, *Share, []*Zone) (Figures, error)
}

// series returns the shares behind the rows too.
func (s *Snapshot) series(ctx context.Context, q Query, from, to Date, how rowMeasure, territory *Territory, basis *Basis) (Series, []Share, error) {
	out := Series{Dataset: s.Dataset.ID, Of: territory.ID, Party: q.Party, Basis: basis.ID, Measures: basis.Measure(), Rows: []Row{}, Method: Method, Snapshot: s.name}
	reading := s.readings[basis.ID]
	for k, e := range reading.epochs {
		if to != 0 && e.From >= to || e.To != 0 && e.To <= from {
			continue
		}
		out.Rows = append(out.Rows, Row{From: e.From, To: e.To, Gap: !reading.says[k], Features: []string{}, Sources: []string{}})
	}
	shares, err := s.measureRows(ctx, q, territory, basis, out.Rows, how)
	if err != nil {
		return Series{}, nil, err
	}
	var before *Row
	for i := range out.Rows {
		row, share := &out.Rows[i], &shares[i]
		if row.Gap {
			continue
		}
		row.HeldKm2, row.ZonesKm2, row.TerritoryKm2, row.Percent = &share.HeldKm2, share.ZonesKm2, &share.TerritoryKm2, &share.Percent
		row.PercentLow, row.PercentHigh = &share.Uncertainty.PercentLow, &share.Uncertainty.PercentHigh
		row.Features, row.Sources, row.Evidence = share.Features, share.Sources, row.evidence(share.Evidence.Newest)
		row.MethodBreak = before != nil && !slices.Equal(before.Sources, row.Sources)
		before = row
	}
	return out, shares, nil
}

func (r *Row) evidence(newest Date) *RowEvidence {
	out := &RowEvidence{Newest: newest}
	if r.To != 0 {
		age := max(0, int(r.To-1-newest))
		out.AgeDays = &age
	}
	return out
}

// measureRows computes the shares of the rows that are no gaps, each set of
// zones once.
func (s *Snapshot) measureRows(ctx context.Context, q Query, territory *Territory, basis *Basis, rows []Row, how rowMeasure) ([]Share, error) {
	shares := make([]Share, len(rows))
	first := map[string]int{} // set of zones to the first row that has it
	same := make([]int, len(rows))
	group, ctx := carry.NewGroup(ctx)
	group.SetLimit(cmp.Or(how.workers, runtime.GOMAXPROCS(0)))
	for i := range rows {
		same[i] = i
		if rows[i].Gap {
			continue
		}
		q.AsOf = rows[i].From
		share, zones, err := s.begin(q, territory, basis, territory.bound())
		if err != nil {
			return nil, err
		}
		shares[i] = share
		key := share.key()
		if known, ok := how.known[key]; ok {
			shares[i].Figures = known
			continue
		}
		if earlier, ok := first[key]; ok {
			same[i] = earlier
			continue
		}
		first[key] = i
		group.Go(func() (err error) {
			shares[i].Figures, err = how.measure(ctx, &shares[i], zones)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for i, earlier := range same {
		shares[i].Figures = shares[earlier].Figures
	}
	return shares, nil
}

// WriteCSV writes the series as CSV (RFC 4180) with a header that carries the
// units. Text that a spreadsheet would take for a formula is quoted as text.
func (s *Series) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"dataset", "of", "party", "basis", "from (first day)", "to (first day after)", "held (km²)", "zones with what lies outside (km²)", "territory (km²)",
		"share (%)", "low (%)", "high (%)", "measures", "evidence newest", "evidence age (days)", "gap", "method break", "sources", "snapshot"}); err != nil {
		return err
	}
	for _, r := range s.Rows {
		newest, age := "", ""
		if r.Evidence != nil {
			newest = r.Evidence.Newest.String()
			if r.Evidence.AgeDays != nil {
				age = strconv.Itoa(*r.Evidence.AgeDays)
			}
		}
		if err := out.Write([]string{s.Dataset, s.Of, s.Party, s.Basis, r.From.String(), dayCell(r.To), numberCell(r.HeldKm2), numberCell(r.ZonesKm2), numberCell(r.TerritoryKm2),
			numberCell(r.Percent), numberCell(r.PercentLow), numberCell(r.PercentHigh), string(s.Measures), newest, age, strconv.FormatBool(r.Gap), strconv.FormatBool(r.MethodBreak),
			PlainCell(strings.Join(r.Sources, " ")), s.Snapshot}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
