package server

import (
	"context"
	"net/http"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
)

// at answers GET /v1/{dataset}/at: what holds one place, and how far the
// nearest control line is.
func (s *Server) at(r *http.Request) (*answer, error) {
	place, p, err := s.asked(r, "lon", "lat", "as_of")
	if err != nil {
		return nil, err
	}
	lon, err := p.number("lon", -180, 180)
	if err != nil {
		return nil, err
	}
	lat, err := p.number("lat", -90, 90)
	if err != nil {
		return nil, err
	}
	standing, err := standings(r.Context(), place, p, orb.MultiPoint{{lon, lat}})
	if err != nil {
		return nil, err
	}
	return p.kept(s.figure(place, struct {
		Dataset string `json:"dataset"`
		data.Standing
		Snapshot string `json:"snapshot"`
	}{place.snapshot.Dataset.ID, standing[0], place.snapshot.Name()}))
}

// atMany answers POST /v1/{dataset}/at for every point in the body, in order.
func (s *Server) atMany(r *http.Request) (*answer, error) {
	place, p, err := s.asked(r, "as_of")
	if err != nil {
		return nil, err
	}
	points, err := s.points(r)
	if err != nil {
		return nil, err
	}
	all, err := standings(r.Context(), place, p, points)
	if err != nil {
		return nil, err
	}
	return s.posted(place, map[string]any{"dataset": place.snapshot.Dataset.ID, "places": all, "snapshot": place.snapshot.Name()})
}

// standings asks about each point on the day of the request. A day without any
// evidence is not mapped, rather than a place that nobody holds.
func standings(ctx context.Context, place *place, p *parameters, points orb.MultiPoint) ([]data.Standing, error) {
	day, err := p.date("as_of")
	if err != nil {
		return nil, err
	}
	if _, ok := place.snapshot.EpochOf(day); !ok {
		return nil, &data.NotMapped{Basis: place.snapshot.Dataset.Basis, Day: day, First: place.snapshot.FirstDate()}
	}
	out := make([]data.Standing, len(points))
	for i, point := range points {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if out[i], err = place.snapshot.At(point, day); err != nil {
			return nil, err
		}
	}
	return out, nil
}
