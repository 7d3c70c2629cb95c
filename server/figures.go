package server

import (
	"bytes"
	"fmt"
	"io"

	"github.com/demarc-map/demarc/server/catalogue"
	"github.com/demarc-map/demarc/server/web"
)

// figures answers with what is computed of a snapshot: shares, series, changes
// and claims.
type figures struct {
	site  *web.Site
	ask   *asker
	gate  *web.Gate // before shares that are not held yet
	heavy *web.Gate // before everything heavier
}

// live is a live answer that names its snapshot in a header too.
func (f *figures) live(l *catalogue.Loaded, v any) (*web.Answer, error) {
	return l.Named(f.site.JSON(web.TypeJSON, web.CacheLive, v))
}

// table is an answer that has a form for spreadsheets.
type table interface{ WriteCSV(w io.Writer) error }

// wording makes an answer of a table that has a name.
type wording func(l *catalogue.Loaded, t table, name string) (*web.Answer, error)

// plain is a table as live, and needs no name.
func (f *figures) plain(l *catalogue.Loaded, t table, _ string) (*web.Answer, error) {
	return f.live(l, t)
}

// spreadsheet is a live answer as CSV, saved under a name.
func (f *figures) spreadsheet(l *catalogue.Loaded, t table, name string) (*web.Answer, error) {
	var text bytes.Buffer
	if err := t.WriteCSV(&text); err != nil {
		return nil, err
	}
	headers := l.Header()
	headers["Content-Disposition"] = fmt.Sprintf(`attachment; filename="%s.csv"`, name)
	return &web.Answer{ContentType: "text/csv; charset=utf-8", Body: f.site.Body(text.Bytes()), Cache: web.CacheLive, Headers: headers}, nil
}
