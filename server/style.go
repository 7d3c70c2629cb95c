package server

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"strings"

	"github.com/demarc-map/demarc/body"
	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/export"
	"github.com/demarc-map/demarc/data/style"

	"github.com/gorilla/mux"
)

// styled is one request for a way to draw an edition.
type styled struct {
	request *http.Request
	place   *place
	edition data.Edition
	layer   string
	lang    string
	cache   string
}

// language is what a BCP 47 tag may be made of.
var language = regexp.MustCompile(`^[A-Za-z0-9-]{2,35}$`)

// style answers GET /styles/{dataset}.{form}: how an edition is drawn elsewhere.
func (s *Server) style(r *http.Request) (*answer, error) {
	dataset, suffix, _ := strings.Cut(mux.Vars(r)["file"], ".")
	layer, form := "zones", suffix
	if before, after, cut := strings.Cut(suffix, "."); cut && after == "qml" {
		layer, form = before, after
	}
	forms := map[string]func(*styled) (*answer, error){"json": s.mapLibreStyle, "qlr": s.layerDefinition, "qml": s.layerStyle}
	word, ok := forms[form]
	if !ok {
		return nil, notFound("styles are json, qlr and qml")
	}
	place, edition, cache, err := s.edition(r, dataset, map[string][]string{"json": {"variant", "lang"}, "qml": {"lang"}, "qlr": {"lang"}}[form]...)
	if err != nil {
		return nil, err
	}
	asked := &styled{r, place, edition, layer, "en", cache}
	if query := r.URL.Query(); query.Has("lang") {
		asked.lang = query.Get("lang")
	}
	if !language.MatchString(asked.lang) {
		return nil, badRequest("lang is a language such as en, ar or he")
	}
	a, err := word(asked)
	if err != nil {
		return nil, err
	}
	a.headers = maps.Clone(editionHeaders(edition, place))
	if form != "json" {
		a.headers["Content-Disposition"] = fmt.Sprintf(`attachment; filename="%s"`, export.FileName(place.snapshot, edition, suffix))
	}
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

// layerDefinition is the map and its features for QGIS. The addresses in it repeat
// what the request named and no more: a project that was made without a day follows
// the present, and one with a day stays there.
func (s *Server) layerDefinition(asked *styled) (*answer, error) {
	minZoom, maxZoom := asked.place.atlas.Zooms()
	query := asked.request.URL.Query()
	query.Del("lang")
	suffix := ""
	if len(query) > 0 {
		suffix = "?" + query.Encode()
	}
	base, id := s.base(asked.request), asked.place.snapshot.Dataset.ID
	l := style.Layers{Snapshot: asked.place.snapshot, Edition: asked.edition, Tiles: base + "/tiles/" + id + "/{z}/{x}/{y}.mvt" + suffix,
		Package: base + "/export/" + id + ".gpkg" + suffix, MinZoom: minZoom, MaxZoom: maxZoom, Lang: asked.lang}
	text, err := l.QLR()
	if err != nil {
		return nil, err
	}
	return &answer{contentType: "application/x-qgis-layer-definition", body: s.coder.Body(text), cache: asked.cache}, nil
}

// layerStyle is the style of one layer for QGIS.
func (s *Server) layerStyle(asked *styled) (*answer, error) {
	text, err := style.QML(asked.place.snapshot, asked.edition, asked.layer, asked.lang)
	if err != nil {
		return nil, err
	}
	return &answer{contentType: "application/x-qgis-layer-settings", body: s.coder.Body(text), cache: asked.cache}, nil
}

// newSprites draws the sprite of all styles.
func newSprites(coder *body.Coder) (map[string]*body.Body, error) {
	out := map[string]*body.Body{}
	for ratio, suffix := range map[int]string{1: "", 2: "@2x"} {
		picture, index, err := style.Sprite(ratio)
		if err != nil {
			return nil, err
		}
		out["hatch"+suffix+".png"], out["hatch"+suffix+".json"] = coder.Body(picture), coder.Body(index)
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
