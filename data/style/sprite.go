package style

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"strconv"
)

// patternSize is the side of a pattern in CSS pixels. Patterns repeat without a seam.
const patternSize = 8

// pattern is a hatch: which pixels of a square of 16 have ink.
type pattern struct {
	name, colour string
	ink          func(x, y int) bool
}

// patterns are the hatches, in the order in which they lie in the sprite.
func patterns() []pattern {
	const side, thin, broad = 16, 2, 4
	rising := func(x, y, stroke int) bool { return (x+y)%side < stroke }
	falling := func(x, y, stroke int) bool { return (x-y+side)%side < stroke }
	return []pattern{
		{"restricted", HeldOutline, func(x, y int) bool { return rising(x, y, thin) }},
		{"claimed", Disputed, func(x, y int) bool { return rising(x, y, broad) }},
		{"proposed", Disputed, func(x, y int) bool { return rising(x, y, broad) && y%8 < 4 }},
		{"disputed", Disputed, func(x, y int) bool { return rising(x, y, thin) || falling(x, y, thin) }},
	}
}

// inkOf is the colour of a pattern.
func inkOf(name string) string {
	for _, p := range patterns() {
		if p.name == name {
			return p.colour
		}
	}
	return Disputed
}

// Sprite returns the picture of all patterns as PNG and where each lies in it as
// JSON, at one or two device pixels in a CSS pixel.
func Sprite(ratio int) (picture, index []byte, err error) {
	all, side := patterns(), patternSize*ratio
	sheet := image.NewNRGBA(image.Rect(0, 0, side*len(all), side))
	places := map[string]map[string]int{}
	for i, p := range all {
		ink := rgb(p.colour)
		for y := range side {
			for x := range side {
				if p.ink(x*2/ratio, y*2/ratio) {
					sheet.SetNRGBA(i*side+x, y, ink)
				}
			}
		}
		places[p.name] = map[string]int{"x": i * side, "y": 0, "width": side, "height": side, "pixelRatio": ratio}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, sheet); err != nil {
		return nil, nil, err
	}
	index, err = json.Marshal(places)
	return out.Bytes(), index, err
}

// rgb reads a colour written #rrggbb.
func rgb(hex string) color.NRGBA {
	v, err := strconv.ParseUint(hex[1:], 16, 24)
	if err != nil {
		panic(err) // a colour of ours
	}
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 255}
}
