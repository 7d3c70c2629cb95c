package data

import (
	"encoding/csv"
	"io"
	"strconv"
)

// WriteClaimsCSV writes checked claims as CSV (RFC 4180), a row for each reading
// that a claim is compared under and one for a claim that is compared under none, as
// Series.WriteCSV does.
func WriteClaimsCSV(w io.Writer, dataset, snapshot string, claims []CheckedClaim) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"dataset", "id", "kind", "stated on", "about", "from (first day)", "to (first day after)", "of", "party", "who", "publisher", "url", "measures",
		"published low", "published high", "unit", "basis", "computed", "computed low", "computed high", "computed less published", "difference (percentage points)", "inside the band",
		"the line would have to lie further out (m)", "share, were the line moved so far, low (%)", "high (%)", "record", "verdict", "in words", "evidence newest", "evidence age (days)", "snapshot"}); err != nil {
		return err
	}
	for i := range claims {
		c := &claims[i]
		low, high := c.figure()
		about := []string{dataset, c.ID, string(c.kind()), dayCell(c.StatedOn), dayCell(c.FigureDay()), dayCell(c.From), dayCell(c.To), c.Of, c.Party,
			PlainCell(c.Who), PlainCell(c.Publisher), PlainCell(c.URL), PlainCell(c.Measures), numberCell(&low), "", PlainCell(c.unit())}
		if c.Kind == "" || c.High != nil {
			about[14] = numberCell(&high)
		}
		if len(c.Computed) == 0 {
			row := append(about, make([]string, 11)...)
			if err := out.Write(append(row, string(c.Verdict), PlainCell(c.Words), "", "", snapshot)); err != nil {
				return err
			}
		}
		for j := range c.Computed {
			x := &c.Computed[j]
			record := ""
			if x.Record != nil {
				record = strconv.FormatBool(*x.Record)
			}
			if err := out.Write(append(about[:len(about):len(about)], x.Basis, numberCell(x.Figure), numberCell(x.FigureLow), numberCell(x.FigureHigh), numberCell(x.Difference),
				numberCell(&x.DifferencePoints), strconv.FormatBool(x.InsideBand), numberCell(x.DisplacementM), numberCell(x.PercentIfMovedLow), numberCell(x.PercentIfMovedHigh), record,
				string(x.Verdict), PlainCell(x.Words), x.Evidence.Newest.String(), strconv.Itoa(x.Evidence.AgeDays), snapshot)); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}
