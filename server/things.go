package server

import (
	"context"
	"fmt"
	"net/http"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server/web"
)

// things answers GET /v1/{dataset}/things: what of the dataset's layers of things lies
// on either side of the line.
func (f *figures) things(r *http.Request) (*web.Answer, error) {
	return f.thingsAs(r, "things", f.plain)
}

// thingsCSV answers GET /v1/{dataset}/things.csv.
func (f *figures) thingsCSV(r *http.Request) (*web.Answer, error) {
	return f.thingsAs(r, "things.csv", f.spreadsheet)
}

// thingsAs counts things and words that as an answer, which is held by kind.
func (f *figures) thingsAs(r *http.Request, kind string, word wording) (*web.Answer, error) {
	q, err := f.ask.question(r, "layer", "within", "as_of", "of", "party", "basis")
	if err != nil {
		return nil, err
	}
	within := 0.0
	if q.Has("within") {
		if within, err = q.Number("within", 0, data.MostNearM); err != nil {
			return nil, err
		}
	}
	links := links{f.site.Base(r), q.pinned}
	key := fmt.Sprint(kind, " ", q.loaded.Snapshot.Name(), q.query, " ", q.Get("layer"), within, links)
	return q.kept(f.site.Cached(r.Context(), key, f.heavy.Behind(func(ctx context.Context) (*web.Answer, error) {
		found, err := q.loaded.Snapshot.TallyThings(ctx, q.query, q.Get("layer"), within)
		if err != nil {
			return nil, err
		}
		found.Self = links.to(ThingsPath(found, q.Get("layer")))
		return word(q.loaded, found, fmt.Sprintf("%s-%s-%s-things", found.Dataset, found.Of, found.AsOf))
	})))
}
