package look

import (
	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/words"
)

// OfStatus is the colour of a zone that does not count: the fill is that of its
// hatches.
func OfStatus(status data.Status) Colour {
	switch status {
	case data.Agreed, data.Observed:
		return Colour{Hue{Coast, "#3d4751"}, Hue{"#93a1ad", "#c3ccd4"}}
	case data.Published:
		return Colour{Hue{"#8a5a00", "#5c3c00"}, Hue{"#f0c060", "#f0c060"}}
	case data.Claimed, data.Proposed, data.Disputed:
	}
	return Colour{Hue{"#d55e00", "#7c3200"}, Hue{"#ffa366", "#ffa366"}}
}

// StatusWords is what a status is called in every language.
func StatusWords(status data.Status) data.Text {
	out := data.Text{}
	for _, lang := range words.Langs() {
		out[lang] = words.In(lang).Status(string(status)).Name
	}
	return out
}

// restricted is the colour of land that the default party restricts: orange, so
// that it does not look like held land.
func restricted() Colour { return Colour{Hue{"#b35900", "#7c3200"}, Hue{"#ffb366", "#ffb366"}} }
