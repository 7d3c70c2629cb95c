package look

// The colours of what every map has by day; after Okabe and Ito (2008).
const (
	Around, Land      = "#dfe5ea", "#fdfcf9"
	Coast, District   = "#5b6873", "#8b96a0"
	Ink, Halo, Casing = "#16202a", "#ffffff", "#1b1b1b"
)

// DarkLand is the colour of land on the dark page.
const DarkLand = "#283039"

// Opacity is that of the fills of held land: what lies below shows through.
const Opacity = 0.5

// The colours of what a map has around and below its zones, for orientation: muted, so
// that nothing of it is louder than a zone.
const (
	Sea, Neighbour    = "#d4e3ec", "#efeee8" // where a map has a context; Around where it has none
	Builtup           = "#e4e0d8"
	Road, MainRoad    = "#cfc9bd", "#b9b09f"
	Border, WaterLine = "#9a9184", "#b7cfdd"
	TownInk, SeaInk   = "#4c545b", "#41697f"
)
