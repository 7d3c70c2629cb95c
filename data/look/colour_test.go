package look

import (
	"fmt"
	"math"
	"testing"

	"github.com/demarc-map/demarc/data"
)

// vision turns linear RGB into that which a reader sees: Machado, Oliveira and
// Fernandes (2009), severity 1.
var vision = map[string][3][3]float64{
	"any":    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protan": {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deutan": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritan": {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

// seen is a colour in CIELAB (D65) as a reader sees it.
func seen(hex string, by [3][3]float64) [3]float64 {
	c := RGB(hex)
	in := [3]float64{linear(c.R), linear(c.G), linear(c.B)}
	times := func(m [3][3]float64, v [3]float64) (out [3]float64) {
		for i := range m {
			out[i] = m[i][0]*v[0] + m[i][1]*v[1] + m[i][2]*v[2]
		}
		return out
	}
	rgb := times(by, in)
	for i := range rgb {
		rgb[i] = math.Min(1, math.Max(0, rgb[i]))
	}
	xyz := times([3][3]float64{{0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}}, rgb)
	f := func(v float64) float64 {
		if v > 216.0/24389 {
			return math.Cbrt(v)
		}
		return (24389.0/27*v + 16) / 116
	}
	x, y, z := f(xyz[0]/0.95047), f(xyz[1]), f(xyz[2]/1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// parties is a dataset with so many parties.
func parties(n int) *data.Dataset {
	d := &data.Dataset{Party: "p-0"}
	for i := range n {
		d.Parties = append(d.Parties, data.Party{ID: fmt.Sprintf("p-%d", i)})
	}
	return d
}

// apart is the least difference of two fills, and of a fill and bare land, as
// painted: a difference in CIELAB of 2.3 can just be noticed side by side.
const apart = 10

func TestEightPartiesAreToldApartWithEveryColourVision(t *testing.T) {
	d := parties(8)
	for _, land := range []string{Land, DarkLand} {
		painted := []string{land}
		for _, p := range d.Parties {
			fill := OfParty(d, p.ID).Fill
			if land == DarkLand {
				fill = OfParty(d, p.ID).Dark.Fill
			}
			painted = append(painted, Blend(fill, land, Opacity))
		}
		for name, by := range vision {
			for i, a := range painted {
				for _, b := range painted[:i] {
					x, y := seen(a, by), seen(b, by)
					if got := math.Sqrt((x[0]-y[0])*(x[0]-y[0]) + (x[1]-y[1])*(x[1]-y[1]) + (x[2]-y[2])*(x[2]-y[2])); got < apart {
						t.Errorf("%s: %s and %s are %.1f apart", name, a, b, got)
					}
				}
			}
		}
	}
}

func TestOutlinesStandOutFromBothSides(t *testing.T) {
	d := parties(40)
	fills := map[string]bool{}
	for _, p := range d.Parties {
		c := OfParty(d, p.ID)
		for _, side := range []struct {
			Hue
			land string
		}{{c.Hue, Land}, {c.Dark, DarkLand}} {
			if fills[side.Fill+side.land] {
				t.Errorf("%s has the colour of another: %s on %s", p.ID, side.Fill, side.land)
			}
			fills[side.Fill+side.land] = true
			painted := Blend(side.Fill, side.land, Opacity)
			for _, under := range []string{side.land, painted} {
				if got := Contrast(side.Outline, under); got < 3 {
					t.Errorf("%s: %s on %s has a contrast of %.2f", p.ID, side.Outline, under, got)
				}
			}
			if got := Contrast(painted, DarkLand); side.land == DarkLand && got < 1.4 {
				t.Errorf("%s: %s is hardly seen on the dark page's land: %.2f", p.ID, painted, got)
			}
		}
	}
	for _, land := range []string{Land, DarkLand} {
		if got := Contrast(Blend(many, land, Opacity), land); got < 1.4 {
			t.Errorf("land of many is hardly seen on %s: %.2f", land, got)
		}
	}
	for _, status := range data.Statuses() {
		c := OfStatus(status)
		if Contrast(c.Outline, Land) < 3 || Contrast(c.Dark.Outline, DarkLand) < 3 {
			t.Errorf("%s is not seen on land", status)
		}
	}
}

func TestPatternsRepeatWithoutASeam(t *testing.T) {
	paints := []Paint{{Solid, []string{"#0072b2", "#cc79a7"}}, {Solid, []string{"#0072b2", "#cc79a7", "#00cc00"}}, {Solid, nil},
		{Restricted, []string{"#b35900"}}, {Claims, []string{"#0072b2", "#cc79a7"}}}
	for _, status := range data.Statuses() {
		paints = append(paints, NotHeld(status).Paint)
	}
	for _, p := range paints {
		side, ink := p.Side(), 0
		for y := range side {
			for x := range side {
				if p.At(x, y) != p.At(x+side, y) || p.At(x, y) != p.At(x-side, y-side) {
					t.Fatalf("%s does not repeat at %d, %d", p.Name(), x, y)
				}
				if p.At(x, y).A == 255 {
					ink++
				}
			}
		}
		if share := float64(ink) / float64(side*side); p.Pattern != Solid && (share < 0.05 || share > 0.4) {
			t.Errorf("%s: %.2f of it is ink", p.Name(), share)
		}
	}
}
