package data

import (
	"encoding/csv"
	"io"
	"strconv"
)

// WriteCSV writes a row for each layer and reading in all, by district and by group,
// as CSV (RFC 4180). The column "amount of" says what every amount is.
func (t *ThingTallies) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"dataset", "layer", "mapped_on", "of", "party", "basis", "as_of", "rows", "id", "amount of", "all", "held", "held_low", "held_high",
		"held (%)", "land held (%)", "free", "free_low", "free_high", "outside", "near_held", "near_free", "within (m)", "attribution", "snapshot"}); err != nil {
		return err
	}
	for i := range t.Layers {
		l := &t.Layers[i]
		for k := range l.Readings {
			r := &l.Readings[k]
			row := func(rows string, a LayerAmount) error {
				id := ""
				if a.ID != nil {
					id = *a.ID
				}
				return out.Write([]string{t.Dataset, l.ID, l.MappedOn.String(), t.Of, t.Party, r.Basis, t.AsOf.String(), rows, PlainCell(id), string(l.Counts), numberCell(&a.All),
					numberCell(&a.Held), numberCell(&a.HeldLow), numberCell(&a.HeldHigh), numberCell(a.HeldPercent), numberCell(&r.LandPercent), numberCell(&a.Free), numberCell(&a.FreeLow),
					numberCell(&a.FreeHigh), numberCell(&a.Outside), numberCell(&a.NearHeld), numberCell(&a.NearFree), strconv.FormatFloat(t.WithinM, 'f', -1, 64),
					PlainCell(l.Attribution.In("en")), t.Snapshot})
			}
			if err := row("total", LayerAmount{nil, r.Total}); err != nil {
				return err
			}
			for _, group := range []struct {
				rows string
				all  []LayerAmount
			}{{"district", r.Districts}, {"group", r.Groups}} {
				for _, a := range group.all {
					if err := row(group.rows, a); err != nil {
						return err
					}
				}
			}
		}
	}
	out.Flush()
	return out.Error()
}
