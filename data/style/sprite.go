package style

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"

	"github.com/demarc-map/demarc/data/look"
)

// spriteWidth is how many patterns lie side by side in the sprite.
const spriteWidth = 16

// Sprite returns the picture of all patterns as PNG and where each lies in it as
// JSON, at one or two device pixels in a CSS pixel. It has those that datasets
// with up to eight parties need; datasets with more have them for those eight.
func Sprite(ratio int) (picture, index []byte, err error) {
	all := look.Paints()
	cell := 0
	for _, p := range all {
		cell = max(cell, p.Side()*ratio/2)
	}
	sheet := image.NewNRGBA(image.Rect(0, 0, cell*spriteWidth, cell*((len(all)+spriteWidth-1)/spriteWidth)))
	places := map[string]map[string]int{}
	for i, p := range all {
		left, top, side := i%spriteWidth*cell, i/spriteWidth*cell, p.Side()*ratio/2
		for y := range side {
			for x := range side {
				sheet.SetNRGBA(left+x, top+y, p.At(x*2/ratio, y*2/ratio))
			}
		}
		places[p.Name()] = map[string]int{"x": left, "y": top, "width": side, "height": side, "pixelRatio": ratio}
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, sheet); err != nil {
		return nil, nil, err
	}
	index, err = json.Marshal(places)
	return out.Bytes(), index, err
}
