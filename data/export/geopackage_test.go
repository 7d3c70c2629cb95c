package export_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/export"
)

// opened opens a snapshot's GeoPackage.
func opened(t testing.TB, s *data.Snapshot) *sql.DB {
	t.Helper()
	f, _ := export.Find("gpkg")
	file := filepath.Join(t.TempDir(), "a.gpkg")
	if err := os.WriteFile(file, written(t, f, s, edition(t, s, "traced")), 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// value returns the only value that a query answers.
func value(t testing.TB, db *sql.DB, query string, arguments ...any) string {
	t.Helper()
	var v any
	if err := db.QueryRow(query, arguments...).Scan(&v); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return fmt.Sprint(v)
}

func TestAGeoPackageIsSoundByItsOwnRules(t *testing.T) {
	for _, s := range []*data.Snapshot{embedded(), hostile(t)} {
		db := opened(t, s)
		for query, want := range map[string]string{
			"PRAGMA application_id":                                                       fmt.Sprint(0x47504b47),
			"PRAGMA user_version":                                                         "10300",
			"PRAGMA integrity_check":                                                      "ok",
			"SELECT count(*) FROM pragma_foreign_key_check":                               "0",
			"SELECT rtreecheck('rtree_territories_geom')":                                 "ok",
			"SELECT count(*) FROM rtree_places_geom":                                      "3",
			"SELECT group_concat(srs_id) FROM gpkg_spatial_ref_sys":                       "-1,0,4326",
			"SELECT group_concat(table_name) FROM gpkg_geometry_columns":                  strings.Join(slices.Sorted(slices.Values(s.LayerNames())), ","),
			"SELECT count(*) FROM sources WHERE id NOT NULL":                              fmt.Sprint(len(s.Dataset.Sources)),
			"SELECT type FROM pragma_table_info('zones') WHERE name='valid_to'":           "DATE",
			"SELECT count(*) FROM zones WHERE source NOT IN (SELECT id FROM sources)":     "0",
			"SELECT count(*) FROM gpkg_metadata WHERE metadata LIKE '%" + s.Name() + "%'": "1",
			// A box in the index holds the box of the shape.
			"SELECT count(*) FROM territories t JOIN rtree_territories_geom r ON r.id = t.fid JOIN gpkg_contents c ON c.table_name = 'territories' WHERE r.minx > r.maxx OR r.miny > c.max_y": "0",
		} {
			if got := value(t, db, query); got != want {
				t.Errorf("%s: %s, not %s", query, got, want)
			}
		}
	}
}
