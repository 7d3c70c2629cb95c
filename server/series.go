package server

import (
	"bytes"
	"context"
	"fmt"
	"net/http"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server/catalogue"
	"github.com/demarc-map/demarc/server/web"
)

// series answers GET /v1/{dataset}/series: one row an epoch.
func (f *figures) series(r *http.Request) (*web.Answer, error) {
	return f.seriesAs(r, "series", func(l *catalogue.Loaded, series *data.Series) (*web.Answer, error) { return f.live(l, series) })
}

// seriesCSV answers GET /v1/{dataset}/series.csv: the same rows for a spreadsheet.
func (f *figures) seriesCSV(r *http.Request) (*web.Answer, error) {
	return f.seriesAs(r, "series.csv", func(l *catalogue.Loaded, series *data.Series) (*web.Answer, error) {
		var text bytes.Buffer
		if err := series.WriteCSV(&text); err != nil {
			return nil, err
		}
		headers := l.Header()
		headers["Content-Disposition"] = fmt.Sprintf(`attachment; filename="%s-%s-%s-series.csv"`, series.Dataset, series.Of, series.Basis)
		return &web.Answer{ContentType: "text/csv; charset=utf-8", Body: f.site.Body(text.Bytes()), Cache: web.CacheLive, Headers: headers}, nil
	})
}

// seriesAs computes a series and words it as an answer, which is held by kind.
func (f *figures) seriesAs(r *http.Request, kind string, word func(*catalogue.Loaded, *data.Series) (*web.Answer, error)) (*web.Answer, error) {
	q, err := f.ask.question(r, "of", "party", "basis", "from", "to")
	if err != nil {
		return nil, err
	}
	from, to, err := q.Span()
	if err != nil {
		return nil, err
	}
	q.query.AsOf, q.Clock = 0, false // a series is about all days
	return q.kept(f.site.Cached(r.Context(), fmt.Sprint(kind, " ", q.loaded.Snapshot.Name(), q.query, from, to), f.heavy.Behind(func(ctx context.Context) (*web.Answer, error) {
		series, err := q.loaded.Snapshot.Series(ctx, q.query, from, to)
		if err != nil {
			return nil, err
		}
		return word(q.loaded, &series)
	})))
}
