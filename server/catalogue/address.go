package catalogue

import (
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/server/web"
)

// TypeTile is the content type of vector tiles.
const TypeTile = "application/vnd.mapbox-vector-tile"

// TileAddress reads z, x and y. Each has one spelling, so that a cache holds each
// tile once; a row may end in .mvt or .pbf. Whether the tile exists is the atlas's to say.
func TileAddress(zoom, column, row string) (z, x, y uint32, err error) {
	row, suffix, dotted := strings.Cut(row, ".")
	if dotted && suffix != "mvt" && suffix != "pbf" {
		return 0, 0, 0, web.NotFound("tiles end in .mvt, .pbf or nothing")
	}
	var n [3]uint32
	for i, text := range []string{zoom, column, row} {
		v, err := strconv.ParseUint(text, 10, 32)
		if err != nil || strconv.FormatUint(v, 10) != text {
			return 0, 0, 0, web.BadRequest("a tile is z/x/y in plain whole numbers, not %q", web.Clip(text))
		}
		n[i] = uint32(v)
	}
	return n[0], n[1], n[2], nil
}
