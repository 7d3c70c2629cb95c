-- What a figure says beside its number: of when its evidence is, that nobody
-- holds anything on a mapped day, and whose the rest of the land is. The program
-- fills the new columns in for snapshots that are there already; only then are they NOT NULL.

ALTER TABLE demarc.snapshots ADD COLUMN parties text[]; -- ids, in the order of the dataset
ALTER TABLE demarc.bases ADD COLUMN mapped daterange[]; -- the runs of days of which the reading says something and in which nothing of it changes
ALTER TABLE demarc.zones ADD COLUMN mapped_on date;     -- the day of the evidence

CREATE OR REPLACE VIEW demarc.zones_current AS
	SELECT h.dataset, z.* FROM demarc.heads h JOIN demarc.zones z USING (snapshot);

-- The snapshot of a dataset that was known at a moment.
CREATE FUNCTION demarc.known(in_dataset text, as_known timestamptz DEFAULT 'infinity')
RETURNS TABLE (name text, parties text[]) LANGUAGE sql STABLE AS $$
	SELECT s.name, s.parties FROM demarc.entries e JOIN demarc.snapshots s ON s.name = e.snapshot
	WHERE e.dataset = in_dataset AND e.published <= as_known ORDER BY e.number DESC LIMIT 1
$$;

-- The zones that count on a day that their reading maps, with the day of their evidence.
CREATE FUNCTION demarc.counting(in_snapshot text, as_of date)
RETURNS TABLE (id text, party text, basis text, mapped_on date, geom geometry) LANGUAGE sql STABLE AS $$
	SELECT z.id, z.party, z.basis, z.mapped_on, z.geom FROM demarc.zones z JOIN demarc.bases b ON b.snapshot = z.snapshot AND b.id = z.basis
	WHERE z.snapshot = in_snapshot AND z.valid @> as_of AND z.status = ANY (b.counts) AND as_of <@ ANY (b.mapped)
$$;

-- Area on the WGS 84 ellipsoid in km². PostGIS takes edges as geodesics, so
-- shapes are first cut into pieces of so many degrees.
CREATE FUNCTION demarc.km2(geom geometry, degrees double precision)
RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
	SELECT ST_Area(ST_Segmentize(ST_CollectionExtract(geom, 3), degrees)::geography) / 1e6
$$;

-- The share of every territory and district that each party holds on a day
-- under each reading that maps the day, 0 % included, by the snapshot that was
-- known at a moment; of when the newest evidence is, and its age on that day.
DROP FUNCTION demarc.shares(text, date, timestamptz, double precision);
CREATE FUNCTION demarc.shares(in_dataset text, as_of date, as_known timestamptz DEFAULT 'infinity', degrees double precision DEFAULT 0.001)
RETURNS TABLE (territory text, party text, basis text, held_km2 double precision, territory_km2 double precision, percent double precision, snapshot text,
	evidence_newest date, evidence_age_days integer)
LANGUAGE sql STABLE AS $$
	WITH known AS (SELECT * FROM demarc.known(in_dataset, as_known)
	), asked AS (
		SELECT k.name, b.id AS basis, lower(m) AS since, p.party FROM known k JOIN demarc.bases b ON b.snapshot = k.name
		CROSS JOIN unnest(b.mapped) AS m CROSS JOIN unnest(k.parties) AS p (party) WHERE m @> as_of
	), measured AS (
		SELECT t.id, a.party, a.basis, a.name, coalesce(h.held_km2, 0) AS held_km2, demarc.km2(t.geom, degrees) AS territory_km2, coalesce(h.newest, a.since) AS newest
		FROM asked a JOIN demarc.territories t ON t.snapshot = a.name CROSS JOIN LATERAL (
			SELECT demarc.km2(ST_Intersection(t.geom, ST_Union(c.geom)), degrees) AS held_km2, max(c.mapped_on) AS newest
			FROM demarc.counting(a.name, as_of) c WHERE c.party = a.party AND c.basis = a.basis AND (t.parent IS NULL OR c.geom && t.geom)
		) h
	)
	SELECT id, party, basis, held_km2, territory_km2, 100 * held_km2 / territory_km2, name, newest, greatest(0, as_of - newest) FROM measured ORDER BY id, party, basis
$$;

