package ledger

import (
	"context"
	"math"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// Inside returns the sums of what lies in polygons that do not overlap, and the area
// of these. The error is [ErrUnfit], one of package geo, or the cause of ctx.
func (l *Ledger) Inside(ctx context.Context, polygons orb.MultiPolygon) (sums Sums, polygonM2 float64, err error) {
	if !fits(polygons) {
		return Sums{}, 0, ErrUnfit
	}
	areas, err := geo.Overlay(ctx, []orb.MultiPolygon{polygons}, geo.Options{Workers: 1})
	if err != nil {
		return Sums{}, 0, err
	}
	apart, err := geo.Area(polygons)
	if err != nil {
		return Sums{}, 0, err
	}
	polygonM2 = areas.Total()
	if !(math.Abs(apart-polygonM2) <= addsUp*polygonM2+leastOverlap) {
		return Sums{}, 0, ErrUnfit
	}
	q, err := newQuestion(ctx, l.stock, polygons)
	if err != nil {
		return Sums{}, 0, err
	}
	sums, err = q.answer(l.root)
	return sums, polygonM2, err
}

// The areas of polygons make up what they cover to addsUp of it and leastOverlap m²
// where none overlaps another or itself.
const addsUp, leastOverlap = 1e-13, 1e-6

// Whole returns the sums of all the land.
func (l *Ledger) Whole(ctx context.Context) (Sums, error) {
	sums, err := l.root.total(ctx, l.stock)
	sums.OutsideM2 = 0
	return sums, err
}
