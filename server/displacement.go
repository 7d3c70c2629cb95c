package server

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/server/web"
)

// displacement answers GET /v1/{dataset}/displacement: how far the line would have to
// lie beyond where it is drawn for a figure to be true, and the share at other
// distances.
func (f *figures) displacement(r *http.Request) (*web.Answer, error) {
	q, err := f.ask.question(r, "percent", "distances", "as_of", "of", "party", "basis")
	if err != nil {
		return nil, err
	}
	asked := data.DisplacementQuery{Query: q.query}
	if q.Has("percent") {
		percent, err := q.Number("percent", 0, 100)
		if err != nil {
			return nil, err
		}
		asked.Percent = &percent
	}
	if q.Has("distances") {
		if asked.DistancesM, err = ParseDistances(q.Get("distances")); err != nil {
			return nil, web.BadRequest("distances: %v", err)
		}
	}
	links := links{f.site.Base(r), q.pinned}
	key := fmt.Sprint("displacement ", q.loaded.Snapshot.Name(), q.query, q.Get("percent"), " ", asked.DistancesM, links)
	return q.kept(f.site.Cached(r.Context(), key, f.heavy.Behind(func(ctx context.Context) (*web.Answer, error) {
		found, err := q.loaded.Snapshot.Displacement(ctx, asked)
		if err != nil {
			return nil, err
		}
		found.Share = links.share(found.Share)
		found.Self = links.to(DisplacementPath(found, asked.DistancesM))
		return f.live(q.loaded, found)
	})))
}

// near answers GET /v1/{dataset}/near: the land within a distance of the line, as
// GeoJSON.
func (f *figures) near(r *http.Request) (*web.Answer, error) {
	q, err := f.ask.question(r, "within", "side", "as_of", "of", "party", "basis")
	if err != nil {
		return nil, err
	}
	within, err := q.Number("within", 0, data.MostNearM)
	if err != nil {
		return nil, err
	}
	asked := data.NearQuery{Query: q.query, WithinM: within, Side: data.LandSide(q.Get("side"))}
	return q.kept(f.site.Cached(r.Context(), fmt.Sprint("near ", q.loaded.Snapshot.Name(), asked), f.heavy.Behind(func(ctx context.Context) (*web.Answer, error) {
		near, err := q.loaded.Snapshot.Near(ctx, asked)
		if err != nil {
			return nil, err
		}
		return q.loaded.Named(f.site.JSON("application/geo+json", web.CacheLive, near.GeoJSON()))
	})))
}

// mostDistances bounds the work of a curve.
const mostDistances = 100

// ParseDistances reads the distances of a curve, in metres with commas between.
func ParseDistances(text string) ([]float64, error) {
	var out []float64
	for part := range strings.SplitSeq(text, ",") {
		metres, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || !(math.Abs(metres) <= data.MostNearM) {
			return nil, fmt.Errorf("%q is no distance in metres, from -%d to %d", geojson.Clip(part, 20), data.MostNearM, data.MostNearM)
		}
		if out = append(out, metres); len(out) > mostDistances {
			return nil, fmt.Errorf("at most %d distances are told at once", mostDistances)
		}
	}
	return out, nil
}
