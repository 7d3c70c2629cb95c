package server

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"path"

	"github.com/demarc-map/demarc/server/web"
)

// PageMarks are the texts in index.html between which the server writes what
// the page says before any script runs. Where they are empty it is served as it is.
type PageMarks struct {
	HeadStart, HeadEnd       string // around the title
	FiguresStart, FiguresEnd string // around what is inside noscript
}

// page is the web page.
type page struct {
	site    *web.Site
	ask     *asker
	facts   *facts   // what the page asks first of all
	figures *figures // likewise
	log     *slog.Logger
	files   fs.FS     // none when nil
	built   bool      // files are the built page, not the fallback
	desk    *desk     // whether the reader may have files looked at
	keeps   bool      // readers' browsers may keep it for when the server cannot be reached
	marks   PageMarks // where figures are written into it; nowhere when empty
}

var errFolder = errors.New("a folder")

// file is one of the page's files as it was built.
func (p *page) file(ctx context.Context, name string) (*web.Answer, error) {
	return p.site.Cached(ctx, "page "+name, func(context.Context) (*web.Answer, error) {
		info, err := fs.Stat(p.files, name)
		if err != nil {
			return nil, err
		}
		if info.IsDir() {
			return nil, errFolder
		}
		text, err := fs.ReadFile(p.files, name)
		if err != nil {
			return nil, err
		}
		return &web.Answer{ContentType: contentType(name), Body: p.site.Body(text)}, nil
	})
}

// contentType goes by the file's ending; the machine's own table is not asked.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return web.TypeHTML
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".json", ".map":
		return web.TypeJSON
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".pdf":
		return "application/pdf"
	case ".ico":
		return "image/x-icon"
	case ".md", ".txt":
		return "text/plain; charset=utf-8"
	case ".woff2":
		return "font/woff2"
	}
	return "application/octet-stream"
}
