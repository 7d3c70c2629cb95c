package export

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/gaza"

	"github.com/paulmach/orb/geojson"
)

// Features are encoded one at a time, and the file is that of the whole at once.
func TestFeaturesOneByOneMakeTheCollection(t *testing.T) {
	s, _, err := data.Read(t.Context(), gaza.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, basis := range []string{"traced", "line-cut"} {
		e := data.Edition{Epoch: s.Epochs[len(s.Epochs)-1], Basis: basis}
		whole := geojson.NewFeatureCollection()
		whole.ExtraMembers = map[string]any{"dataset": s.Dataset.ID, "snapshot": s.Name(), "basis": basis, "epoch": e.Epoch,
			"attribution": s.Dataset.Credits(), "disclaimer": s.Dataset.Disclaimer}
		for _, section := range s.Sections(e) {
			for _, item := range section.Items {
				f := geojson.NewFeature(item.Shape)
				f.ID, f.Properties = item.ID, item.Properties
				f.Properties["layer"] = section.Name
				if tells(section.Name) {
					tell(s, f.Properties)
				}
				whole.Append(f)
			}
		}
		var got, want bytes.Buffer
		if err := json.NewEncoder(&want).Encode(whole); err != nil {
			t.Fatal(err)
		}
		if err := writeGeoJSON(t.Context(), &got, s, e); err != nil || !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Errorf("%s: %d bytes, not %d: %v: %.300s", basis, got.Len(), want.Len(), err, &got)
		}
	}
}
