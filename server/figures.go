package server

import (
	"github.com/demarc-map/demarc/server/catalogue"
	"github.com/demarc-map/demarc/server/web"
)

// figures answers with what is computed of a snapshot: shares, series, changes
// and claims.
type figures struct {
	site  *web.Site
	ask   *asker
	gate  *web.Gate // before shares that are not held yet
	heavy *web.Gate // before everything heavier
}

// live is a live answer that names its snapshot in a header too.
func (f *figures) live(l *catalogue.Loaded, v any) (*web.Answer, error) {
	return l.Named(f.site.JSON(web.TypeJSON, web.CacheLive, v))
}
