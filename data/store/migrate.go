package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"path"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Migrations are numbered from 1 without gaps; one that was released is never changed.
//
//go:embed migrations/*.sql
var migrations embed.FS

// newest is the version of the schema that this program knows.
const newest = 4

// schemaVersion returns the version a database has, 0 when it has none.
func schemaVersion(ctx context.Context, q interface {
	QueryRow(context.Context, string, ...any) pgx.Row
}) (int, error) {
	var version int
	err := q.QueryRow(ctx, "SELECT max(version) FROM demarc.migrations").Scan(&version)
	var missing *pgconn.PgError
	if errors.As(err, &missing) && (missing.Code == "42P01" || missing.Code == "3F000") { // no such table, no such schema
		return 0, nil
	}
	return version, err
}

// migrate brings the schema to the newest version, all in one transaction.
// Who comes second waits, and finds it done.
func (p *PostGIS) migrate(ctx context.Context) error {
	version, err := schemaVersion(ctx, p.pool)
	if err != nil || version >= newest {
		return errors.Join(err, tooNew(version))
	}
	return pgx.BeginFunc(ctx, p.pool, func(tx pgx.Tx) error {
		for _, statement := range []string{
			"SET LOCAL statement_timeout = 0", // an index of a large store
			"SELECT pg_advisory_xact_lock(hashtext('demarc migrations'))",
			"CREATE SCHEMA IF NOT EXISTS demarc",
			"CREATE TABLE IF NOT EXISTS demarc.migrations (version integer PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now())",
		} {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return fmt.Errorf("migrations: %w", err)
			}
		}
		var version int
		if err := tx.QueryRow(ctx, "SELECT coalesce(max(version), 0) FROM demarc.migrations").Scan(&version); err != nil {
			return err
		}
		for version++; version <= newest; version++ {
			text, err := migrations.ReadFile(path.Join("migrations", fmt.Sprintf("%d.sql", version)))
			if err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, string(text)); err != nil {
				return fmt.Errorf("migration %d: %w", version, err)
			}
			if version == 2 {
				if err := fillInDays(ctx, tx); err != nil {
					return fmt.Errorf("migration %d: %w", version, err)
				}
			}
			if _, err := tx.Exec(ctx, "INSERT INTO demarc.migrations (version) VALUES ($1)", version); err != nil {
				return err
			}
		}
		return nil
	})
}

func tooNew(version int) error {
	if version > newest {
		return fmt.Errorf("the store is of version %d, and this program knows versions up to %d", version, newest)
	}
	return nil
}
