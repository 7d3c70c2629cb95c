package data

import (
	"context"
	"fmt"
	"math"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// ChangesQuery asks what changed between two states of a territory: two days
// under one basis, or two bases on one day. An empty Of, Party, Basis or
// Against takes the default, Against that of Basis.
type ChangesQuery struct {
	Of, Party      string
	From, To       Date
	Basis, Against string // the basis of To and, when it differs, that of From
}

// Changes is the land that was gained and lost inside a territory.
type Changes struct {
	Dataset   string  `json:"dataset"`
	Of        string  `json:"of"`
	Party     string  `json:"party"`
	From      State   `json:"from"`
	To        State   `json:"to"`
	GainedKm2 float64 `json:"gained_km2"` // held in To, not in From
	LostKm2   float64 `json:"lost_km2"`   // held in From, not in To
	KeptKm2   float64 `json:"kept_km2"`   // held in both
	Slivers
	Points    float64          `json:"points"` // difference of the shares, in percentage points
	Districts []DistrictChange `json:"districts"`
	Method    string           `json:"method"`
	Snapshot  string           `json:"snapshot"`

	Gained, Lost, Kept orb.MultiPolygon `json:"-"`
	thin               sliverPlaces
}

// State is one side of a comparison.
type State struct {
	AsOf     Date     `json:"as_of"`
	Basis    string   `json:"basis"`
	Measures Measure  `json:"measures"`
	Evidence Evidence `json:"evidence"`
	Percent  float64  `json:"percent"`
	Features []string `json:"features"`
}

// DistrictChange is what changed in one district.
type DistrictChange struct {
	Of        string  `json:"of"`
	GainedKm2 float64 `json:"gained_km2"`
	LostKm2   float64 `json:"lost_km2"`
	Slivers
	Points float64 `json:"points"`
}

// Changes compares two states. Errors are those of Share.
func (s *Snapshot) Changes(ctx context.Context, q ChangesQuery) (*Changes, error) {
	q.Basis = orDefault(q.Basis, s.Dataset.Basis)
	q.Against = orDefault(q.Against, q.Basis)
	before, territory, err := sideOf(s, Query{q.Of, q.Party, q.Against, q.From})
	if err != nil {
		return nil, err
	}
	after, _, err := sideOf(s, Query{q.Of, q.Party, q.Basis, q.To})
	if err != nil {
		return nil, err
	}
	c := &Changes{Dataset: s.Dataset.ID, Of: territory.ID, Party: orDefault(q.Party, s.Dataset.Party), From: before.State, To: after.State,
		Districts: []DistrictChange{}, Method: Method, Snapshot: s.name}
	whole, err := c.between(ctx, territory, before, after)
	if err != nil {
		return nil, err
	}
	c.KeptKm2, c.Points = whole.kept/1e6, whole.points(territory)
	c.From.Percent, c.To.Percent = 100*(whole.kept+whole.lost)/territory.AreaM2, 100*(whole.kept+whole.gained)/territory.AreaM2
	accuracyM := math.Max(before.accuracyM, after.accuracyM)
	for i := range s.Territories {
		if district := &s.Territories[i]; district.Parent == territory.ID {
			if err := c.addDistrict(ctx, district, before.shape, after.shape, accuracyM); err != nil {
				return nil, err
			}
		}
	}
	return c, nil
}

// between tells what was gained and lost between two states, with the land itself.
func (c *Changes) between(ctx context.Context, territory *Territory, before, after heldState) (comparison, error) {
	whole, err := compare(ctx, territory, before.shape, after.shape)
	if err != nil {
		return whole, err
	}
	c.GainedKm2, c.LostKm2 = whole.gained/1e6, whole.lost/1e6
	if err := c.draw(ctx, territory, before.shape, after.shape); err != nil {
		return whole, err
	}
	c.Slivers, c.thin, err = sliversOf(c.Gained, c.Lost, whole, math.Max(before.accuracyM, after.accuracyM))
	return whole, err
}

// addDistrict adds what changed in one district.
func (c *Changes) addDistrict(ctx context.Context, district *Territory, before, after orb.MultiPolygon, accuracyM float64) error {
	part, err := compare(ctx, district, before, after)
	if err != nil {
		return err
	}
	gained, err := geo.Intersection(ctx, c.Gained, district.Shape)
	if err != nil {
		return err
	}
	lost, err := geo.Intersection(ctx, c.Lost, district.Shape)
	if err != nil {
		return err
	}
	slivers, _, err := sliversOf(gained, lost, part, accuracyM)
	c.Districts = append(c.Districts, DistrictChange{Of: district.ID, GainedKm2: part.gained / 1e6, LostKm2: part.lost / 1e6, Slivers: slivers, Points: part.points(district)})
	return err
}

// heldState is one side of a comparison with what was held.
type heldState struct {
	State
	shape     orb.MultiPolygon
	accuracyM float64 // of the least exact of the zones
}

func sideOf(s *Snapshot, q Query) (heldState, *Territory, error) {
	territory, basis, err := s.resolve(&q)
	if err != nil {
		return heldState{}, nil, err
	}
	share, zones, err := s.begin(q, territory, basis, territory.bound())
	if err != nil {
		return heldState{}, nil, err
	}
	out := united(zones)
	out.State = State{AsOf: q.AsOf, Basis: basis.ID, Measures: share.Measures, Evidence: share.Evidence, Features: ids(zones, func(z *Zone) string { return z.ID })}
	return out, territory, nil
}

// united is what zones hold together.
func united(zones []*Zone) heldState {
	var out heldState
	for _, z := range zones {
		out.shape, out.accuracyM = append(out.shape, z.Shape...), math.Max(out.accuracyM, z.AccuracyM)
	}
	return out
}

// comparison is the areas of a comparison in m².
type comparison struct{ gained, lost, kept float64 }

func compare(ctx context.Context, t *Territory, before, after orb.MultiPolygon) (comparison, error) {
	const inside, was, is = 0b001, 0b010, 0b100
	areas, err := geo.Overlay(ctx, []orb.MultiPolygon{t.Shape, before, after}, geo.Options{})
	if err != nil {
		return comparison{}, err
	}
	return comparison{gained: areas.Of(inside | is), lost: areas.Of(inside | was), kept: areas.Of(inside | was | is)}, nil
}

func (c comparison) points(t *Territory) float64 { return 100 * (c.gained - c.lost) / t.AreaM2 }

// draw computes the land itself.
func (c *Changes) draw(ctx context.Context, t *Territory, before, after orb.MultiPolygon) error {
	was, err := geo.Intersection(ctx, before, t.Shape)
	if err != nil {
		return err
	}
	is, err := geo.Intersection(ctx, after, t.Shape)
	if err != nil {
		return err
	}
	if c.Gained, err = geo.Difference(ctx, is, was); err != nil {
		return err
	}
	if c.Lost, err = geo.Difference(ctx, was, is); err != nil {
		return err
	}
	c.Kept, err = geo.Intersection(ctx, was, is)
	return err
}

// GeoJSON returns the changes as a FeatureCollection of up to three features,
// gained, lost and kept, with the figures as members of the collection. The
// property slivers has the places of those pieces of a feature, from 0, that are Slivers.
func (c *Changes) GeoJSON() *geojson.FeatureCollection {
	out := geojson.NewFeatureCollection()
	out.ExtraMembers = map[string]any{"dataset": c.Dataset, "of": c.Of, "party": c.Party, "from": c.From, "to": c.To,
		"gained_km2": c.GainedKm2, "lost_km2": c.LostKm2, "kept_km2": c.KeptKm2,
		"gained_sliver_km2": c.GainedSliverKm2, "lost_sliver_km2": c.LostSliverKm2, "points": c.Points, "districts": c.Districts,
		"method": c.Method, "snapshot": c.Snapshot}
	for _, part := range []struct {
		change  string
		shape   orb.MultiPolygon
		km2     float64
		slivers []int
	}{{"gained", c.Gained, c.GainedKm2, c.thin.gained}, {"lost", c.Lost, c.LostKm2, c.thin.lost}, {"kept", c.Kept, c.KeptKm2, []int{}}} {
		if len(part.shape) > 0 {
			out.Append(feature(part.change, part.shape, map[string]any{"change": part.change, "km2": part.km2, "slivers": part.slivers,
				"meaning": fmt.Sprintf("%s between %s (%s) and %s (%s)", part.change, c.From.AsOf, c.From.Basis, c.To.AsOf, c.To.Basis)}))
		}
	}
	return out
}
