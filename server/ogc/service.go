package ogc

import (
	"html/template"
	"time"

	"github.com/demarc-map/demarc/server/catalogue"
	"github.com/demarc-map/demarc/server/web"
)

// Options are what the resources answer from.
type Options struct {
	*web.Site
	Current *catalogue.Current
	Now     func() time.Time // the clock that "today" comes from
	Heavy   *web.Gate        // before pages of features

	Description []byte       // of every path of the server (OpenAPI 3.0), of which those under /ogc are shown
	Style       template.CSS // of the page for people
	Policy      string       // which lets the style apply
}

// service answers the paths under /ogc.
type service struct{ Options }
