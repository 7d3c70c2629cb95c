package server

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"strings"

	"github.com/demarc-map/demarc/data/export"
	"github.com/demarc-map/demarc/data/style"
	"github.com/demarc-map/demarc/server/web"

	"github.com/gorilla/mux"
)

// styled is one request for a way to draw an edition.
type styled struct {
	*question
	request *http.Request
	layer   string
	lang    string
}

// language is what a BCP 47 tag may be made of.
var language = regexp.MustCompile(`^[A-Za-z0-9-]{2,35}$`)

// style answers GET /styles/{dataset}.{form}: how an edition is drawn elsewhere.
func (l *layers) style(r *http.Request) (*web.Answer, error) {
	dataset, suffix, _ := strings.Cut(mux.Vars(r)["file"], ".")
	layer, form := "zones", suffix
	if before, after, cut := strings.Cut(suffix, "."); cut && after == "qml" {
		layer, form = before, after
	}
	forms := map[string]func(*styled) (*web.Answer, error){"json": l.mapLibreStyle, "qlr": l.layerDefinition, "qml": l.layerStyle}
	word, ok := forms[form]
	if !ok {
		return nil, web.NotFound("styles are json, qlr and qml")
	}
	q, err := l.ask.edition(r, dataset, map[string][]string{"json": {"variant", "lang", "things"}, "qml": {"lang"}, "qlr": {"lang"}}[form]...)
	if err != nil {
		return nil, err
	}
	asked := &styled{q, r, layer, "en"}
	if query := r.URL.Query(); query.Has("lang") {
		asked.lang = query.Get("lang")
	}
	if !language.MatchString(asked.lang) {
		return nil, web.BadRequest("lang is a language such as en, ar or he")
	}
	a, err := word(asked)
	if err != nil {
		return nil, err
	}
	a.Headers = maps.Clone(q.loaded.EditionHeaders(q.edition))
	if form != "json" {
		a.Headers["Content-Disposition"] = fmt.Sprintf(`attachment; filename="%s"`, export.FileName(q.loaded.Snapshot, q.edition, suffix))
	}
	return a, nil
}

// drawing is the edition with its held land.
func (s *styled) drawing() (style.Drawing, error) {
	land, err := s.loaded.Snapshot.HeldLand(s.request.Context(), s.edition)
	return style.Drawing{Snapshot: s.loaded.Snapshot, Edition: s.edition, Land: land, Lang: s.lang}, err
}

// mapLibreStyle is a style by the MapLibre specification.
func (l *layers) mapLibreStyle(asked *styled) (*web.Answer, error) {
	variant := asked.request.URL.Query().Get("variant")
	if variant != "" && variant != "base" && variant != "overlay" {
		return nil, web.BadRequest("variant is base or overlay")
	}
	things, err := asked.things()
	if err != nil {
		return nil, err
	}
	minZoom, maxZoom := asked.loaded.Atlas.Zooms()
	drawing, err := asked.drawing()
	if err != nil {
		return nil, err
	}
	m := style.Map{Drawing: drawing, Tiles: l.tileAddress(asked.request, asked.question),
		Sprite: l.site.Base(asked.request) + "/styles/sprite/hatch", MinZoom: minZoom, MaxZoom: maxZoom, Overlay: variant == "overlay", Things: things}
	return l.site.JSON(web.TypeJSON, asked.cache(), m.MapLibre())
}

// things are the layers of things to draw, by their ids with commas between.
func (s *styled) things() ([]string, error) {
	query := s.request.URL.Query()
	if !query.Has("things") {
		return nil, nil
	}
	out := strings.Split(query.Get("things"), ",")
	for _, id := range out {
		if _, ok := s.loaded.Snapshot.Dataset.ThingLayer(id); !ok {
			return nil, web.BadRequest("things: %q is no layer of things of the dataset; /v1/%s lists them", web.Clip(id), s.loaded.Snapshot.Dataset.ID)
		}
	}
	return out, nil
}

// layerDefinition is the map and its features for QGIS. The addresses in it repeat
// what the request named and no more: a project that was made without a day follows
// the present, and one with a day stays there.
func (l *layers) layerDefinition(asked *styled) (*web.Answer, error) {
	minZoom, maxZoom := asked.loaded.Atlas.Zooms()
	query := asked.request.URL.Query()
	query.Del("lang")
	suffix := ""
	if len(query) > 0 {
		suffix = "?" + query.Encode()
	}
	base, id := l.site.Base(asked.request), asked.loaded.Snapshot.Dataset.ID
	drawing, err := asked.drawing()
	if err != nil {
		return nil, err
	}
	made := style.Layers{Drawing: drawing, Tiles: base + "/tiles/" + id + "/{z}/{x}/{y}.mvt" + suffix,
		Package: base + "/export/" + id + ".gpkg" + suffix, MinZoom: minZoom, MaxZoom: maxZoom}
	text, err := made.QLR()
	if err != nil {
		return nil, err
	}
	return &web.Answer{ContentType: "application/x-qgis-layer-definition", Body: l.site.Body(text), Cache: asked.cache()}, nil
}

// layerStyle is the style of one layer for QGIS.
func (l *layers) layerStyle(asked *styled) (*web.Answer, error) {
	drawing, err := asked.drawing()
	if err != nil {
		return nil, err
	}
	text, err := drawing.QML(asked.layer)
	if err != nil {
		return nil, err
	}
	return &web.Answer{ContentType: "application/x-qgis-layer-settings", Body: l.site.Body(text), Cache: asked.cache()}, nil
}
