package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/referee"

	"github.com/jackc/pgx/v5"
)

// asPublisher makes the roles of the guide for operators and returns the store as
// the one that publishes.
func asPublisher(t *testing.T, owner *PostGIS, url string) *PostGIS {
	t.Helper()
	ctx := context.Background()
	guide, err := os.ReadFile(filepath.Join(referee.Root(), "docs", "operations.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(guide), "```sql\n")
	roles, _, _ := strings.Cut(after, "```")
	if _, err := owner.pool.Exec(ctx, roles); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := owner.pool.Exec(ctx, "DROP OWNED BY demarc_reader, demarc_publisher; DROP ROLE demarc_reader, demarc_publisher"); err != nil {
			t.Error(err)
		}
	})
	p, err := OpenPostGIS(ctx, strings.Replace(url, "user="+owner.pool.Config().ConnConfig.User, "user=demarc_publisher", 1))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

// Whoever may publish cannot change what was published, by no INSERT either.
func TestThePublisherCannotChangeWhatWasPublished(t *testing.T) {
	ctx, url := context.Background(), database(t)
	owner := postGIS(t, url)
	p := asPublisher(t, owner, url)
	one, two := version(t, "here", 40), version(t, "here", 42)
	first := published(t, p, one, by("ann", 0))
	published(t, p, two, by("ann", 1))
	percent := func() (v float64) {
		t.Helper()
		if err := p.pool.QueryRow(ctx, "SELECT percent FROM demarc.shares('here', '2026-01-20')").Scan(&v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	before := percent()
	junk := "sha256:" + strings.Repeat("0", 64)
	entry := func(columns string) string {
		return "INSERT INTO demarc.entries (entry, dataset, number, parent, snapshot, published, author, note, withdraws) SELECT " + columns +
			" FROM demarc.heads h WHERE dataset = 'here'"
	}
	hashed := "WITH new AS (SELECT (jsonb_populate_record(null::demarc.entries, to_jsonb(h) || %)).* FROM demarc.heads h WHERE dataset = 'here') " +
		"INSERT INTO demarc.entries (entry, dataset, number, parent, snapshot, published, author, note, withdraws) " +
		"SELECT demarc.entry_hash(new), dataset, number, parent, snapshot, published, author, note, withdraws FROM new"
	follows := "'number', h.number + 1, 'parent', h.entry"
	for what, c := range map[string]struct{ statement, says string }{
		"a zone more (F11)":   {"INSERT INTO demarc.zones SELECT snapshot, 'evil', party, basis, status, valid, source, accuracy_m, line, properties, ST_Multi(ST_MakeEnvelope(0, 0, 1, 1, 4326)) FROM demarc.zones_current", "never changed"},
		"a basis more":        {"INSERT INTO demarc.bases SELECT snapshot, 'evil', counts FROM demarc.bases", "never changed"},
		"a territory more":    {"INSERT INTO demarc.territories SELECT snapshot, 'evil', parent, source, area_m2, properties, geom FROM demarc.territories", "never changed"},
		"a line more":         {"INSERT INTO demarc.control_lines SELECT snapshot, 'evil', party, basis, status, valid, source, accuracy_m, kind, properties, geom FROM demarc.control_lines", "never changed"},
		"a place more":        {"INSERT INTO demarc.places SELECT snapshot, 'evil', kind, source, properties, geom FROM demarc.places", "never changed"},
		"a junk entry (F12)":  {entry("'" + junk + "', dataset, number + 1, entry, snapshot, now(), 'eve', '', null"), "is the hash of what it says"},
		"the hash of another": {strings.Replace(entry("'"+first.ID[:70]+"0', dataset, number + 1, entry, snapshot, published, author, note, null"), "x", "x", 1), "is the hash of what it says"},
		"a gap":               {strings.Replace(hashed, "%", "jsonb_build_object('number', h.number + 2, 'parent', h.entry)", 1), "does not follow"},
		"a fork":              {strings.Replace(hashed, "%", "jsonb_build_object('number', h.number + 1, 'parent', '"+first.ID+"')", 1), "does not follow"},
		"a time before":       {strings.Replace(hashed, "%", "jsonb_build_object("+follows+", 'published', h.published - interval '1 second')", 1), "does not follow"},
		"another dataset":     {strings.Replace(hashed, "%", "jsonb_build_object('dataset', 'there', 'number', 1, 'parent', null)", 1), "of another dataset"},
		"a withdrawal":        {strings.Replace(hashed, "%", "jsonb_build_object("+follows+", 'withdraws', '"+one.Name()+"')", 1), "permission denied"},
		"an orphan":           {"INSERT INTO demarc.snapshots (name, dataset, territory, party, basis, canonical, parties) VALUES ('sha256:' || encode(sha256('x'), 'hex'), 'here', 'whole', 'p', 'b', 'x', '{}')", "without its bytes or its entry"},
	} {
		if _, err := p.pool.Exec(ctx, c.statement); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if after := percent(); after != before {
		t.Errorf("the share was %v and is %v", before, after)
	}
	sound(t, p)
	published(t, p, version(t, "here", 44), by("ann", 2)) // the way of a hash that fits is open
	if _, err := Withdraw(ctx, p, "here", "1", by("ann", 3)); err == nil || !strings.Contains(err.Error(), "permission denied") {
		t.Errorf("the publisher withdraws: %v", err)
	}
	if _, err := Withdraw(ctx, owner, "here", "1", by("ann", 3)); err != nil {
		t.Errorf("the owner does not: %v", err)
	}
	sound(t, p)
}

// What a text needs of escapes, the database hashes as this program does.
func TestTheDatabaseNamesEntriesAsThisProgramDoes(t *testing.T) {
	p := postGIS(t, database(t))
	at := noon
	for n, text := range []string{`"quoted"`, `back\slash`, "<a href='x'>&amp;</a>", "غزة", "😀 \u2028x"[:5], "é", "e\u0301", "ſ", "/", "{}", "'; DROP TABLE x; --", "$1"} {
		for _, off := range []time.Duration{0, time.Microsecond, 120 * time.Millisecond, 999999 * time.Microsecond} {
			at = at.Add(time.Second)
			published(t, p, version(t, "here", 20+n+int(off.Microseconds()%7)), Proposal{Author: text, Note: text, At: at.Add(off), Confirm: true})
		}
	}
	sound(t, p)
}

// A publication is on disk although the role prefers to be quick.
func TestAPublicationCommitsSynchronouslyWhateverTheRolePrefers(t *testing.T) {
	ctx, url := context.Background(), database(t)
	owner := postGIS(t, url)
	p := asPublisher(t, owner, url)
	for _, statement := range []string{"ALTER ROLE demarc_publisher SET synchronous_commit = off",
		"CREATE TABLE demarc.seen (setting text)", "GRANT INSERT ON demarc.seen TO demarc_publisher",
		"CREATE FUNCTION demarc.see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO demarc.seen SELECT current_setting('synchronous_commit'); RETURN NULL; END $$",
		"CREATE CONSTRAINT TRIGGER see AFTER INSERT ON demarc.entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION demarc.see()"} {
		if _, err := owner.pool.Exec(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
	var prefers, seen string
	published(t, p, version(t, "here", 40), by("ann", 0))
	if err := p.pool.QueryRow(ctx, "SHOW synchronous_commit").Scan(&prefers); err != nil || prefers != "off" {
		t.Fatalf("%s %v", prefers, err)
	}
	if err := owner.pool.QueryRow(ctx, "SELECT setting FROM demarc.seen").Scan(&seen); err != nil || seen != "on" {
		t.Errorf("it commits with synchronous_commit %s: %v", seen, err)
	}
}

// A store of the version before is read, and brought up to date with all it has.
func TestAStoreOfTheVersionBeforeIsReadAndBroughtUpToDate(t *testing.T) {
	ctx, url := context.Background(), database(t)
	statements := []string{"CREATE SCHEMA demarc", "CREATE TABLE demarc.migrations (version integer PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now())"}
	for version := range newest - 1 {
		text, err := migrations.ReadFile(fmt.Sprintf("migrations/%d.sql", version+1))
		if err != nil {
			t.Fatal(err)
		}
		statements = append(statements, string(text), fmt.Sprintf("INSERT INTO demarc.migrations (version) VALUES (%d)", version+1))
	}
	statements = append(statements, "GRANT SELECT ON demarc.places TO PUBLIC")
	old, err := OpenPostGIS(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	one := version(t, "here", 40)
	first := Entry{}.next("here", one.Name(), by("ann", 0))
	err = pgx.BeginFunc(ctx, old.pool, func(tx pgx.Tx) error {
		for _, statement := range statements {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return err
			}
		}
		if err := insertSnapshot(ctx, tx, one); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "INSERT INTO demarc.entries (entry, dataset, number, parent, snapshot, published, author, note) VALUES ($1, $2, 1, null, $3, $4, $5, $6)", first.ID, "here", one.Name(), first.At, first.Author, first.Note)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := told(t, old, "here"); len(got) != 1 {
		t.Errorf("%v", got)
	}
	p := postGIS(t, url)
	published(t, p, version(t, "here", 42), by("ann", 1))
	sound(t, p)
	if got := told(t, old, "here"); len(got) != 2 {
		t.Errorf("%v", got)
	}
	var readable, writable bool
	if err := p.pool.QueryRow(ctx, "SELECT has_table_privilege('public', 'demarc.things', 'SELECT'), has_table_privilege('public', 'demarc.things', 'INSERT')").Scan(&readable, &writable); err != nil || !readable || writable {
		t.Errorf("who reads places may read things: %v, and add none: %v: %v", readable, !writable, err)
	}
}
