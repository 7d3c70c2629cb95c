package tiles

import (
	"context"
	"flag"
	"fmt"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/encoding/wkb"

	"github.com/demarc-map/demarc/internal/referee"
)

var sweep = flag.Bool("sweep", false, "check the large sets too")

// polygonsOf returns the polygons of a tile as WKB of tile units, and where each comes from.
func polygonsOf(t *testing.T, a address, body *Tile) (shapes [][]byte, names []string) {
	t.Helper()
	layers, err := mvt.Unmarshal(body.Identity())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range layers {
		for _, f := range l.Features {
			switch f.Geometry.(type) {
			case orb.Polygon, orb.MultiPolygon:
				shape, err := wkb.Marshal(f.Geometry)
				if err != nil {
					t.Fatal(err)
				}
				shapes, names = append(shapes, shape), append(names, fmt.Sprintf("%d/%d/%d %s %v", a.z, a.x, a.y, l.Name, f.ID))
			}
		}
	}
	return shapes, names
}

func TestPostGISFindsEveryPolygonOfThePyramidValid(t *testing.T) {
	conn := referee.PostGIS(t)
	ask := func(shapes [][]byte, names []string) {
		rows, err := conn.Query(context.Background(), `
			SELECT name, ST_IsValidReason(ST_GeomFromWKB(shape))
			FROM unnest($1::bytea[], $2::text[]) AS t(shape, name)
			WHERE NOT ST_IsValid(ST_GeomFromWKB(shape))`, shapes, names)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var name, reason string
			if err := rows.Scan(&name, &reason); err != nil {
				t.Fatal(err)
			}
			t.Errorf("%s: %s", name, reason)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	check := func(set *Tileset, last uint32) {
		var shapes [][]byte
		var names []string
		count := 0
		pyramid(t, set, last, func(a address, b *Tile) {
			s, n := polygonsOf(t, a, b)
			shapes, names = append(shapes, s...), append(names, n...)
			if count += len(s); len(shapes) > 20_000 {
				ask(shapes, names)
				shapes, names = nil, nil
			}
		})
		ask(shapes, names)
		t.Logf("%d polygons", count)
	}
	check(tileset(t, sampleLayers(), Options{}), 12)
	t.Run("reference", func(t *testing.T) { check(tileset(t, reference(t), Options{}), 14) })
	t.Run("ukraine", func(t *testing.T) {
		features := readFeatures(t, "ukraine/monthly/deepstatemap_data_20260801.geojson")
		check(tileset(t, []Layer{{"zones", features}}, Options{}), 10)
	})
	if *sweep {
		check(tileset(t, []Layer{{"zones", blocks(316, 316, 5, orb.Point{31.3, 48.6}, 6)}}, Options{}), 12)
	}
}
