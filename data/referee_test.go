package data_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// PostGIS overlays with GEOS and measures with GeographicLib. Its edges are
// geodesics, so they are first cut into pieces of 0.001°, on which geodesic and
// straight edge differ by less than 1 part in 10⁷.
func TestPostGISComputesTheSameShares(t *testing.T) {
	conn, ctx := referee.PostGIS(t), context.Background()
	s := embedded()
	for _, zone := range s.Zones {
		for _, territory := range s.Territories {
			var heldKm2, territoryKm2 float64
			err := conn.QueryRow(ctx, `
				WITH shapes AS (SELECT ST_GeomFromGeoJSON($1::text) AS territory, ST_GeomFromGeoJSON($2::text) AS zone)
				SELECT ST_Area(ST_Segmentize(ST_Intersection(territory, zone), 0.001)::geography) / 1e6,
				       ST_Area(ST_Segmentize(territory, 0.001)::geography) / 1e6 FROM shapes`,
				written(t, territory.Shape), written(t, zone.Shape)).Scan(&heldKm2, &territoryKm2)
			if err != nil {
				t.Fatal(err)
			}
			share, err := s.Share(ctx, data.Query{Of: territory.ID, Basis: zone.Basis, AsOf: max(zone.Valid.From, date(t, "2026-01-20"))})
			if err != nil {
				t.Fatal(err)
			}
			near(t, territory.ID+" territory", share.TerritoryKm2, territoryKm2, 1e-6*territoryKm2)
			near(t, territory.ID+" held, "+zone.Basis, share.HeldKm2, heldKm2, 1e-6*territoryKm2)
			near(t, territory.ID+" percent, "+zone.Basis, share.Percent, 100*heldKm2/territoryKm2, 1e-4)
		}
	}
}

func written(t *testing.T, g orb.Geometry) string {
	t.Helper()
	text, err := json.Marshal(geojson.NewGeometry(g))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
