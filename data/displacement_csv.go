package data

import (
	"encoding/csv"
	"io"
)

// WriteCSV writes the curve as CSV (RFC 4180) with a header that carries the units.
func (d *Displacement) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	s := &d.Share
	if err := out.Write([]string{"dataset", "of", "party", "basis", "as_of", "displacement (m)", "share (%)", "held (km²)", "snapshot"}); err != nil {
		return err
	}
	for i := range d.Curve {
		p := &d.Curve[i]
		if err := out.Write([]string{s.Dataset, s.Of, s.Party, s.Basis, s.AsOf.String(), numberCell(&p.DistanceM), numberCell(&p.Percent), numberCell(&p.HeldKm2), d.Snapshot}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
