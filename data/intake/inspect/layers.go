package inspect

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/demarc-map/demarc/data/intake"
	"github.com/demarc-map/demarc/data/intake/foreign"
	"github.com/demarc-map/demarc/geojson"
)

// mostLayers is how many layers of a file are looked at.
const mostLayers = 12

// eachLayer looks at the layers of a file, and tells of the first with polygons, or of
// the first that can be read where none has any.
func eachLayer(ctx context.Context, file foreign.File, options Options, unchosen foreign.Unchosen) (*Inspection, error) {
	var best *Inspection
	var all []Layer
	var chosen int
	for n, layer := range unchosen.Layers {
		one := Layer{Name: layer.Name, Features: layer.Features}
		if n < mostLayers {
			options.Layer = layer.Name
			found, err := Look(ctx, file, options)
			var bad geojson.Fault
			switch {
			case err != nil && !errors.As(err, &bad):
				return nil, err
			case err != nil:
				one.unread = bad.Detail
			default:
				one.Features, one.geometries = found.Features, found.Geometries
				if best == nil || best.polygonal == 0 && found.polygonal > 0 {
					best, chosen = found, n
				}
			}
		}
		all = append(all, one)
	}
	if best == nil {
		return nil, unchosen.Fault
	}
	best.Notes = append([]string{fmt.Sprintf("the file has %s, and %q is looked at here; each has a look of its own:", intake.Amount(len(all), "layer"), all[chosen].Name)}, best.Notes...)
	for n, layer := range all {
		if n == mostLayers {
			best.Notes = append(best.Notes, fmt.Sprintf("%s more were not looked at", intake.Amount(len(all)-n, "layer")))
			break
		}
		best.Notes = append(best.Notes, layer.command(file.Name))
	}
	all[chosen].Read = true
	best.Layers = all
	if best.Suggestion != nil && !best.Suggestion.has("layer") {
		best.Suggestion.Reading(best.File, []Argument{{Flag: "layer", Value: all[chosen].Name, Why: fmt.Sprintf("the layer that is read, of %d", len(all))}})
	}
	return best, nil
}

// command is how a layer is looked at, with what it holds.
func (l Layer) command(file string) string {
	kinds := make([]string, len(l.geometries))
	for i, c := range l.geometries {
		kinds[i] = fmt.Sprintf("%d %s", c.Count, c.Name)
	}
	switch {
	case l.unread != "":
		kinds = []string{"it cannot be read: " + geojson.Clip(l.unread, 200)}
	case len(kinds) == 0:
		kinds = []string{"no shape"}
	}
	return fmt.Sprintf("demarc import %s --layer %s (%s)", quoted(file), quoted(l.Name), strings.Join(kinds, ", "))
}
