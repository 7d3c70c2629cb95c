package archive

import (
	"fmt"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/tiles"
)

// Options say what of an atlas is archived.
type Options struct {
	Edition          data.Edition
	MinZoom, MaxZoom uint32 // within those of the atlas

	// Maker names the program that makes the tiles. What another one left
	// unfinished is not gone on with.
	Maker string
	// Progress is told from time to time how many tiles are done of those that may
	// show anything; nil when nobody wants to know.
	Progress func(done, total int)
}

// check refuses zooms that the atlas does not have.
func (o *Options) check(atlas *tiles.Atlas) error {
	if low, high := atlas.Zooms(); o.MinZoom > o.MaxZoom || o.MinZoom < low || o.MaxZoom > high {
		return fmt.Errorf("archive: zooms %d to %d are not within %d to %d", o.MinZoom, o.MaxZoom, low, high)
	}
	return nil
}
