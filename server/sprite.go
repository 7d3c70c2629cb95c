package server

import (
	"net/http"
	"strings"
	"sync"

	"github.com/demarc-map/demarc/body"
	"github.com/demarc-map/demarc/data/style"
	"github.com/demarc-map/demarc/server/web"

	"github.com/gorilla/mux"
)

// newSprites returns the files of the sprite of all styles, which are drawn for who
// asks first: a start does not wait for them.
func newSprites(site *web.Site) func() (map[string]*body.Body, error) {
	return sync.OnceValues(func() (map[string]*body.Body, error) {
		out := map[string]*body.Body{}
		for ratio, suffix := range map[int]string{1: "", 2: "@2x"} {
			picture, index, err := style.Sprite(ratio)
			if err != nil {
				return nil, err
			}
			out["hatch"+suffix+".png"], out["hatch"+suffix+".json"] = site.Body(picture), site.Body(index)
		}
		return out, nil
	})
}

// sprite answers GET /styles/sprite/{file}: the hatches that styles use.
func (l *layers) sprite(r *http.Request) (*web.Answer, error) {
	if err := l.ask.nothing(r); err != nil {
		return nil, err
	}
	sprites, err := l.sprites()
	if err != nil {
		return nil, err
	}
	file := mux.Vars(r)["file"]
	body := sprites[file]
	if body == nil {
		return nil, web.NotFound("the sprite is hatch.json and hatch.png, each also with @2x")
	}
	if strings.HasSuffix(file, ".png") {
		return &web.Answer{ContentType: "image/png", Body: body, Cache: web.CacheLive, Packed: true}, nil
	}
	return &web.Answer{ContentType: web.TypeJSON, Body: body, Cache: web.CacheLive}, nil
}
