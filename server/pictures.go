package server

import (
	"context"
	"fmt"
	"net/http"

	"github.com/demarc-map/demarc/data/picture"
	"github.com/demarc-map/demarc/server/web"
)

// pictures answers with drawn maps.
type pictures struct {
	site *web.Site
	ask  *asker
	gate *web.Gate // before a map is drawn
	made *sheets
}

// svg answers GET /map.svg: a map of one day and reading that says what it
// shows, in a language of data/words (lang).
func (p *pictures) svg(r *http.Request) (*web.Answer, error) {
	return p.drawn(r, drawing{name: "map.svg", draw: func(_ context.Context, _ *question, said picture.Statement) ([]byte, error) {
		return picture.SVG(said), nil
	}})
}

// png answers GET /map.png: figure and map as a small picture, likewise.
func (p *pictures) png(r *http.Request) (*web.Answer, error) {
	return p.drawn(r, drawing{name: "map.png", packed: true, draw: func(ctx context.Context, q *question, said picture.Statement) ([]byte, error) {
		plate, err := p.made.plate(ctx, q, said)
		if err != nil {
			return nil, err
		}
		return plate.PNG(said)
	}})
}

// drawing is a way to draw a map.
type drawing struct {
	name   string
	draw   func(context.Context, *question, picture.Statement) ([]byte, error)
	packed bool // it is compressed in itself
}

// drawn is a drawn map as a live answer that may load nothing and run nothing.
func (p *pictures) drawn(r *http.Request, d drawing) (*web.Answer, error) {
	q, err := p.ask.picture(r)
	if err != nil {
		return nil, err
	}
	words := picture.In(q.Get("lang"))
	around := q.context()
	a, err := p.made.answers.Answer(r.Context(), fmt.Sprint(d.name, " ", q.loaded.Snapshot.Name(), " ", around.Named(), q.query, words.Lang), p.gate.Behind(func(ctx context.Context) (*web.Answer, error) {
		share, err := q.loaded.Snapshot.Share(ctx, q.query)
		if err != nil {
			return nil, err
		}
		said, err := picture.Stated(ctx, words, q.loaded.Snapshot, share)
		if err != nil {
			return nil, err
		}
		said.Context = around
		text, err := d.draw(ctx, q, said)
		if err != nil {
			return nil, err
		}
		headers := q.loaded.Header()
		headers["Content-Security-Policy"] = drawnPolicy
		return &web.Answer{ContentType: contentType(d.name), Body: p.site.Body(text), Cache: web.CacheLive, Headers: headers, Packed: d.packed}, nil
	}))
	return q.kept(a, err)
}

// drawnPolicy keeps a drawn map from loading and running anything.
const drawnPolicy = "default-src 'none'"

// locator answers GET /locator.svg: an inset that shows where on earth the territory
// is, in a language of data/words (lang), for a light or a dark page (theme).
func (p *pictures) locator(r *http.Request) (*web.Answer, error) {
	q, err := p.ask.around(r)
	if err != nil {
		return nil, err
	}
	theme := q.Get("theme")
	if theme != "" && theme != "light" && theme != "dark" {
		return nil, web.BadRequest("theme is light or dark")
	}
	words := picture.In(q.Get("lang"))
	a, err := p.made.answers.Answer(r.Context(), fmt.Sprint("locator.svg ", q.loaded.Snapshot.Name(), " ", q.Map.Name, words.Lang, theme), p.gate.Behind(func(context.Context) (*web.Answer, error) {
		text := picture.Locator(words, q.loaded.Snapshot, q.Map, theme == "dark")
		if text == nil {
			return nil, web.NotFound("the context of this dataset has no inset")
		}
		return &web.Answer{ContentType: contentType("locator.svg"), Body: p.site.Body(text), Cache: web.CacheLive, Headers: map[string]string{"Content-Security-Policy": drawnPolicy}}, nil
	}))
	return a, err
}
