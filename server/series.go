package server

import (
	"context"
	"fmt"
	"net/http"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server/web"
)

// series answers GET /v1/{dataset}/series: one row an epoch, or one a period with
// every.
func (f *figures) series(r *http.Request) (*web.Answer, error) {
	return f.seriesAs(r, "series", f.plain)
}

// seriesCSV answers GET /v1/{dataset}/series.csv: the same rows for a spreadsheet.
func (f *figures) seriesCSV(r *http.Request) (*web.Answer, error) {
	return f.seriesAs(r, "series.csv", f.spreadsheet)
}

// seriesAs computes a series and words it as an answer, which is held by kind.
func (f *figures) seriesAs(r *http.Request, kind string, word wording) (*web.Answer, error) {
	q, err := f.ask.question(r, "of", "party", "basis", "from", "to", "every")
	if err != nil {
		return nil, err
	}
	asked, err := periodsAsked(q)
	if err != nil {
		return nil, err
	}
	q.Clock = false // a series is about all days
	return q.kept(f.site.Cached(r.Context(), fmt.Sprint(kind, " ", q.loaded.Snapshot.Name(), asked), f.heavy.Behind(func(ctx context.Context) (*web.Answer, error) {
		if asked.Every != "" {
			periods, err := q.loaded.Snapshot.Periods(ctx, asked)
			if err != nil {
				return nil, err
			}
			return word(q.loaded, periods, fmt.Sprintf("%s-%s-%s-series-by-%s", periods.Dataset, periods.Of, periods.Basis, periods.Every))
		}
		series, err := q.loaded.Snapshot.Series(ctx, asked.Query, asked.From, asked.To)
		if err != nil {
			return nil, err
		}
		return word(q.loaded, &series, fmt.Sprintf("%s-%s-%s-series", series.Dataset, series.Of, series.Basis))
	})))
}

// periodsAsked reads what a series is asked for; without every it is one of epochs.
// A period ends with the state of a day, which is none after today.
func periodsAsked(q *question) (data.PeriodsQuery, error) {
	out := data.PeriodsQuery{Query: q.query}
	out.AsOf = 0
	var err error
	if out.From, out.To, err = q.Span(); err != nil || !q.Has("every") {
		return out, err
	}
	if out.Every, err = data.ParseEvery(q.Get("every")); err != nil {
		return out, err
	}
	return out, q.ByToday("to", out.To)
}
