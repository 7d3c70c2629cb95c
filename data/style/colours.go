package style

// The colours of the page by day (static/web/src/map/colours.json), after Okabe
// and Ito (2008), told apart by readers with any colour vision deficiency.
const (
	around, land       = "#dfe5ea", "#fdfcf9"
	coast, district    = "#5b6873", "#8b96a0"
	held, heldOutline  = "#0072b2", "#004a75"
	disputed           = "#d55e00"
	disputedOutline    = "#7c3200"
	text, halo, casing = "#16202a", "#ffffff", "#1b1b1b"
	yellow, orange     = "#f0e442", "#e69f00"
	otherLine          = "#cfd6dc"
	heldOpacity        = 0.5
)

// hue is the colour of a party: of the land it holds and of its outline.
type hue struct{ fill, outline string }

// hues are those of the parties, the default party's first; those of a dataset
// with more parties begin anew.
func hues() []hue {
	return []hue{{held, heldOutline}, {"#009e73", "#00543d"}, {"#cc79a7", "#7d2f59"}, {"#56b4e9", "#14618f"}, {"#666666", "#2b2b2b"}}
}
