package catalogue

import (
	"net/http"
	"sync/atomic"

	"github.com/demarc-map/demarc/server/web"
)

// Current is the catalogue of the moment, none at first. It is safe for
// concurrent use.
type Current struct{ atomic.Pointer[Catalogue] }

// errNotReady says that there is none yet.
var errNotReady = &web.Problem{Status: http.StatusServiceUnavailable, Detail: "no dataset has been loaded yet",
	Header: http.Header{"Retry-After": {"5"}}}

// Served returns the catalogue, or says that there is none yet. A request asks
// once, so that its answer is all of one snapshot.
func (c *Current) Served() (*Catalogue, error) {
	if served := c.Load(); served != nil {
		return served, nil
	}
	return nil, errNotReady
}
