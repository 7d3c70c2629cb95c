package foreign

import (
	"math"
	"strconv"
	"strings"
)

// kmlColour reads a colour of KML, aabbggrr in hexadecimal, as #rrggbb and an
// opacity from 0 to 1 in thousandths.
func kmlColour(text string) (rgb string, opacity float64, ok bool) {
	text = strings.ToLower(strings.TrimPrefix(text, "#"))
	if len(text) == 6 {
		text = "ff" + text
	}
	if _, err := strconv.ParseUint(text, 16, 32); err != nil || len(text) != 8 {
		return "", 0, false
	}
	alpha, _ := strconv.ParseUint(text[:2], 16, 8)
	return "#" + text[6:8] + text[4:6] + text[2:4], math.Round(float64(alpha)/255*1000) / 1000, true
}
