package server

import (
	"github.com/demarc-map/demarc/body"
	"github.com/demarc-map/demarc/server/web"
)

// layers answers with maps to be drawn elsewhere: tiles, styles and files.
type layers struct {
	site      *web.Site
	ask       *asker
	counts    *counts
	heavy     *web.Gate                             // before making a file
	exports   *web.Cache                            // of files, which are larger than other answers and read in many small parts
	maxExport int64                                 // bytes of a file
	sprites   func() (map[string]*body.Body, error) // of the styles, by file name
}
