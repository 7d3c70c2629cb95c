package look

import (
	"fmt"
	"math"
	"slices"

	"github.com/demarc-map/demarc/data"
)

// Hue is the colour of an area and that of its outline, #rrggbb; the outline has a
// contrast of 3:1 against the area and against bare land.
type Hue struct {
	Fill    string `json:"fill"`
	Outline string `json:"outline"`
}

// Colour is a hue by day and that of the dark page.
type Colour struct {
	Hue
	Dark Hue `json:"dark"`
}

// palette is the colours of the parties, the default party's first: told apart,
// painted with Opacity on the land of their page, by readers with any colour vision
// deficiency. The first two by day are of Okabe and Ito (2008); those of the dark page
// are of like hues and so light that the land stands out from bare land.
func palette() []Colour {
	return []Colour{
		{Hue{"#0072b2", "#004a75"}, Hue{"#2c9cff", "#80c4ff"}},
		{Hue{"#cc79a7", "#7d2f59"}, Hue{"#ff00c6", "#ff73e0"}},
		{Hue{"#00cc00", "#005200"}, Hue{"#22ff05", "#a7ff9b"}},
		{Hue{"#999966", "#4a4a22"}, Hue{"#a88b57", "#c6b492"}},
		{Hue{"#440055", "#2b0036"}, Hue{"#ffbfff", "#ffdcff"}},
		{Hue{"#6633ff", "#3614a3"}, Hue{"#9b1df2", "#c377f7"}},
		{Hue{"#bb0000", "#7a0000"}, Hue{"#f91602", "#fb7367"}},
		{Hue{"#99ff77", "#2f6b1c"}, Hue{"#e5ffdc", "#ffffff"}},
	}
}

// OfParty is the colour of a party of the dataset: the default party has the first
// of the palette, the others follow in their order.
func OfParty(d *data.Dataset, id string) Colour { return colourOf(positionOf(d, id)) }

// positionOf is the position of a party's colour in the palette.
func positionOf(d *data.Dataset, id string) int {
	if id == d.Party {
		return 0
	}
	others := slices.DeleteFunc(slices.Clone(d.Parties), func(p data.Party) bool { return p.ID == d.Party })
	return 1 + slices.IndexFunc(others, func(p data.Party) bool { return p.ID == id })
}

// colourOf is one of the palette, or behind it one that is made: hues by the golden
// angle, each round darker than the last.
func colourOf(position int) Colour {
	all := palette()
	if position < len(all) {
		return all[position]
	}
	n := position - len(all)
	degrees, lightness := math.Mod(float64(n)*137.508, 360), 0.62-0.12*float64(n/8%3)
	fill, dark := ofHue(degrees, lightness), ofHue(degrees, lightness+0.2)
	return Colour{Hue{fill, darker(fill)}, Hue{dark, lighter(dark)}}
}

// ofHue is a colour of a hue in degrees and a lightness from 0 to 1 (HSL with a
// saturation of 0.6).
func ofHue(degrees, lightness float64) string {
	chroma := (1 - math.Abs(2*lightness-1)) * 0.6
	channel := func(n float64) int {
		k := math.Mod(n+degrees/30, 12)
		return int(math.Round(255 * (lightness - chroma/2*math.Max(-1, math.Min(math.Min(k-3, 9-k), 1)))))
	}
	return fmt.Sprintf("#%02x%02x%02x", channel(0), channel(8), channel(4))
}

// darker is the outline of a fill on the page by day, lighter that on the dark one:
// the fill on its way to black or white until it stands out from land and fill.
func darker(fill string) string  { return standingOut(fill, "#000000", Land) }
func lighter(fill string) string { return standingOut(fill, "#ffffff", DarkLand) }

func standingOut(fill, towards, land string) string {
	painted := Blend(fill, land, Opacity)
	for part := 0.0; part < 1; part += 0.05 {
		if out := Blend(towards, fill, part); Contrast(out, painted) >= 3.1 && Contrast(out, land) >= 3.1 {
			return out
		}
	}
	return towards
}
