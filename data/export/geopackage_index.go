package export

import (
	"context"
	"database/sql"
	"strings"
)

// index makes the spatial index of a layer (OGC 12-128r17, annex F.3), with the
// triggers that keep it true when somebody edits the file: they call functions
// that programs for GeoPackage bring along.
func index(ctx context.Context, tx *sql.Tx, t *table) error {
	sqlText := strings.ReplaceAll(indexSchema, "LAYER", t.name)
	made, triggers, _ := strings.Cut(sqlText, "-- triggers")
	if _, err := tx.ExecContext(ctx, made); err != nil {
		return err
	}
	for i, item := range t.items {
		b := bound(item.Shape)
		if _, err := tx.ExecContext(ctx, "INSERT INTO rtree_"+t.name+"_geom VALUES (?, ?, ?, ?, ?)", i+1, b[0], b[1], b[2], b[3]); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, triggers)
	return err
}

const indexSchema = `
CREATE VIRTUAL TABLE rtree_LAYER_geom USING rtree(id, minx, maxx, miny, maxy);
INSERT INTO gpkg_extensions VALUES ('LAYER', 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only');
-- triggers
CREATE TRIGGER rtree_LAYER_geom_insert AFTER INSERT ON LAYER
	WHEN (new.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
	INSERT OR REPLACE INTO rtree_LAYER_geom VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;
CREATE TRIGGER rtree_LAYER_geom_update1 AFTER UPDATE OF geom ON LAYER
	WHEN OLD.fid = NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
	INSERT OR REPLACE INTO rtree_LAYER_geom VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;
CREATE TRIGGER rtree_LAYER_geom_update2 AFTER UPDATE OF geom ON LAYER
	WHEN OLD.fid = NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
BEGIN
	DELETE FROM rtree_LAYER_geom WHERE id = OLD.fid;
END;
CREATE TRIGGER rtree_LAYER_geom_update3 AFTER UPDATE ON LAYER
	WHEN OLD.fid != NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
	DELETE FROM rtree_LAYER_geom WHERE id = OLD.fid;
	INSERT OR REPLACE INTO rtree_LAYER_geom VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;
CREATE TRIGGER rtree_LAYER_geom_update4 AFTER UPDATE ON LAYER
	WHEN OLD.fid != NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
BEGIN
	DELETE FROM rtree_LAYER_geom WHERE id IN (OLD.fid, NEW.fid);
END;
CREATE TRIGGER rtree_LAYER_geom_delete AFTER DELETE ON LAYER
	WHEN old.geom NOT NULL
BEGIN
	DELETE FROM rtree_LAYER_geom WHERE id = OLD.fid;
END;`
