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
		if err := fillInSnapshot(ctx, tx, name); err != nil {
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

// fillInSnapshot fills in the new columns of one snapshot.
func fillInSnapshot(ctx context.Context, tx pgx.Tx, name string) error {
	var canonical []byte
	if err := tx.QueryRow(ctx, "SELECT canonical FROM demarc.snapshots WHERE name = $1", name).Scan(&canonical); err != nil {
		return err
	}
	s, err := data.ReadCanonical(ctx, name, canonical)
	if err != nil {
		return err
	}
	parties := column(s.Dataset.Parties, func(p *data.Party) string { return p.ID })
	if _, err := tx.Exec(ctx, "UPDATE demarc.snapshots SET parties = $2 WHERE name = $1", name, parties); err != nil {
		return err
	}
	bases := column(s.Dataset.Bases, func(b *data.Basis) string { return b.ID })
	runs := column(s.Dataset.Bases, func(b *data.Basis) string { return mapped(s.MappedEpochs(b.ID)) })
	_, err = tx.Exec(ctx, `UPDATE demarc.bases b SET mapped = new.mapped::daterange[] FROM unnest($2::text[], $3::text[]) AS new (id, mapped)
		WHERE b.snapshot = $1 AND b.id = new.id`, name, bases, runs)
	if err != nil {
		return err
	}
	zones := column(s.Zones, func(z *data.Zone) string { return z.ID })
	days := column(s.Zones, func(z *data.Zone) *string { return day(s.EvidenceDay(z)) })
	_, err = tx.Exec(ctx, `UPDATE demarc.zones z SET mapped_on = new.mapped_on::date FROM unnest($2::text[], $3::text[]) AS new (id, mapped_on)
		WHERE z.snapshot = $1 AND z.id = new.id`, name, zones, days)
	return err
}
