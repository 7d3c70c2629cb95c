package server

import "github.com/demarc-map/demarc/server/web"

// facts answers with what a snapshot says as it is: datasets, canonical bytes,
// histories and the outcome of checks.
type facts struct {
	site *web.Site
	ask  *asker
}
