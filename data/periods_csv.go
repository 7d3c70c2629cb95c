package data

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
)

// WriteCSV writes the periods as CSV (RFC 4180) with a header that carries the
// units, as Series.WriteCSV does.
func (p *Periods) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"dataset", "of", "party", "basis", "period", "from (first day)", "to (first day after)", "days", "partial", "gained (km²)", "lost (km²)", "net (km²)", "net a day (km²)",
		"gained slivers (km²)", "lost slivers (km²)", "gained most since", "net most since", "held at the end (km²)", "territory (km²)", "share at the end (%)", "low (%)", "high (%)", "measures",
		"evidence newest", "evidence age (days)", "gap (days)", "begin mapped", "end mapped", "method break", "sources", "snapshot"}); err != nil {
		return err
	}
	for i := range p.Periods {
		r := &p.Periods[i]
		newest, age := "", ""
		if r.Evidence != nil {
			newest, age = r.Evidence.Newest.String(), strconv.Itoa(r.Evidence.AgeDays)
		}
		if err := out.Write([]string{p.Dataset, p.Of, p.Party, p.Basis, r.Name, r.From.String(), r.To.String(), strconv.Itoa(r.Days), strconv.FormatBool(r.Partial),
			numberCell(r.GainedKm2), numberCell(r.LostKm2), numberCell(r.NetKm2), numberCell(r.Km2ADay), numberCell(r.GainedSliverKm2), numberCell(r.LostSliverKm2),
			sinceWhen(r.GainedRecordSince, r.GainedRecord), sinceWhen(r.NetRecordSince, r.NetRecord),
			numberCell(r.HeldKm2), numberCell(r.TerritoryKm2), numberCell(r.Percent), numberCell(r.PercentLow), numberCell(r.PercentHigh), string(p.Measures), newest, age,
			strconv.Itoa(r.GapDays), strconv.FormatBool(r.BeginMapped), strconv.FormatBool(r.EndMapped), strconv.FormatBool(r.MethodBreak),
			PlainCell(strings.Join(r.Sources, " ")), p.Snapshot}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// sinceWhen words a record: since a period, or all of them.
func sinceWhen(since string, ever bool) string {
	if ever {
		return "all before"
	}
	return since
}
