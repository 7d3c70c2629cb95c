package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/jackc/pgx/v5"
)

// database returns the connection string of a database of this process, without a
// store in it.
func database(t *testing.T) string {
	t.Helper()
	conn, ctx := referee.PostGIS(t), context.Background()
	name := fmt.Sprintf("store_%d", os.Getpid())
	url := strings.Replace(conn.Config().ConnString(), "dbname=postgres", "dbname="+name, 1)
	in, err := pgx.Connect(ctx, url)
	if err != nil { // the first who asks makes it; making the extension takes a second
		if _, err := conn.Exec(ctx, "CREATE DATABASE "+name); err != nil {
			t.Fatal(err)
		}
		if in, err = pgx.Connect(ctx, url); err != nil {
			t.Fatal(err)
		}
	}
	defer in.Close(ctx)
	for _, statement := range []string{"CREATE EXTENSION IF NOT EXISTS postgis", "DROP SCHEMA IF EXISTS demarc CASCADE"} {
		if _, err := in.Exec(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
	return url
}

// postGIS is a new store.
func postGIS(t *testing.T, url string) *PostGIS {
	t.Helper()
	p, err := CreatePostGIS(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

func TestPostGISIsAStore(t *testing.T) {
	conforms(t, func(t *testing.T) func() Store {
		url := database(t)
		return func() Store { return postGIS(t, url) }
	})
}

func TestRowsThatWereTamperedWithAreNamed(t *testing.T) {
	ctx, url := context.Background(), database(t)
	p := postGIS(t, url)
	one := version(t, "here", 40)
	published(t, p, one, by("ann", 0))
	published(t, p, version(t, "here", 44), by("ann", 1))
	sound(t, p)
	for _, statement := range []string{"UPDATE demarc.zones SET party = 'q'", "DELETE FROM demarc.entries", "TRUNCATE demarc.places", "UPDATE demarc.snapshots SET basis = 'c'"} {
		if _, err := p.pool.Exec(ctx, statement); err == nil || !strings.Contains(err.Error(), "never changed") {
			t.Errorf("%s: %v", statement, err)
		}
	}
	for statement, want := range map[string]string{
		"UPDATE demarc.zones SET geom = ST_Translate(geom, 1e-9, 0) WHERE snapshot = $1":            `demarc.zones: snapshot ` + one.Name() + `, row "west"`,
		"UPDATE demarc.zones SET valid = daterange('2026-01-01', '2026-04-01') WHERE snapshot = $1": `row "west"`,
		"UPDATE demarc.places SET properties = '{}' WHERE snapshot = $1":                            `row "town"`,
		"DELETE FROM demarc.control_lines WHERE snapshot = $1":                                      `row "line"`,
		"UPDATE demarc.bases SET counts = '{claimed}' WHERE snapshot = $1":                          `row "b"`,
		"UPDATE demarc.entries SET author = 'eve' WHERE snapshot = $1":                              `entry 1`,
	} {
		err := pgx.BeginFunc(ctx, p.pool, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, "SET LOCAL session_replication_role = replica"); err != nil { // an owner who means to
				return err
			}
			_, err := tx.Exec(ctx, statement, one.Name())
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		report, err := p.Verify(ctx)
		if err != nil || report.OK || !strings.Contains(strings.Join(report.Faults, "\n"), want) {
			t.Errorf("%s: %+v %v", statement, report, err)
		}
	}
	if _, err := p.History(ctx, "here"); !errors.Is(err, data.ErrTampered) {
		t.Error(err)
	}
}

func TestADatabaseOfALaterVersionIsLeftAlone(t *testing.T) {
	ctx, url := context.Background(), database(t)
	p := postGIS(t, url)
	if _, err := p.pool.Exec(ctx, "INSERT INTO demarc.migrations (version) VALUES (99)"); err != nil {
		t.Fatal(err)
	}
	if _, err := CreatePostGIS(ctx, url); err == nil || !strings.Contains(err.Error(), "version 99") {
		t.Error(err)
	}
	if _, err := p.Heads(ctx); err == nil || !strings.Contains(err.Error(), "version 99") {
		t.Error(err)
	}
}

func TestAConnectionStringIsNotRepeated(t *testing.T) {
	_, err := OpenPostGIS(context.Background(), "postgres://ann:secret@%zz/x")
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Error(err)
	}
}
