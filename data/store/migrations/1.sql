-- The history of every dataset, and its facts as rows that can be queried.
-- Rows are only ever added: one publication adds one entry and, when its
-- snapshot is new, the snapshot with all its features.

CREATE TABLE demarc.snapshots (
	name      text PRIMARY KEY CHECK (name ~ '^sha256:[0-9a-f]{64}$'),
	dataset   text NOT NULL,
	territory text NOT NULL, -- defaults of a question
	party     text NOT NULL,
	basis     text NOT NULL,
	canonical bytea NOT NULL, -- what name is the hash of
	CHECK (name = 'sha256:' || encode(sha256(canonical), 'hex'))
);

CREATE TABLE demarc.entries (
	entry     text PRIMARY KEY CHECK (entry ~ '^sha256:[0-9a-f]{64}$'),
	dataset   text NOT NULL,
	number    integer NOT NULL CHECK (number > 0),
	parent    text UNIQUE REFERENCES demarc.entries, -- null for the first of a dataset
	snapshot  text NOT NULL REFERENCES demarc.snapshots,
	published timestamptz NOT NULL,
	author    text NOT NULL,
	note      text NOT NULL,
	UNIQUE (dataset, number),
	CHECK ((parent IS NULL) = (number = 1))
);

CREATE TABLE demarc.bases (
	snapshot text NOT NULL REFERENCES demarc.snapshots,
	id       text NOT NULL,
	counts   text[] NOT NULL, -- statuses counted as held
	PRIMARY KEY (snapshot, id)
);

CREATE TABLE demarc.territories (
	snapshot   text NOT NULL REFERENCES demarc.snapshots,
	id         text NOT NULL,
	parent     text, -- null for a whole territory
	source     text NOT NULL,
	area_m2    double precision NOT NULL, -- on the WGS 84 ellipsoid, edges straight in longitude and latitude
	properties jsonb NOT NULL,
	geom       geometry(MultiPolygon, 4326) NOT NULL,
	PRIMARY KEY (snapshot, id)
);

CREATE TABLE demarc.zones (
	snapshot   text NOT NULL REFERENCES demarc.snapshots,
	id         text NOT NULL,
	party      text NOT NULL,
	basis      text NOT NULL,
	status     text NOT NULL,
	valid      daterange NOT NULL, -- days, the last one excluded
	source     text NOT NULL,
	accuracy_m double precision NOT NULL,
	line       text, -- the control line that implies it
	properties jsonb NOT NULL,
	geom       geometry(MultiPolygon, 4326) NOT NULL,
	PRIMARY KEY (snapshot, id)
);

CREATE TABLE demarc.control_lines (
	snapshot   text NOT NULL REFERENCES demarc.snapshots,
	id         text NOT NULL,
	party      text NOT NULL,
	basis      text,
	status     text NOT NULL,
	valid      daterange NOT NULL,
	source     text NOT NULL,
	accuracy_m double precision NOT NULL,
	kind       text NOT NULL,
	properties jsonb NOT NULL,
	geom       geometry(LineString, 4326) NOT NULL,
	PRIMARY KEY (snapshot, id)
);

CREATE TABLE demarc.places (
	snapshot   text NOT NULL REFERENCES demarc.snapshots,
	id         text NOT NULL,
	kind       text NOT NULL,
	source     text NOT NULL,
	properties jsonb NOT NULL,
	geom       geometry(Point, 4326) NOT NULL,
	PRIMARY KEY (snapshot, id)
);

CREATE INDEX ON demarc.territories USING gist (geom);
CREATE INDEX ON demarc.zones USING gist (geom);
CREATE INDEX ON demarc.zones USING gist (valid);
CREATE INDEX ON demarc.control_lines USING gist (geom);
CREATE INDEX ON demarc.control_lines USING gist (valid);
CREATE INDEX ON demarc.places USING gist (geom);

-- Nobody changes or removes what was published, not even the owner by mistake.
CREATE FUNCTION demarc.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '%: what was published is never changed', TG_TABLE_NAME;
END $$;

DO $$
DECLARE name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['snapshots', 'entries', 'bases', 'territories', 'zones', 'control_lines', 'places'] LOOP
		EXECUTE format('CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON demarc.%I EXECUTE FUNCTION demarc.refuse_change()', name);
	END LOOP;
END $$;

-- The last entry of each dataset, and what it published.
CREATE VIEW demarc.heads AS
	SELECT DISTINCT ON (dataset) * FROM demarc.entries ORDER BY dataset, number DESC;
CREATE VIEW demarc.territories_current AS
	SELECT h.dataset, t.* FROM demarc.heads h JOIN demarc.territories t USING (snapshot);
CREATE VIEW demarc.zones_current AS
	SELECT h.dataset, z.* FROM demarc.heads h JOIN demarc.zones z USING (snapshot);
CREATE VIEW demarc.control_lines_current AS
	SELECT h.dataset, l.* FROM demarc.heads h JOIN demarc.control_lines l USING (snapshot);
CREATE VIEW demarc.places_current AS
	SELECT h.dataset, p.* FROM demarc.heads h JOIN demarc.places p USING (snapshot);

-- The share of every territory and district that a party holds on a day under
-- a basis, by the snapshot that was known at a moment. PostGIS takes edges as
-- geodesics, so shapes are first cut into pieces of so many degrees.
CREATE FUNCTION demarc.shares(in_dataset text, as_of date, as_known timestamptz DEFAULT 'infinity', degrees double precision DEFAULT 0.001)
RETURNS TABLE (territory text, party text, basis text, held_km2 double precision, territory_km2 double precision, percent double precision, snapshot text)
LANGUAGE sql STABLE AS $$
	WITH known AS (
		SELECT s.* FROM demarc.entries e JOIN demarc.snapshots s ON s.name = e.snapshot
		WHERE e.dataset = in_dataset AND e.published <= as_known ORDER BY e.number DESC LIMIT 1
	), held AS (
		SELECT z.party, z.basis, ST_Union(z.geom) AS geom
		FROM known k JOIN demarc.zones z ON z.snapshot = k.name JOIN demarc.bases b ON b.snapshot = k.name AND b.id = z.basis
		WHERE z.valid @> as_of AND z.status = ANY (b.counts) GROUP BY z.party, z.basis
	), measured AS (
		SELECT t.id, h.party, h.basis, k.name,
			ST_Area(ST_Segmentize(ST_Intersection(t.geom, h.geom), degrees)::geography) / 1e6 AS held_km2,
			ST_Area(ST_Segmentize(t.geom, degrees)::geography) / 1e6 AS territory_km2
		FROM known k JOIN demarc.territories t ON t.snapshot = k.name CROSS JOIN held h
	)
	SELECT id, party, basis, held_km2, territory_km2, 100 * held_km2 / territory_km2, name FROM measured ORDER BY id, party, basis
$$;
