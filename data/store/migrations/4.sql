-- Layers of things: schools, roads, built-up area, to be counted on either side of a
-- line. No share depends on them.

CREATE TABLE demarc.things (
	snapshot   text NOT NULL REFERENCES demarc.snapshots,
	id         text NOT NULL,
	layer      text NOT NULL,
	kind       text,
	count      double precision, -- how many the row stands for, null when not said
	valid      daterange NOT NULL, -- open where nothing is said
	source     text NOT NULL,
	mapped_on  date NOT NULL,
	properties jsonb NOT NULL,
	geom       geometry(Geometry, 4326) NOT NULL,
	PRIMARY KEY (snapshot, id)
);
CREATE INDEX ON demarc.things USING gist (geom);
CREATE INDEX ON demarc.things (snapshot, layer);

CREATE TRIGGER immutable BEFORE TRUNCATE ON demarc.things EXECUTE FUNCTION demarc.refuse_change();
CREATE TRIGGER immutable_row BEFORE UPDATE OR DELETE ON demarc.things FOR EACH ROW EXECUTE FUNCTION demarc.refuse_row_change();
CREATE TRIGGER checked BEFORE INSERT ON demarc.things FOR EACH ROW EXECUTE FUNCTION demarc.check_row();

CREATE OR REPLACE FUNCTION demarc.withdraw() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE name text;
BEGIN
	UPDATE demarc.snapshots s SET canonical = NULL WHERE s.name = NEW.withdraws;
	FOREACH name IN ARRAY ARRAY['bases', 'territories', 'zones', 'control_lines', 'places', 'things'] LOOP
		EXECUTE format('DELETE FROM demarc.%I WHERE snapshot = $1', name) USING NEW.withdraws;
	END LOOP;
	RETURN NULL;
END $$;

CREATE VIEW demarc.things_current AS
	SELECT h.dataset, t.* FROM demarc.heads h JOIN demarc.things t USING (snapshot);

-- Who may read and publish places may read and publish things.
DO $$
DECLARE may record;
BEGIN
	FOR may IN SELECT a.grantee, a.privilege_type FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a
		WHERE c.oid = 'demarc.places'::regclass AND a.grantee <> c.relowner LOOP
		EXECUTE format('GRANT %s ON demarc.things TO %s', may.privilege_type,
			CASE may.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(may.grantee)) END);
	END LOOP;
END $$;
