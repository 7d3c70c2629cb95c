package server

import (
	"context"
	"net/http"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server/web"

	"github.com/paulmach/orb"
)

// at answers GET /v1/{dataset}/at: what holds one place, and how far the
// nearest control line is.
func (p *posted) at(r *http.Request) (*web.Answer, error) {
	q, err := p.ask.dataset(r, "lon", "lat", "as_of")
	if err != nil {
		return nil, err
	}
	lon, err := q.Number("lon", -180, 180)
	if err != nil {
		return nil, err
	}
	lat, err := q.Number("lat", -90, 90)
	if err != nil {
		return nil, err
	}
	standing, err := standings(r.Context(), q, orb.MultiPoint{{lon, lat}})
	if err != nil {
		return nil, err
	}
	return q.kept(q.loaded.Named(p.site.JSON(web.TypeJSON, web.CacheLive, struct {
		Dataset string `json:"dataset"`
		data.Standing
		Snapshot string `json:"snapshot"`
	}{q.loaded.Snapshot.Dataset.ID, standing[0], q.loaded.Snapshot.Name()})))
}

// atMany answers POST /v1/{dataset}/at for every point in the body, in order.
func (p *posted) atMany(r *http.Request) (*web.Answer, error) {
	q, err := p.ask.dataset(r, "as_of")
	if err != nil {
		return nil, err
	}
	points, repairs, err := p.points(r)
	if err != nil {
		return nil, err
	}
	all, err := standings(r.Context(), q, points)
	if err != nil {
		return nil, err
	}
	return p.once(q.loaded, struct {
		Dataset  string          `json:"dataset"`
		Places   []data.Standing `json:"places"`
		Snapshot string          `json:"snapshot"`
		repaired
	}{q.loaded.Snapshot.Dataset.ID, all, q.loaded.Snapshot.Name(), repairs})
}

// standings asks about each point on the day of the request. A day without any
// evidence is not mapped, rather than a place that nobody holds.
func standings(ctx context.Context, q *question, points orb.MultiPoint) ([]data.Standing, error) {
	day, err := q.Date("as_of")
	if err != nil {
		return nil, err
	}
	if _, ok := q.loaded.Snapshot.EpochOf(day); !ok {
		return nil, &data.NotMapped{Basis: q.loaded.Snapshot.Dataset.Basis, Day: day, First: q.loaded.Snapshot.FirstDate()}
	}
	out := make([]data.Standing, len(points))
	for i, point := range points {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if out[i], err = q.loaded.Snapshot.At(ctx, point, day); err != nil {
			return nil, err
		}
	}
	return out, nil
}
