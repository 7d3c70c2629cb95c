package server

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"

	"github.com/demarc-map/demarc/data/picture"
	"github.com/demarc-map/demarc/server/web"
)

// The size of an embedded map in CSS pixels: as wide as its place, and no
// smaller than what finding, map and key need on a narrow phone.
const (
	embedWidth, embedHeight       = 640, 520
	embedNarrowest, embedShortest = 240, 420
)

// errNoPage says that there is nothing to embed at an address.
var errNoPage = web.NotFound("this address is no page of this server")

// oembed answers GET /oembed?url=: how the page at an address of this server is
// put into another (oEmbed 1.0, type rich), so that who pastes the address gets
// the map.
func (p *page) oembed(r *http.Request) (*web.Answer, error) {
	asked, err := web.ReadParameters(r, "url", "maxwidth", "maxheight", "format", "dnt")
	if err != nil {
		return nil, err
	}
	if format := asked.Get("format"); format != "" && format != "json" {
		return nil, web.BadRequest("format is json, not %q", web.Clip(format))
	}
	width, err := asked.Whole("maxwidth", embedWidth, embedNarrowest, embedWidth)
	if err != nil {
		return nil, err
	}
	height, err := asked.Whole("maxheight", embedHeight, embedShortest, embedHeight)
	if err != nil {
		return nil, err
	}
	base := p.site.Base(r)
	address, err := addressed(base, asked.Get("url"))
	if err != nil || strings.TrimSuffix(address.Scheme+"://"+address.Host+address.Path, "/") != base {
		return nil, errNoPage
	}
	q, err := p.ask.page(address.Query())
	if err != nil {
		return nil, err
	}
	words := picture.In(q.Get("lang"))
	key := fmt.Sprint("oembed ", q.loaded.Snapshot.Name(), " ", q.query, " ", words.Lang, " ", base, " ", address.RawQuery, " ", width, " ", height)
	return p.site.Cached(r.Context(), key, func(ctx context.Context) (*web.Answer, error) {
		values, err := valuesOf(ctx, q.loaded.Snapshot, q.query, words, base)
		if err != nil {
			return nil, err
		}
		answer := map[string]any{"version": "1.0", "type": "rich", "provider_name": "demarc", "provider_url": base + "/", "title": values.Title,
			"width": width, "height": height, "html": frame(base, address.Query(), values.Title, height)}
		if values.Picture != "" {
			answer["thumbnail_url"], answer["thumbnail_width"], answer["thumbnail_height"] = base+"/"+values.Picture, 1200, 630
		}
		return p.site.JSON(web.TypeJSON, web.CacheLive, answer)
	})
}

// addressed is an address as it is, or one without a server on this one.
func addressed(base, text string) (*url.URL, error) {
	own, err := url.Parse(base + "/")
	if err != nil || text == "" {
		return nil, errNoPage
	}
	return own.Parse(text)
}

// frame is the markup that embeds a page; the page itself offers the same.
func frame(base string, query url.Values, title string, height int) string {
	query.Set("embed", "1")
	return fmt.Sprintf(`<iframe src="%s" title="%s" loading="lazy" width="100%%" height="%d" style="border:0"></iframe>`,
		html.EscapeString(base+"/?"+query.Encode()), html.EscapeString(title), height)
}
