-- Nobody who may publish can change what was published: rows come with a new
-- snapshot and never later, an entry is what its hash says and follows the last
-- one, and a publication is on disk whatever the role's settings are. The owner
-- can withdraw the bytes of a snapshot, by an entry that says so.

ALTER TABLE demarc.snapshots ALTER COLUMN canonical DROP NOT NULL; -- null for one that was withdrawn
ALTER TABLE demarc.entries
	ADD COLUMN withdraws text REFERENCES demarc.snapshots, -- null for a publication
	ADD COLUMN signature text; -- over entry; null when nobody signed
CREATE INDEX ON demarc.entries (snapshot);
CREATE INDEX ON demarc.entries (withdraws);
CREATE OR REPLACE VIEW demarc.heads AS
	SELECT DISTINCT ON (dataset) * FROM demarc.entries ORDER BY dataset, number DESC;

-- The hash that names an entry: of its members as canonical JSON (RFC 8785).
CREATE FUNCTION demarc.entry_hash(e demarc.entries) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
	SELECT 'sha256:' || encode(sha256(convert_to(
		'{"at":"' || rtrim(rtrim(to_char(e.published AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z"'
		|| ',"author":' || to_json(e.author)::text || ',"dataset":' || to_json(e.dataset)::text || ',"note":' || to_json(e.note)::text
		|| ',"number":' || e.number::text || ',"parent":' || to_json(coalesce(e.parent, ''))::text || ',"snapshot":' || to_json(e.snapshot)::text
		|| coalesce(',"withdraws":' || to_json(e.withdraws)::text, '') || '}', 'UTF8')), 'hex')
$$;

CREATE FUNCTION demarc.check_entry() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE head demarc.entries;
BEGIN
	IF current_setting('synchronous_commit') IN ('off', 'local', 'remote_write') THEN
		PERFORM set_config('synchronous_commit', 'on', true); -- until the transaction ends
	END IF;
	SELECT * INTO head FROM demarc.entries e WHERE e.dataset = NEW.dataset ORDER BY e.number DESC LIMIT 1;
	IF NEW.entry IS DISTINCT FROM demarc.entry_hash(NEW) THEN
		RAISE EXCEPTION 'entries: the name of an entry is the hash of what it says, %', demarc.entry_hash(NEW);
	ELSIF NEW.number <> coalesce(head.number, 0) + 1 OR NEW.parent IS DISTINCT FROM head.entry OR NEW.published < head.published THEN
		RAISE EXCEPTION 'entries: it does not follow the last entry of %', NEW.dataset;
	ELSIF NOT EXISTS (SELECT FROM demarc.snapshots s WHERE s.name = NEW.snapshot AND s.dataset = NEW.dataset AND s.canonical IS NOT NULL) THEN
		RAISE EXCEPTION 'entries: snapshot % is not there, was withdrawn or is of another dataset', NEW.snapshot;
	END IF;
	IF NEW.withdraws IS NULL THEN
		RETURN NEW;
	ELSIF NOT pg_has_role((SELECT c.relowner FROM pg_class c WHERE c.oid = 'demarc.entries'::regclass), 'MEMBER') THEN
		RAISE EXCEPTION 'entries: permission denied: only the owner withdraws';
	ELSIF NEW.snapshot IS DISTINCT FROM head.snapshot OR NEW.withdraws = NEW.snapshot
		OR NOT EXISTS (SELECT FROM demarc.entries e WHERE e.dataset = NEW.dataset AND e.snapshot = NEW.withdraws) THEN
		RAISE EXCEPTION 'entries: % is what is published, or was never published of %', NEW.withdraws, NEW.dataset;
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER checked BEFORE INSERT ON demarc.entries FOR EACH ROW EXECUTE FUNCTION demarc.check_entry();

-- A snapshot is published in the transaction that makes it, so that one that is
-- there has an entry, and its rows can be told from rows that come too late.
CREATE FUNCTION demarc.check_snapshot() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF NEW.canonical IS NULL OR NOT EXISTS (SELECT FROM demarc.entries e WHERE e.snapshot = NEW.name) THEN
		RAISE EXCEPTION 'snapshots: % comes without its bytes or its entry', NEW.name;
	END IF;
	RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER published AFTER INSERT ON demarc.snapshots DEFERRABLE INITIALLY DEFERRED
	FOR EACH ROW EXECUTE FUNCTION demarc.check_snapshot();

CREATE FUNCTION demarc.check_row() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF EXISTS (SELECT FROM demarc.entries e WHERE e.snapshot = NEW.snapshot) THEN
		RAISE EXCEPTION '%: what was published is never changed, and % was', TG_TABLE_NAME, NEW.snapshot;
	END IF;
	RETURN NEW;
END $$;

-- Rows of a snapshot that was withdrawn may go, and its bytes.
CREATE FUNCTION demarc.refuse_row_change() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF TG_OP = 'DELETE' THEN
		IF EXISTS (SELECT FROM demarc.entries e WHERE e.withdraws = OLD.snapshot) THEN
			RETURN OLD;
		END IF;
	END IF;
	RAISE EXCEPTION '%: what was published is never changed', TG_TABLE_NAME;
END $$;

CREATE FUNCTION demarc.refuse_snapshot_change() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF TG_OP = 'UPDATE' THEN
		IF NEW.canonical IS NULL AND (NEW.name, NEW.dataset, NEW.territory, NEW.party, NEW.basis, NEW.parties) = (OLD.name, OLD.dataset, OLD.territory, OLD.party, OLD.basis, OLD.parties)
			AND EXISTS (SELECT FROM demarc.entries e WHERE e.withdraws = OLD.name) THEN
			RETURN NEW;
		END IF;
	END IF;
	RAISE EXCEPTION '%: what was published is never changed', TG_TABLE_NAME;
END $$;

DO $$
DECLARE name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['snapshots', 'bases', 'territories', 'zones', 'control_lines', 'places'] LOOP
		EXECUTE format('DROP TRIGGER immutable ON demarc.%I', name);
		EXECUTE format('CREATE TRIGGER immutable BEFORE TRUNCATE ON demarc.%I EXECUTE FUNCTION demarc.refuse_change()', name);
		EXECUTE format('CREATE TRIGGER immutable_row BEFORE UPDATE OR DELETE ON demarc.%I FOR EACH ROW EXECUTE FUNCTION demarc.%s()',
			name, CASE name WHEN 'snapshots' THEN 'refuse_snapshot_change' ELSE 'refuse_row_change' END);
	END LOOP;
	FOREACH name IN ARRAY ARRAY['bases', 'territories', 'zones', 'control_lines', 'places'] LOOP
		EXECUTE format('CREATE TRIGGER checked BEFORE INSERT ON demarc.%I FOR EACH ROW EXECUTE FUNCTION demarc.check_row()', name);
	END LOOP;
END $$;

-- The bytes and the rows go with the entry that withdraws them.
CREATE FUNCTION demarc.withdraw() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE name text;
BEGIN
	UPDATE demarc.snapshots s SET canonical = NULL WHERE s.name = NEW.withdraws;
	FOREACH name IN ARRAY ARRAY['bases', 'territories', 'zones', 'control_lines', 'places'] LOOP
		EXECUTE format('DELETE FROM demarc.%I WHERE snapshot = $1', name) USING NEW.withdraws;
	END LOOP;
	RETURN NULL;
END $$;
CREATE TRIGGER withdrawn AFTER INSERT ON demarc.entries FOR EACH ROW WHEN (NEW.withdraws IS NOT NULL) EXECUTE FUNCTION demarc.withdraw();
