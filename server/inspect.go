package server

import (
	"bytes"
	"cmp"
	"io"
	"net/http"

	"github.com/demarc-map/demarc/data/intake/foreign"
	"github.com/demarc-map/demarc/data/intake/inspect"
	"github.com/demarc-map/demarc/server/catalogue"
	"github.com/demarc-map/demarc/server/web"
)

// inspections tell what is in a file that somebody sends, and keep nothing of it.
type inspections struct {
	site     *web.Site
	ask      *asker
	desk     *desk
	gate     *web.Gate
	vertices int // of a file, at most
}

// inspect answers POST /v1/inspect. Who may not ask is told so before any of the
// body is read.
func (i *inspections) inspect() web.Resource {
	look := i.site.Heavy(i.gate, i.look)
	return func(r *http.Request) (*web.Answer, error) {
		if err := i.desk.admits(r); err != nil {
			return nil, err
		}
		return look(r)
	}
}

// unpacksBy is how many times its size a file may unpack to, and unpacks how many
// bytes in any case: the memory that is at work goes by the size of the body.
const (
	unpacksBy = 8
	unpacks   = 1 << 20
)

// look reads the body. What is wrong with the file as a whole is a data.Fault,
// what is wrong within it is in the answer.
func (i *inspections) look(r *http.Request) (*web.Answer, error) {
	asked, err := catalogue.ReadParameters(r, i.ask.now(), "name", "layer")
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	file, how := sent(asked, "file", text)
	found, err := inspect.Look(r.Context(), file, inspect.Options{Vertices: i.vertices, MaxSteps: postedSteps, Options: how})
	if err != nil {
		return nil, err
	}
	return i.site.JSON(web.TypeJSON, web.CacheNone, found)
}

// sent is the file that a body is, of any format that is imported, and how it is read.
// It has the name that the request gives it, or another.
func sent(asked *catalogue.Parameters, otherwise string, text []byte) (foreign.File, foreign.Options) {
	return foreign.File{Name: cmp.Or(web.Clip(asked.Get("name")), otherwise), Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }},
		foreign.Options{Layer: asked.Get("layer"), Limit: max(unpacks, unpacksBy*int64(len(text)))}
}
