package data

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"pgregory.net/rapid"
)

// jsontext writes numbers by RFC 8785; ours must not differ by a byte.
func TestCoordinatesAreWrittenCanonically(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.OneOf(
			rapid.Float64Range(-180, 180),
			rapid.Map(rapid.Float64Range(-180, 180), func(v float64) float64 { return math.Round(v*1e5) / 1e5 }),
			rapid.Map(rapid.Float64Range(-14, 0), func(e float64) float64 { return math.Pow(10, e) }),
			rapid.SampledFrom([]float64{0, 1e-6, 9.99e-7, 1e-7, 1.5e-7, -1e-10, 1e-100, 180, -90, 5e-324}),
		).Draw(t, "coordinate")
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		want := jsontext.Value(text)
		if err := want.Canonicalize(); err != nil {
			t.Fatal(err)
		}
		if got := string(appendNumber(nil, v)); got != string(want) {
			t.Fatalf("%v is written %s, not %s", v, got, want)
		}
	})
}
