package server

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server/web"
)

// Claims is what GET /v1/{dataset}/claims answers.
type Claims struct {
	Dataset  string              `json:"dataset"`
	Claims   []data.CheckedClaim `json:"claims"`
	Method   string              `json:"method"`
	Snapshot string              `json:"snapshot"`
}

// ClaimsOf returns what a snapshot says of the claims stated by a day, all for a zero
// day. The addresses of the shares are paths.
func ClaimsOf(ctx context.Context, s *data.Snapshot, asOf data.Date) (*Claims, error) {
	claims, err := s.CheckedClaims(ctx, asOf)
	if err != nil {
		return nil, err
	}
	for i := range claims {
		c := &claims[i]
		for j := range c.Computed {
			c.Computed[j].Self = sharePath(s.Dataset.ID, c.Of, c.Party, c.Computed[j].Basis, c.FigureDay())
		}
	}
	return &Claims{Dataset: s.Dataset.ID, Claims: claims, Method: data.Method, Snapshot: s.Name()}, nil
}

// claims answers GET /v1/{dataset}/claims: published figures, each beside what
// is computed for its own day under each basis.
func (f *figures) claims(r *http.Request) (*web.Answer, error) {
	return f.claimsAs(r, "claims", f.plain)
}

// claimsCSV answers GET /v1/{dataset}/claims.csv: the same, a row a reading, for a spreadsheet.
func (f *figures) claimsCSV(r *http.Request) (*web.Answer, error) {
	return f.claimsAs(r, "claims.csv", f.spreadsheet)
}

// WriteCSV writes the claims for a spreadsheet.
func (c *Claims) WriteCSV(w io.Writer) error {
	return data.WriteClaimsCSV(w, c.Dataset, c.Snapshot, c.Claims)
}

// claimsAs checks the claims and words them as an answer, which is held by kind.
func (f *figures) claimsAs(r *http.Request, kind string, word wording) (*web.Answer, error) {
	q, err := f.ask.dataset(r, "as_of")
	if err != nil {
		return nil, err
	}
	var asOf data.Date
	if q.Has("as_of") {
		if asOf, err = q.Date("as_of"); err != nil {
			return nil, err
		}
	}
	links := links{f.site.Base(r), q.pinned}
	return q.kept(f.site.Cached(r.Context(), fmt.Sprint(kind, " ", q.loaded.Snapshot.Name(), asOf, links), f.heavy.Behind(func(ctx context.Context) (*web.Answer, error) {
		claims, err := ClaimsOf(ctx, q.loaded.Snapshot, asOf)
		if err != nil {
			return nil, err
		}
		for _, c := range claims.Claims {
			for j := range c.Computed {
				c.Computed[j].Self = links.to(c.Computed[j].Self)
			}
		}
		return word(q.loaded, claims, claims.Dataset+"-claims")
	})))
}
