package server

import (
	"net/http"
	"regexp"
	"strings"

	"demarc/data"
	"demarc/data/style"
	"demarc/tiles"

	"github.com/gorilla/mux"
)

// styled is one request for a way to draw an edition.
type styled struct {
	request *http.Request
	place   *place
	edition data.Edition
	lang    string
	cache   string
}

// language is what a BCP 47 tag may be made of.
var language = regexp.MustCompile(`^[A-Za-z0-9-]{2,35}$`)

// style answers GET /styles/{dataset}.{form}: how an edition is drawn elsewhere.
func (s *Server) style(r *http.Request) (*answer, error) {
	dataset, suffix, _ := strings.Cut(mux.Vars(r)["file"], ".")
	forms := map[string]func(*styled) (*answer, error){"json": s.mapLibreStyle}
	form, ok := forms[suffix]
	if !ok {
		return nil, notFound("styles are json")
	}
	place, edition, cache, err := s.edition(r, dataset, "variant", "lang")
	if err != nil {
		return nil, err
	}
	asked := &styled{r, place, edition, "en", cache}
	if query := r.URL.Query(); query.Has("lang") {
		asked.lang = query.Get("lang")
	}
	if !language.MatchString(asked.lang) {
		return nil, badRequest("lang is a language such as en, ar or he")
	}
	a, err := form(asked)
	if err != nil {
		return nil, err
	}
	a.headers = editionHeaders(edition, place)
	return a, nil
}

// mapLibreStyle is a style by the MapLibre specification.
func (s *Server) mapLibreStyle(asked *styled) (*answer, error) {
	variant := asked.request.URL.Query().Get("variant")
	if variant != "" && variant != "base" && variant != "overlay" {
		return nil, badRequest("variant is base or overlay")
	}
	minZoom, maxZoom := asked.place.atlas.Zooms()
	m := style.Map{Snapshot: asked.place.snapshot, Edition: asked.edition, Tiles: s.tileAddress(asked.request, asked.place, asked.edition),
		Sprite: s.base(asked.request) + "/styles/sprite/hatch", MinZoom: minZoom, MaxZoom: maxZoom, Lang: asked.lang, Overlay: variant == "overlay"}
	return s.json(typeJSON, asked.cache, m.MapLibre())
}

// newSprites draws the sprite of all styles.
func newSprites(store *tiles.Store) (map[string]*tiles.Body, error) {
	out := map[string]*tiles.Body{}
	for ratio, suffix := range map[int]string{1: "", 2: "@2x"} {
		picture, index, err := style.Sprite(ratio)
		if err != nil {
			return nil, err
		}
		out["hatch"+suffix+".png"], out["hatch"+suffix+".json"] = store.Body(picture), store.Body(index)
	}
	return out, nil
}

// sprite answers GET /styles/sprite/{file}: the hatches that styles use.
func (s *Server) sprite(r *http.Request) (*answer, error) {
	if _, err := s.parameters(r); err != nil {
		return nil, err
	}
	file := mux.Vars(r)["file"]
	body := s.sprites[file]
	if body == nil {
		return nil, notFound("the sprite is hatch.json and hatch.png, each also with @2x")
	}
	if strings.HasSuffix(file, ".png") {
		return &answer{contentType: "image/png", body: body, cache: cacheLive, packed: true}, nil
	}
	return &answer{contentType: typeJSON, body: body, cache: cacheLive}, nil
}
