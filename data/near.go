package data

import (
	"context"
	"errors"
	"fmt"

	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/geojson"

	"github.com/paulmach/orb"
	orbjson "github.com/paulmach/orb/geojson"
)

// LandSide is where a place lies under a reading.
type LandSide string

// The sides. Free says no more than that the party asked about does not hold it.
const (
	HeldSide LandSide = "held" // in the territory, held by the party
	FreeSide LandSide = "free" // in the territory, not held by the party
	Outside  LandSide = "outside"
)

// BothSides asks for land on either side.
const BothSides LandSide = "both"

// NearQuery asks for the land that lies near the line.
type NearQuery struct {
	Query
	WithinM float64  // above 0, at most MostNearM
	Side    LandSide // HeldSide, FreeSide or BothSides, which "" is too
}

// MostNearM is the longest distance that can be asked for, in metres.
const MostNearM = 100_000

// ErrQuestion means that a question cannot be asked so.
var ErrQuestion = errors.New("bad question")

// Near is the land of a territory within a distance of the line.
type Near struct {
	Share     Share    `json:"share"` // of the territory, by the reading whose line it is
	WithinM   float64  `json:"within_m"`
	Side      LandSide `json:"side"`
	Km2       float64  `json:"km2"`
	HeldKm2   float64  `json:"held_km2"`
	FreeKm2   float64  `json:"free_km2"`
	Percent   float64  `json:"percent"` // of the territory
	LineKm    float64  `json:"line_km"` // length of the line
	AccuracyM float64  `json:"accuracy_m"`

	Held, Free orb.MultiPolygon `json:"-"` // nil for a side that was not asked for
}

// Near answers a query. Its areas are measured without the grid that the shapes are
// drawn on. Errors are those of Share, and ErrQuestion.
func (s *Snapshot) Near(ctx context.Context, q NearQuery) (*Near, error) {
	if !(q.WithinM > 0 && q.WithinM <= MostNearM) {
		return nil, fmt.Errorf("%w: within is above 0 and at most %d metres", ErrQuestion, MostNearM)
	}
	if q.Side == "" {
		q.Side = BothSides
	}
	if q.Side != HeldSide && q.Side != FreeSide && q.Side != BothSides {
		return nil, fmt.Errorf("%w: side is held, free or both, not %q", ErrQuestion, geojson.Clip(string(q.Side), 20))
	}
	d, err := divide(ctx, s, q.Query)
	if err != nil {
		return nil, err
	}
	near, err := d.within(ctx, q.WithinM)
	if err != nil {
		return nil, err
	}
	out := &Near{Share: d.share, WithinM: q.WithinM, Side: q.Side, LineKm: d.lengthM / 1000, AccuracyM: d.share.Uncertainty.AccuracyM}
	if q.Side != FreeSide {
		out.HeldKm2 = near.nearHeldM2 / 1e6
	}
	if q.Side != HeldSide {
		out.FreeKm2 = near.nearFreeM2 / 1e6
	}
	out.Km2 = out.HeldKm2 + out.FreeKm2
	out.Percent = 1e8 * out.Km2 / d.land.AreaM2
	return out, out.draw(ctx, d, near.shape)
}

// draw computes the land itself.
func (n *Near) draw(ctx context.Context, d *divided, near orb.MultiPolygon) error {
	within, err := geo.Intersection(ctx, d.land.Shape, near)
	if err != nil {
		return err
	}
	if n.Side != FreeSide {
		if n.Held, err = geo.Intersection(ctx, within, d.held); err != nil {
			return err
		}
	}
	if n.Side != HeldSide {
		n.Free, err = geo.Intersection(ctx, within, d.faced)
	}
	return err
}

// Section returns the land as a layer of a feature a side.
func (n *Near) Section() Section {
	out := Section{Name: NearLayer}
	for _, f := range n.GeoJSON().Features {
		id, _ := f.ID.(string)
		f.Properties["id"], f.Properties["side"] = id, id
		out.Items = append(out.Items, Item{ID: id, Shape: f.Geometry, Properties: f.Properties})
	}
	return out
}

// GeoJSON returns the land as a FeatureCollection of a feature a side, with the
// figures as members of the collection.
func (n *Near) GeoJSON() *orbjson.FeatureCollection {
	out := orbjson.NewFeatureCollection()
	s := &n.Share
	out.ExtraMembers = map[string]any{"dataset": s.Dataset, "of": s.Of, "party": s.Party, "basis": s.Basis, "measures": s.Measures, "as_of": s.AsOf, "evidence": s.Evidence,
		"within_m": n.WithinM, "side": n.Side, "km2": n.Km2, "held_km2": n.HeldKm2, "free_km2": n.FreeKm2, "percent": n.Percent, "territory_km2": s.TerritoryKm2,
		"line_km": n.LineKm, "accuracy_m": n.AccuracyM, "sources": s.Sources, "method": MethodOfDistance, "snapshot": s.Snapshot}
	for _, part := range []struct {
		side  LandSide
		shape orb.MultiPolygon
		km2   float64
	}{{HeldSide, n.Held, n.HeldKm2}, {FreeSide, n.Free, n.FreeKm2}} {
		if len(part.shape) > 0 {
			out.Append(feature(string(part.side), part.shape, map[string]any{"side": part.side, "km2": part.km2, "within_m": n.WithinM}))
		}
	}
	return out
}
