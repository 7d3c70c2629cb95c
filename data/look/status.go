package look

import "github.com/demarc-map/demarc/data"

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
	return map[data.Status]data.Text{
		data.Agreed:    {"en": "agreed", "ar": "متفق عليه", "he": "מוסכם"},
		data.Observed:  {"en": "observed", "ar": "مرصود", "he": "נצפה"},
		data.Published: {"en": "published on a map", "ar": "منشور على خريطة", "he": "פורסם במפה"},
		data.Claimed:   {"en": "claimed", "ar": "مُدّعى", "he": "נטען"},
		data.Proposed:  {"en": "proposed", "ar": "مقترح", "he": "מוצע"},
		data.Disputed:  {"en": "disputed", "ar": "متنازع عليه", "he": "שנוי במחלוקת"},
	}[status]
}

// restricted is the colour of land that the default party restricts: orange, so
// that it does not look like held land.
func restricted() Colour { return Colour{Hue{"#b35900", "#7c3200"}, Hue{"#ffb366", "#ffb366"}} }
