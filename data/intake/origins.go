package intake

import (
	"github.com/demarc-map/demarc/data/intake/foreign"
	"github.com/demarc-map/demarc/geojson"
)

// Origins are where zones and control lines come from, by their ids.
type Origins map[string]Origin

// Origin is a feature of a foreign file.
type Origin struct{ file, feature string }

// Trace lets faults of a dataset that was made of foreign files name those and their
// features, and say how longitude and latitude that are exchanged get their order. Open is
// the foreign file of a name.
func (o Origins) Trace(faults []geojson.Fault, open func(name string) File, options foreign.Options) {
	commands := map[string]string{}
	for i := range faults {
		f := &faults[i]
		from, known := o[f.Feature]
		if !known || from.file == "" || f.File != "zones.geojson" && f.File != "control_lines.geojson" {
			continue
		}
		f.File, f.Feature = from.file, from.feature
		if f.Rule != "swapped-axes" {
			continue
		}
		if commands[f.File] == "" {
			commands[f.File] = foreign.ExchangeAxes(open(f.File), options)
		}
		f.Detail += "; " + commands[f.File]
	}
}
