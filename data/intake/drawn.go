package intake

import (
	"fmt"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
)

// drawn is one feature with our properties filled in: polygons or a line.
type drawn struct {
	zone data.Zone
	day  data.Date      // of a state, 0 for a record
	line orb.LineString // nil for polygons, which are the zone's
	kind string         // of a line or a place
	from Origin         // nothing for what was there before
}

// each is a feature's polygons one by one, or its line.
func (d drawn) each() []drawn {
	if d.line != nil {
		return []drawn{d}
	}
	out := make([]drawn, len(d.zone.Shape))
	for i, polygon := range d.zone.Shape {
		out[i] = d
		out[i].zone.Shape = orb.MultiPolygon{polygon}
	}
	return out
}

// key is the same for one polygon or line of the same party, reading, status and source
// on whatever day.
func (d drawn) key() string {
	z := &d.zone
	key := z.Party + "/" + z.Basis + "/" + string(z.Status) + "/" + z.Source
	if d.line != nil {
		return fmt.Sprint(d.kind, z.Name, d.line) + key
	}
	return fingerprint(z.Shape[0]) + key
}

// controlLine is the line with our properties.
func (d drawn) controlLine() data.ControlLine {
	z := d.zone
	return data.ControlLine{ID: z.ID, Name: z.Name, Kind: d.kind, Party: z.Party, Basis: z.Basis, Status: z.Status, Valid: z.Valid,
		Source: z.Source, AccuracyM: z.AccuracyM, Extra: z.Extra, Shape: d.line}
}
