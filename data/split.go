package data

import (
	"context"
	"fmt"

	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/geojson"

	"github.com/paulmach/orb"
)

// Sides is a territory cut by a line that somebody asks about.
type Sides struct {
	Dataset      string  `json:"dataset"`
	Of           string  `json:"of"`
	TerritoryKm2 float64 `json:"territory_km2"`
	Source       string  `json:"source"`      // id, of the territory's boundary, which with the line is all that the figures rest on
	SourceDate   string  `json:"source_date"` // as the source gives it: a year, month or day; "" when it gives none
	Left         Part    `json:"left"`
	Right        Part    `json:"right"`
	Pocket       Part    `json:"pocket"`    // land the line encloses from both sides
	Unreached    Part    `json:"unreached"` // land the line does not reach
	Snapshot     string  `json:"snapshot"`
}

// Part is a part of a territory.
type Part struct {
	Km2     float64 `json:"km2"`
	Percent float64 `json:"percent"` // of the territory
}

// Split cuts a territory by a line, each end prolonged by extendM metres. An
// empty id is the dataset's territory. Errors are ErrUnknown and those of geo.Split.
func (s *Snapshot) Split(ctx context.Context, of string, line orb.LineString, extendM float64) (Sides, error) {
	territory, ok := s.TerritoryByID(orDefault(of, s.Dataset.Territory))
	if !ok {
		return Sides{}, fmt.Errorf("%w territory %q", ErrUnknown, geojson.Clip(of, 100))
	}
	cut, err := geo.Split(ctx, territory.Shape, line, geo.SplitOptions{ExtendM: extendM})
	if err != nil {
		return Sides{}, err
	}
	out := Sides{Dataset: s.Dataset.ID, Of: territory.ID, TerritoryKm2: territory.AreaM2 / 1e6, Source: territory.Source, Snapshot: s.name}
	for _, source := range s.Dataset.Sources {
		if source.ID == territory.Source {
			out.SourceDate = source.Date
		}
	}
	for to, from := range map[*Part]orb.MultiPolygon{&out.Left: cut.Left, &out.Right: cut.Right, &out.Pocket: cut.Pocket, &out.Unreached: cut.Unreached} {
		area, err := geo.Area(from)
		if err != nil {
			return Sides{}, err
		}
		*to = Part{area / 1e6, 100 * area / territory.AreaM2}
	}
	return out, nil
}
