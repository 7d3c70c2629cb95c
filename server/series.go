package server

import (
	"bytes"
	"context"
	"fmt"
	"net/http"

	"github.com/demarc-map/demarc/data"
)

// series answers GET /v1/{dataset}/series: one row an epoch.
func (s *Server) series(r *http.Request) (*answer, error) {
	return s.seriesAs(r, "series", func(place *place, series *data.Series) (*answer, error) { return s.figure(place, series) })
}

// seriesCSV answers GET /v1/{dataset}/series.csv: the same rows for a spreadsheet.
func (s *Server) seriesCSV(r *http.Request) (*answer, error) {
	return s.seriesAs(r, "series.csv", func(place *place, series *data.Series) (*answer, error) {
		var text bytes.Buffer
		if err := series.WriteCSV(&text); err != nil {
			return nil, err
		}
		headers := snapshotHeader(place)
		headers["Content-Disposition"] = fmt.Sprintf(`attachment; filename="%s-%s-%s-series.csv"`, series.Dataset, series.Of, series.Basis)
		return &answer{contentType: "text/csv; charset=utf-8", body: s.coder.Body(text.Bytes()), cache: cacheLive, headers: headers}, nil
	})
}

// seriesAs computes a series and words it as an answer, which is held by kind.
func (s *Server) seriesAs(r *http.Request, kind string, word func(*place, *data.Series) (*answer, error)) (*answer, error) {
	place, p, query, err := s.question(r, "of", "party", "basis", "from", "to")
	if err != nil {
		return nil, err
	}
	from, to, err := p.span()
	if err != nil {
		return nil, err
	}
	query.AsOf, p.clock = 0, false // a series is about all days
	return p.kept(s.cached(fmt.Sprint(kind, " ", place.snapshot.Name(), query, from, to), s.posts.behind(func(ctx context.Context) (*answer, error) {
		series, err := place.snapshot.Series(ctx, query, from, to)
		if err != nil {
			return nil, err
		}
		return word(place, &series)
	})))
}

// span reads from and to; a zero date leaves that end open.
func (p *parameters) span() (from, to data.Date, err error) {
	for name, date := range map[string]*data.Date{"from": &from, "to": &to} {
		if !p.values.Has(name) {
			continue
		}
		if *date, err = p.date(name); err != nil {
			return 0, 0, err
		}
	}
	return from, to, nil
}

// changes answers GET /v1/{dataset}/changes: land gained and lost between two
// days, or on one day between two bases, as GeoJSON.
func (s *Server) changes(r *http.Request) (*answer, error) {
	place, p, query, err := s.question(r, "of", "party", "from", "to", "basis", "against")
	if err != nil {
		return nil, err
	}
	against, err := p.id("against")
	if err != nil {
		return nil, err
	}
	from, to, err := p.span()
	if err != nil {
		return nil, err
	}
	p.clock = to == 0
	if p.clock {
		to = p.today
	}
	if from == 0 && against != "" {
		from = to
	} else if from == 0 {
		from = place.snapshot.FirstDate()
	}
	q := data.ChangesQuery{Of: query.Of, Party: query.Party, From: from, To: to, Basis: query.Basis, Against: against}
	return p.kept(s.cached(fmt.Sprint("changes ", place.snapshot.Name(), q), s.posts.behind(func(ctx context.Context) (*answer, error) {
		changes, err := place.snapshot.Changes(ctx, q)
		if err != nil {
			return nil, err
		}
		a, err := s.json("application/geo+json", cacheLive, changes.GeoJSON())
		if err != nil {
			return nil, err
		}
		a.headers = snapshotHeader(place)
		return a, nil
	})))
}
