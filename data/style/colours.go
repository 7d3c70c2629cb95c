package style

import (
	"slices"
	"strings"
)

// The colours of the page by day (static/web/src/map/colours.json), in which every
// map outside the page is drawn too; after Okabe and Ito (2008), told apart by
// readers with any colour vision deficiency. Held land is filled with HeldOpacity.
const (
	Around, Land      = "#dfe5ea", "#fdfcf9"
	Coast, District   = "#5b6873", "#8b96a0"
	Held, HeldOutline = "#0072b2", "#004a75"
	Disputed          = "#d55e00"
	DisputedOutline   = "#7c3200"
	Ink, Halo, Casing = "#16202a", "#ffffff", "#1b1b1b"
	Yellow, Orange    = "#f0e442", "#e69f00"
	OtherLine         = "#cfd6dc"
	HeldOpacity       = 0.5
)

// hue is the colour of a party: of the land it holds and of its outline.
type hue struct{ fill, outline string }

// hues are those of the parties, the default party's first; those of a dataset
// with more parties begin anew.
func hues() []hue {
	return []hue{{Held, HeldOutline}, {"#009e73", "#00543d"}, {"#cc79a7", "#7d2f59"}, {"#56b4e9", "#14618f"}, {"#666666", "#2b2b2b"}}
}

// LineColour is the colour of a control line: that in its name, a word between
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
