package server

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/gorilla/mux"
)

const typeTile = "application/vnd.mapbox-vector-tile"

// tile answers GET /tiles/{dataset}/{z}/{x}/{y}.mvt.
func (s *Server) tile(r *http.Request) (*answer, error) {
	z, x, y, err := address(mux.Vars(r))
	if err != nil {
		return nil, err
	}
	place, edition, cache, err := s.edition(r, mux.Vars(r)["dataset"])
	if err != nil {
		return nil, err
	}
	tile, err := place.atlas.Tile(r.Context(), edition, z, x, y)
	if err != nil {
		return nil, err
	}
	out := &answer{contentType: typeTile, cache: cache, headers: editionHeaders(edition, place)}
	if tile != nil { // an empty one has no body
		out.body, out.notes = tile.Body, tile.Notes
	}
	return out, nil
}

// address reads z, x and y. Each has one spelling, so that a cache holds each
// tile once; whether the tile exists is the atlas's to say.
func address(vars map[string]string) (z, x, y uint32, err error) {
	row, suffix, dotted := strings.Cut(vars["tile"], ".")
	if dotted && suffix != "mvt" && suffix != "pbf" {
		return 0, 0, 0, notFound("tiles end in .mvt, .pbf or nothing")
	}
	var n [3]uint32
	for i, text := range []string{vars["z"], vars["x"], row} {
		v, err := strconv.ParseUint(text, 10, 32)
		if err != nil || strconv.FormatUint(v, 10) != text {
			return 0, 0, 0, badRequest("a tile is z/x/y in plain whole numbers, not %q", clipped(text))
		}
		n[i] = uint32(v)
	}
	return n[0], n[1], n[2], nil
}