-- Whose all the land of every territory and district is on a day under each
-- reading: of each party alone, of several at once, of nobody, or not mapped.
-- The rounded percentages of a territory sum to exactly 100.00 (largest remainders).
CREATE FUNCTION demarc.parties(in_dataset text, as_of date, as_known timestamptz DEFAULT 'infinity', degrees double precision DEFAULT 0.001)
RETURNS TABLE (territory text, basis text, holder text, parties text[], km2 double precision, percent double precision, percent_rounded numeric, snapshot text)
LANGUAGE sql STABLE AS $$
	WITH RECURSIVE known AS (SELECT * FROM demarc.known(in_dataset, as_known)
	), held AS (
		SELECT c.basis, c.party, ST_Union(c.geom) AS geom, row_number() OVER (PARTITION BY c.basis ORDER BY c.party) AS n
		FROM known k CROSS JOIN LATERAL demarc.counting(k.name, as_of) c GROUP BY c.basis, c.party
	), asked AS (
		SELECT k.name, t.id AS territory, t.geom, b.id AS basis, as_of <@ ANY (b.mapped) AS mapped, k.parties
		FROM known k JOIN demarc.territories t ON t.snapshot = k.name JOIN demarc.bases b ON b.snapshot = k.name
	), pieces AS ( -- each step divides every piece by the land of one more party
		SELECT territory, basis, 0::bigint AS n, ARRAY[]::text[] AS parties, geom::geometry FROM asked WHERE mapped
		UNION ALL
		SELECT p.territory, p.basis, h.n, new.parties, new.geom
		FROM pieces p JOIN held h ON h.basis = p.basis AND h.n = p.n + 1 CROSS JOIN LATERAL (VALUES
			(p.parties || h.party, ST_CollectionExtract(ST_Intersection(p.geom, h.geom), 3)),
			(p.parties, ST_CollectionExtract(ST_Difference(p.geom, h.geom), 3))) AS new (parties, geom)
		WHERE NOT ST_IsEmpty(new.geom)
	), whole AS (
		SELECT territory, basis, demarc.km2(geom, degrees) AS km2 FROM asked
	), measured AS (
		SELECT p.territory, p.basis, p.parties, sum(demarc.km2(p.geom, degrees)) AS km2
		FROM pieces p WHERE p.n = (SELECT count(*) FROM held h WHERE h.basis = p.basis) GROUP BY p.territory, p.basis, p.parties
	), rows AS (
		SELECT a.name, a.territory, a.basis, 'alone' AS holder, ARRAY[one.id] AS parties, coalesce(m.km2, 0) AS km2, 1 AS kind, one.place
		FROM asked a CROSS JOIN unnest(a.parties) WITH ORDINALITY AS one (id, place)
		LEFT JOIN measured m ON m.territory = a.territory AND m.basis = a.basis AND m.parties = ARRAY[one.id] WHERE a.mapped
		UNION ALL
		SELECT a.name, a.territory, a.basis, 'shared', m.parties, m.km2, cardinality(m.parties), 0
		FROM asked a JOIN measured m ON m.territory = a.territory AND m.basis = a.basis JOIN whole w ON w.territory = a.territory AND w.basis = a.basis
		WHERE cardinality(m.parties) > 1 AND m.km2 >= 1e-9 * w.km2
		UNION ALL
		SELECT a.name, a.territory, a.basis, CASE WHEN a.mapped THEN 'nobody' ELSE 'not-mapped' END, ARRAY[]::text[],
			CASE WHEN a.mapped THEN coalesce(m.km2, 0) ELSE w.km2 END, 1000000, 0
		FROM asked a JOIN whole w ON w.territory = a.territory AND w.basis = a.basis
		LEFT JOIN measured m ON a.mapped AND m.territory = a.territory AND m.basis = a.basis AND m.parties = ARRAY[]::text[]
	), shares AS (
		SELECT r.*, least(100, 100 * r.km2 / w.km2) AS percent, floor(least(10000, 10000 * r.km2 / w.km2)) AS hundredths
		FROM rows r JOIN whole w ON w.territory = r.territory AND w.basis = r.basis
	), ranked AS (
		SELECT s.*, 10000 - sum(hundredths) OVER every AS due, row_number() OVER (every ORDER BY 100 * percent - hundredths DESC, kind, place, parties) AS rank
		FROM shares s WINDOW every AS (PARTITION BY territory, basis)
	)
	SELECT territory, basis, holder, parties, km2, percent, ((hundredths + CASE WHEN rank <= due THEN 1 ELSE 0 END) / 100)::numeric(5, 2), name
	FROM ranked ORDER BY territory, basis, kind, place, parties
$$;
