package server

import (
	"context"
	"fmt"
	"net/http"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/picture"
)

// mapSVG answers GET /map.svg: a map of one day and reading that says what it
// shows, in English, Arabic or Hebrew (lang).
func (s *Server) mapSVG(r *http.Request) (*answer, error) {
	return s.drawn(r, drawing{name: "map.svg", draw: func(said picture.Statement) ([]byte, error) { return picture.SVG(said), nil }})
}

// mapPNG answers GET /map.png: figure and map as a small picture. Its words are
// English whatever lang says, since its fonts are Latin.
func (s *Server) mapPNG(r *http.Request) (*answer, error) {
	return s.drawn(r, drawing{name: "map.png", draw: picture.PNG, latin: true})
}

// drawing is a way to draw a map.
type drawing struct {
	name  string
	draw  func(picture.Statement) ([]byte, error)
	latin bool // its words are English
}

// drawn is a drawn map as a live answer that may load nothing and run nothing.
func (s *Server) drawn(r *http.Request, d drawing) (*answer, error) {
	place, p, query, err := s.sheetOf(r)
	if err != nil {
		return nil, err
	}
	words := picture.In(p.values.Get("lang"))
	if d.latin {
		words = picture.In("en")
	}
	a, err := s.cached(fmt.Sprint(d.name, " ", place.snapshot.Name(), query, words.Lang), s.figures.behind(func(ctx context.Context) (*answer, error) {
		share, err := place.snapshot.Share(ctx, query)
		if err != nil {
			return nil, err
		}
		text, err := d.draw(picture.Statement{Words: words, Snapshot: place.snapshot, Share: share})
		if err != nil {
			return nil, err
		}
		headers := snapshotHeader(place)
		headers["Content-Security-Policy"] = "default-src 'none'"
		return &answer{contentType: contentType(d.name), body: s.coder.Body(text), cache: cacheLive, headers: headers}, nil
	}))
	return p.kept(a, err)
}

// sheetOf reads a request for a picture and answers its question.
func (s *Server) sheetOf(r *http.Request) (*place, *parameters, data.Query, error) {
	var query data.Query
	p, err := s.parameters(r, "area", "as_of", "of", "party", "basis", "lang", "snapshot", "as_known")
	if err != nil {
		return nil, nil, query, err
	}
	area, err := p.id("area")
	if err != nil {
		return nil, nil, query, err
	}
	c, place, err := s.placeOrFirst(area)
	if err != nil {
		return nil, nil, query, err
	}
	if place, err = s.asKnown(r.Context(), c, place, p); err != nil {
		return nil, nil, query, err
	}
	query, err = p.query()
	return place, p, query, err
}
