package look

import (
	"slices"
	"strings"

	"github.com/demarc-map/demarc/data"
)

// The colours of control lines.
const (
	Yellow, Orange = "#f0e442", "#e69f00"
	OtherLine      = "#cfd6dc"
)

// LineColour is the colour of a control line: that in its id, a word between
// hyphens, or else that of its kind; a neutral one when it has neither.
func LineColour(id, kind string) string {
	words := strings.Split(id, "-")
	switch {
	case slices.Contains(words, "yellow"):
		return Yellow
	case slices.Contains(words, "orange"):
		return Orange
	}
	switch kind {
	case "pullback":
		return Yellow
	case "restriction", "restricted", "fire-control":
		return Orange
	}
	return OtherLine
}

// Dashed reports whether a line is drawn with gaps: all but agreed ones are.
func Dashed(status data.Status) bool { return status != data.Agreed }
