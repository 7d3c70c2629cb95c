package data

import (
	"context"
	"errors"
	"fmt"

	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/geojson"

	"github.com/paulmach/orb"
)

// Inside is the share inside a polygon that somebody asks about. The embedded
// share is that of the territory's land in the polygon: TerritoryKm2 is that
// land, Percent a percentage of it.
type Inside struct {
	Share
	PolygonKm2       float64 `json:"polygon_km2"`
	OutsideKm2       float64 `json:"outside_km2"` // the part of the polygon outside the territory
	PercentOfPolygon float64 `json:"percent_of_polygon"`
}

// ErrOutside means that a polygon holds no land of the territory.
var ErrOutside = errors.New("the polygon holds no land of the territory")

// ShareInside answers a query about the land of a territory inside polygons,
// which are united first. Errors are those of Share and ErrOutside. It looks at all
// that lies in the polygons; who asks again and again has [Ledgers].
func (s *Snapshot) ShareInside(ctx context.Context, q Query, polygons orb.MultiPolygon) (Inside, error) {
	territory, basis, err := s.resolve(&q)
	if err != nil {
		return Inside{}, err
	}
	bound := polygons.Bound()
	near := func(shape orb.MultiPolygon) orb.MultiPolygon { return geo.Cropped(shape, bound) }
	if crosses(polygons) {
		near = func(shape orb.MultiPolygon) orb.MultiPolygon { return shape }
	}
	land := near(territory.Shape)
	share, zones, err := s.begin(q, territory, basis, &bound)
	if err != nil {
		return Inside{}, err
	}
	var held orb.MultiPolygon
	for i, z := range zones {
		part := *z
		part.Shape = near(z.Shape)
		zones[i], held = &part, append(held, part.Shape...)
	}
	// All areas come from one overlay of what was given, so that those of the
	// parts of a polygon add up to its own.
	areas, err := geo.Overlay(ctx, []orb.MultiPolygon{polygons, land, held}, geo.Options{})
	if err != nil {
		return Inside{}, err
	}
	polygonM2, landM2, heldM2 := areas.Any(0b001), areas.All(0b011), areas.All(0b111)
	if landM2 <= 0 {
		return Inside{}, fmt.Errorf("%w %q", ErrOutside, territory.ID)
	}
	if land, err = geo.Intersection(ctx, polygons, land); err != nil {
		return Inside{}, err
	}
	if share.Figures, err = (measured{shape: land, areaM2: landM2}).held(ctx, heldM2, zones); err != nil {
		return Inside{}, err
	}
	return insideOf(s, share, territory, polygonM2, areas.Of(0b001)+areas.Of(0b101), heldM2), nil
}

// insideOf is a share in a polygon of which so much is held and lies outside the territory.
func insideOf(s *Snapshot, share Share, territory *Territory, polygonM2, outsideM2, heldM2 float64) Inside {
	share.Cite = cite(s, &share, "A polygon in "+territory.Name.In("en"))
	return Inside{Share: share, PolygonKm2: polygonM2 / 1e6, OutsideKm2: outsideM2 / 1e6, PercentOfPolygon: neat(100 * heldM2 / polygonM2)}
}

// crosses reports whether a polygon crosses the antimeridian, so that its bound
// is not where it lies.
func crosses(polygons orb.MultiPolygon) bool {
	_, _, uncut := geojson.Uncut(polygons, false)
	return uncut
}
