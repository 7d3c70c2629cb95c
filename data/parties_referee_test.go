package data_test

import (
	"context"
	"slices"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/demo"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/paulmach/orb"
)

// As TestPostGISComputesTheSameShares, of the invented place: what each party
// holds alone, what two or three hold at once, and what nobody holds.
func TestPostGISComputesTheSameTableOfParties(t *testing.T) {
	referee.Figures(t)
	conn, ctx := referee.PostGIS(t), context.Background()
	s, _, err := data.Read(ctx, demo.Files())
	if err != nil {
		t.Fatal(err)
	}
	day := date(t, "2025-06-01")
	p, err := s.Parties(ctx, data.Query{AsOf: day})
	if err != nil {
		t.Fatal(err)
	}
	basis, _ := s.BasisByID(p.Basis)
	land := map[string]orb.Collection{}
	for _, z := range s.Zones {
		if z.Basis == p.Basis && z.Valid.Contains(day) && basis.HoldsBy(z.Status) {
			land[z.Party] = append(land[z.Party], z.Shape)
		}
	}
	for _, table := range append([]data.PartyTable{p.PartyTable}, p.Districts...) {
		territory, _ := s.TerritoryByID(table.Territory)
		for _, row := range table.Rows {
			with, without := []string{}, []string{} // land of each party, as GeoJSON
			for _, party := range s.Dataset.Parties {
				if slices.Contains(row.Parties, party.ID) {
					with = append(with, written(t, land[party.ID]))
				} else {
					without = append(without, written(t, land[party.ID]))
				}
			}
			km2 := 0.0
			err := conn.QueryRow(ctx, `
				WITH RECURSIVE steps AS (
					SELECT 0 AS n, ST_GeomFromGeoJSON($1::text) AS g
					UNION ALL
					SELECT n + 1, CASE WHEN n < cardinality($2::text[])
						THEN ST_Intersection(g, ST_UnaryUnion(ST_GeomFromGeoJSON(($2::text[])[n + 1])))
						ELSE ST_Difference(g, ST_UnaryUnion(ST_GeomFromGeoJSON(($3::text[])[n + 1 - cardinality($2::text[])]))) END
					FROM steps WHERE n < cardinality($2::text[]) + cardinality($3::text[]))
				SELECT ST_Area(ST_Segmentize(ST_CollectionExtract(g, 3), 0.001)::geography) / 1e6 FROM steps ORDER BY n DESC LIMIT 1`,
				written(t, territory.Shape), with, without).Scan(&km2)
			if err != nil {
				t.Fatal(err)
			}
			near(t, table.Territory+" "+string(row.Holder), row.Km2, km2, 1e-6*table.TerritoryKm2)
		}
	}
}
