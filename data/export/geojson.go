package export

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb/geojson"
)

// writeGeoJSON writes an edition as one FeatureCollection; the property "layer"
// names the section of each feature. Features are encoded one at a time, so that a
// large edition is never in memory as a whole and the writing can be ended.
func writeGeoJSON(ctx context.Context, w io.Writer, s *data.Snapshot, e data.Edition) error {
	all := geojson.NewFeatureCollection()
	all.ExtraMembers = map[string]any{"dataset": s.Dataset.ID, "snapshot": s.Name(), "basis": e.Basis, "epoch": e.Epoch,
		"attribution": s.Dataset.Credits(), "disclaimer": s.Dataset.Disclaimer}
	text, err := json.Marshal(all)
	if err != nil {
		return err
	}
	before, after, found := bytes.Cut(text, []byte(`"features":[]`)) // in a text its quotes would be escaped
	if !found {
		return fmt.Errorf("a collection without features: %.100s", text)
	}
	if _, err := fmt.Fprintf(w, `%s"features":[`, before); err != nil {
		return err
	}
	comma := ""
	for _, name := range s.SectionNames() {
		for _, item := range s.Section(e, name).Items {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			f := geojson.NewFeature(item.Shape)
			f.ID, f.Properties = item.ID, item.Properties
			f.Properties["layer"] = name
			if tells(name) {
				tell(s, f.Properties)
			}
			text, err := json.Marshal(f)
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintf(w, "%s%s", comma, text); err != nil {
				return err
			}
			comma = ","
		}
	}
	_, err = fmt.Fprintf(w, "]%s\n", after)
	return err
}
