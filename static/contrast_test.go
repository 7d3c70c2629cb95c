package static

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"testing"
)

// linear is a colour of light: red, green, blue from 0 to 1, without the sRGB curve.
type linear [3]float64

// palette is web/src/map/colours.json: the colours that are the page's own. Those
// of parties, statuses and lines are the server's and tested there.
type palette struct {
	Light map[string]string `json:"light"`
	Dark  map[string]string `json:"dark"`
}

// deficiencies are how colours are seen, for linear light at full severity.
// Source: Machado, Oliveira and Fernandes (2009), A Physiologically-based Model
// for Simulation of Color Vision Deficiency, table 1.
var deficiencies = map[string][3]linear{
	"trichromat":   {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

func TestEveryOutlineStandsOutAgainstBothOfItsSidesForEveryEye(t *testing.T) {
	for theme, colours := range palettes(t) {
		grounds := map[string][3]float64{}
		for _, ground := range []string{"land", "around", "sea", "neighbour", "builtup"} {
			grounds[ground] = read(t, colours[ground])
		}
		for eye, matrix := range deficiencies {
			// A line is seen by its colour or by its casing, whichever stands out more.
			worst := math.Inf(1)
			check := func(outline string, inks ...string) {
				for ground, colour := range grounds {
					best := 0.0
					for _, ink := range inks {
						best = max(best, contrast(seen(matrix, read(t, ink)), seen(matrix, colour)))
					}
					worst = min(worst, best)
					if best < 3 {
						t.Errorf("%s, %s: %s has a contrast of %.2f against %s", theme, eye, outline, best, ground)
					}
				}
			}
			check("what has no colour of the server", colours["neutral"])
			check("what the reader draws", colours["sketch"], colours["halo"])
			check("land of the later side only", colours["gained"], colours["halo"])
			check("land of the earlier side only", colours["lost"], colours["halo"])
			check("the outline of the place picked out", colours["chosen"])
			t.Logf("%s, %s: the least contrast is %.2f", theme, eye, worst)
		}
	}
}

// Names of the background are read against what they lie on, or their halo, which is
// what a letter touches; and nothing of it is as loud as an outline of the map.
func TestTheBackgroundIsReadableAndMuted(t *testing.T) {
	for theme, colours := range palettes(t) {
		ratio := func(a, b string) float64 {
			matrix := deficiencies["trichromat"]
			return contrast(seen(matrix, read(t, colours[a])), seen(matrix, read(t, colours[b])))
		}
		for name, grounds := range map[string][]string{"town": {"neighbour", "builtup", "halo"}, "text": {"land", "builtup", "halo"}, "seaName": {"sea"}} {
			for _, ground := range grounds {
				if got := ratio(name, ground); got < 4.5 {
					t.Errorf("%s: %s has a contrast of %.2f against %s", theme, name, got, ground)
				}
			}
		}
		for _, muted := range []string{"sea", "builtup", "road", "mainRoad", "water"} {
			if got, most := ratio(muted, "neighbour"), ratio("coast", "land")/2; got > most {
				t.Errorf("%s: %s has a contrast of %.2f, more than half that of the outline, %.2f", theme, muted, got, most)
			}
		}
		if ratio("sea", "neighbour") < 1.1 {
			t.Errorf("%s: sea is not told from land", theme)
		}
	}
}

// palettes are the page's colours by theme.
func palettes(t *testing.T) map[string]map[string]string {
	t.Helper()
	text, err := os.ReadFile("web/src/map/colours.json")
	if err != nil {
		t.Fatal(err)
	}
	var p palette
	if err := json.Unmarshal(text, &p); err != nil {
		t.Fatal(err)
	}
	return map[string]map[string]string{"light": p.Light, "dark": p.Dark}
}

// read returns #rrggbb as sRGB from 0 to 1.
func read(t *testing.T, hex string) (out [3]float64) {
	t.Helper()
	var bytes [3]uint8
	if _, err := fmt.Sscanf(hex, "#%02x%02x%02x", &bytes[0], &bytes[1], &bytes[2]); err != nil {
		t.Fatalf("%q is no colour: %v", hex, err)
	}
	for i, b := range bytes {
		out[i] = float64(b) / 255
	}
	return out
}

// seen is the light that an eye makes of a colour.
func seen(matrix [3]linear, colour [3]float64) (out linear) {
	for i, row := range matrix {
		for k, c := range colour {
			v := c / 12.92
			if c > 0.04045 {
				v = math.Pow((c+0.055)/1.055, 2.4)
			}
			out[i] += row[k] * v
		}
		out[i] = min(1, max(0, out[i]))
	}
	return out
}

// contrast is the ratio of WCAG 2.2, from 1 to 21.
func contrast(a, b linear) float64 {
	luminance := func(c linear) float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}
