package foreign

import (
	"fmt"
	"strings"

	"github.com/demarc-map/demarc/geojson"
)

// chooseLayer returns the number of the layer that is asked for, or of the only one,
// and marks it as read.
func (in *input) chooseLayer(layers []Layer) (int, error) {
	if in.Layer == "" && len(layers) == 1 {
		layers[0].Read = true
		return 0, nil
	}
	if len(layers) == 0 {
		return 0, in.fault("empty", "", "the file has no layer")
	}
	for i := range layers {
		if in.Layer != "" && layers[i].Name == in.Layer {
			layers[i].Read = true
			in.note("of the layers %s, %q is read", listLayers(layers), in.Layer)
			return i, nil
		}
	}
	if in.Layer == "" {
		return 0, Unchosen{in.fault("several-layers", "", "choose one with --layer NAME: "+listLayers(layers)), layers}
	}
	return 0, in.fault("no-such-layer", "", fmt.Sprintf("it has no layer %q; --layer takes one of %s", geojson.Clip(in.Layer, 100), listLayers(layers)))
}

// Unchosen is the fault of a file with several layers, of which none was asked for.
type Unchosen struct {
	geojson.Fault
	Layers []Layer
}

// Unwrap is the fault alone.
func (u Unchosen) Unwrap() error { return u.Fault }

// listed is how many layers a fault lists.
const listed = 40

// listLayers names layers for a person, with their features.
func listLayers(layers []Layer) string {
	var b strings.Builder
	for i, l := range layers {
		if i == listed {
			fmt.Fprintf(&b, ", and %d more", len(layers)-listed)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q", geojson.Clip(l.Name, 100))
		if l.Features >= 0 {
			fmt.Fprintf(&b, " (features: %d)", l.Features)
		}
	}
	return b.String()
}
