package server

import (
	"context"
	"fmt"
	"net/http"

	"github.com/demarc-map/demarc/server/web"
)

// parties answers GET /v1/{dataset}/parties: whose all the land is on a day.
func (f *figures) parties(r *http.Request) (*web.Answer, error) {
	return f.partiesAs(r, "parties", f.plain)
}

// partiesCSV answers GET /v1/{dataset}/parties.csv: the same rows for a spreadsheet.
func (f *figures) partiesCSV(r *http.Request) (*web.Answer, error) {
	return f.partiesAs(r, "parties.csv", f.spreadsheet)
}

// partiesAs computes a table and words it as an answer, which is held by kind.
func (f *figures) partiesAs(r *http.Request, kind string, word wording) (*web.Answer, error) {
	q, err := f.ask.question(r, "as_of", "of", "basis")
	if err != nil {
		return nil, err
	}
	links := links{f.site.Base(r), q.pinned}
	return q.kept(f.site.Cached(r.Context(), fmt.Sprint(kind, " ", q.loaded.Snapshot.Name(), q.query, links), f.heavy.Behind(func(ctx context.Context) (*web.Answer, error) {
		parties, err := q.loaded.Snapshot.Parties(ctx, q.query)
		if err != nil {
			return nil, err
		}
		parties.Self = links.to(PartiesPath(parties))
		return word(q.loaded, parties, fmt.Sprintf("%s-%s-%s-%s-parties", parties.Dataset, parties.Of, parties.Basis, parties.AsOf))
	})))
}
