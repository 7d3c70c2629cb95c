package data_test

import (
	"bytes"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// The published schema accepts the embedded dataset and refuses what it should.
func TestTheEmbeddedDatasetFollowsThePublishedSchema(t *testing.T) {
	compiler, _ := referee.Schema(t, "dataset.schema.json", "urn:demarc:dataset:1")
	files := copyOf(t)
	for _, name := range []string{"dataset.json", "territories.geojson", "zones.geojson", "control_lines.geojson", "places.geojson", "things.geojson", "claims.json"} {
		if files[name] == nil {
			continue
		}
		schema, err := compiler.Compile("urn:demarc:dataset:1#/$defs/" + name)
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(files[name].Data))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for from, to := range map[string]string{`"source"`: `"sauce"`, `"israel"`: `"Is Rael"`, `"percent_low"`: `"percent_lo"`, `"licence"`: `"license"`} {
			if !bytes.Contains(files[name].Data, []byte(from)) {
				continue
			}
			value, err := jsonschema.UnmarshalJSON(bytes.NewReader(bytes.ReplaceAll(files[name].Data, []byte(from), []byte(to))))
			if err != nil {
				t.Fatal(err)
			}
			if schema.Validate(value) == nil {
				t.Errorf("%s with %s for %s is accepted", name, to, from)
			}
		}
	}
}
