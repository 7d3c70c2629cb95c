package data_test

import (
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"

	"pgregory.net/rapid"
)

// One text alone is not told from its cell: that which begins with an apostrophe before
// what would be computed.
func TestACellIsTheTextOfWhichItWasMade(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := data.Plain(rapid.StringOf(rapid.SampledFrom([]rune("='+-@ \n\tas7＝"))).Draw(t, "text"))
		if rest, quoted := strings.CutPrefix(text, "'"); quoted && data.PlainCell(rest) != rest {
			t.Skip("told apart by nobody")
		}
		if got := data.FromPlainCell(data.PlainCell(text)); got != text {
			t.Fatalf("%q came back as %q", text, got)
		}
	})
}
