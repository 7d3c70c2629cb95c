package look

import (
	"fmt"
	"image/color"
	"math"
	"strconv"
)

// RGB reads a colour written #rrggbb.
func RGB(hex string) color.NRGBA {
	v, err := strconv.ParseUint(hex[1:], 16, 24)
	if err != nil {
		panic(err) // a colour of ours
	}
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 255}
}

// At is a colour with an opacity from 0 to 1.
func At(hex string, opacity float64) color.NRGBA {
	c := RGB(hex)
	c.A = uint8(math.Round(255 * opacity))
	return c
}

// Blend is a colour laid over another with an opacity.
func Blend(over, under string, opacity float64) string {
	a, b := RGB(over), RGB(under)
	mix := func(x, y uint8) int { return int(math.Round(opacity*float64(x) + (1-opacity)*float64(y))) }
	return fmt.Sprintf("#%02x%02x%02x", mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B))
}

// Contrast is the ratio of the luminances of two colours, from 1 to 21 (WCAG 2.2).
func Contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func luminance(hex string) float64 {
	c := RGB(hex)
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

// linear is the light of a channel of sRGB (IEC 61966-2-1), from 0 to 1.
func linear(channel uint8) float64 {
	v := float64(channel) / 255
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}
