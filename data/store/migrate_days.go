package store

import (
	"context"
	"fmt"

	"github.com/demarc-map/demarc/data"

	"github.com/jackc/pgx/v5"
)

// fillInDays gives the snapshots that are in a database already what migration 2
// has columns for, from their canonical bytes. Nothing that was published changes:
// the columns are new, and for this the rule against changes rests until the
// transaction ends.
func fillInDays(ctx context.Context, tx pgx.Tx) error {
	rows, err := tx.Query(ctx, "SELECT name FROM demarc.snapshots")
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	filled := map[string]string{"demarc.snapshots": "parties", "demarc.bases": "mapped", "demarc.zones": "mapped_on"}
	for table := range filled {
		if _, err := tx.Exec(ctx, "ALTER TABLE "+table+" DISABLE TRIGGER immutable"); err != nil {
			return err
		}
	}
	for _, name := range names {
		if err := fillInSnapshot(ctx, tx, name, filled); err != nil {
			return fmt.Errorf("snapshot %s: %w", name, err)
		}
	}
	for table, column := range filled {
		if _, err := tx.Exec(ctx, "ALTER TABLE "+table+" ALTER COLUMN "+column+" SET NOT NULL, ENABLE TRIGGER immutable"); err != nil {
			return err
		}
	}
	return nil
}

// fillInSnapshot fills in the new columns of one snapshot, by table, as they are
// written of a new one.
func fillInSnapshot(ctx context.Context, tx pgx.Tx, name string, filled map[string]string) error {
	var canonical []byte
	if err := tx.QueryRow(ctx, "SELECT canonical FROM demarc.snapshots WHERE name = $1", name).Scan(&canonical); err != nil {
		return err
	}
	s, err := data.ReadCanonical(ctx, name, canonical)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "UPDATE demarc.snapshots SET parties = $2 WHERE name = $1", name, partyIDs(s)); err != nil {
		return err
	}
	all, err := tables(s)
	if err != nil {
		return err
	}
	for _, t := range all {
		if added, ok := filled[t.name]; ok {
			statement := fmt.Sprintf("UPDATE %s old SET %[2]s = new.%[2]s FROM (%s) AS new WHERE old.snapshot = $1 AND old.id = new.id", t.name, added, t.rows)
			if _, err := tx.Exec(ctx, statement, t.args(s)...); err != nil {
				return fmt.Errorf("%s: %w", t.name, err)
			}
		}
	}
	return nil
}
