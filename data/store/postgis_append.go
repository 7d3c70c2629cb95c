package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/demarc-map/demarc/data"

	"github.com/jackc/pgx/v5"
)

// Append implements Store: one transaction, under a lock of the dataset.
func (p *PostGIS) Append(ctx context.Context, snapshot *data.Snapshot, e Entry) error {
	if e.Withdraws == "" {
		if err := e.publishes(snapshot); err != nil {
			return err
		}
	}
	return inDatabase(pgx.BeginFunc(ctx, p.pool, func(tx pgx.Tx) error {
		if err := lockDataset(ctx, tx, e.Dataset); err != nil {
			return err
		}
		var head Entry
		err := head.scan(tx.QueryRow(ctx, "SELECT "+entryColumns(newest)+" FROM demarc.heads WHERE dataset = $1", e.Dataset))
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		if e.Parent != head.ID {
			return &Conflict{Dataset: e.Dataset, Head: head}
		}
		if err := e.follows(head); err != nil {
			return err
		}
		if e.Withdraws == "" {
			if err := insertSnapshot(ctx, tx, snapshot); err != nil {
				return err
			}
		}
		_, err = tx.Exec(ctx, `INSERT INTO demarc.entries (entry, dataset, number, parent, snapshot, published, author, note, withdraws, signature)
			VALUES ($1, $2, $3, nullif($4, ''), $5, $6, $7, $8, nullif($9, ''), nullif($10, ''))`,
			e.ID, e.Dataset, e.Number, e.Parent, e.Snapshot, e.At, e.Author, e.Note, e.Withdraws, e.Signature)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "SELECT pg_notify($1, $2)", channel, e.Dataset)
		return err
	}))
}

// lockDataset keeps other publishers of a dataset out until the transaction
// ends, or returns a *Conflict that says who is at work.
func lockDataset(ctx context.Context, tx pgx.Tx, dataset string) error {
	var got bool
	if err := tx.QueryRow(ctx, "SELECT pg_try_advisory_xact_lock(hashtext('demarc'), hashtext($1))", dataset).Scan(&got); err != nil || got {
		return err
	}
	var holder string
	err := tx.QueryRow(ctx, `SELECT coalesce(a.usename, '?') || ', process ' || l.pid || ' of the database' ||
			coalesce(', since ' || to_char(a.xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), '')
		FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid)
		WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
			AND l.classid::bigint = hashtext('demarc')::bigint & 4294967295 AND l.objid::bigint = hashtext($1)::bigint & 4294967295 LIMIT 1`, dataset).Scan(&holder)
	if errors.Is(err, pgx.ErrNoRows) {
		holder, err = "somebody who finished at this moment", nil
	}
	return errors.Join(err, &Conflict{Dataset: dataset, Holder: holder})
}

// insertSnapshot adds a snapshot with its rows, unless it is there.
func insertSnapshot(ctx context.Context, tx pgx.Tx, s *data.Snapshot) error {
	var there bool
	if err := tx.QueryRow(ctx, "SELECT EXISTS (SELECT FROM demarc.snapshots WHERE name = $1)", s.Name()).Scan(&there); err != nil || there {
		return err
	}
	canonical, err := s.Canonical()
	if err != nil {
		return err
	}
	d := &s.Dataset
	_, err = tx.Exec(ctx, "INSERT INTO demarc.snapshots (name, dataset, territory, party, basis, canonical, parties) VALUES ($1, $2, $3, $4, $5, $6, $7)",
		s.Name(), d.ID, d.Territory, d.Party, d.Basis, canonical, partyIDs(s))
	if err != nil {
		return err
	}
	all, err := tables(s)
	if err != nil {
		return err
	}
	for _, t := range all {
		if t.count == 0 {
			continue
		}
		if _, err := tx.Exec(ctx, "INSERT INTO "+t.name+" "+t.rows, t.args(s)...); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	return nil
}

// Verify implements Store: entries, bytes, and whether the rows say what the
// bytes say.
func (p *PostGIS) Verify(ctx context.Context) (*Report, error) {
	version, err := schemaVersion(ctx, p.pool)
	if err != nil {
		return nil, err
	}
	if version > 0 && version < newest {
		return nil, fmt.Errorf("the store is of version %d, and its rows can be compared from version %d on: bring it up to date as its owner with `demarc verify --migrate`", version, newest)
	}
	all, err := p.entries(ctx, "demarc.entries ORDER BY dataset, number")
	if err != nil {
		return nil, err
	}
	a := newAudit()
	for _, e := range all {
		a.gone[e.Withdraws] = e.Withdraws != ""
	}
	if err := p.verifyStrays(ctx, a); err != nil {
		return nil, err
	}
	for _, e := range all {
		if !a.entry(e) {
			continue
		}
		text, err := p.Canonical(ctx, e.Snapshot)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		a.snapshot(text, err)
		if err == nil {
			if err := p.verifyRows(ctx, a, e.Snapshot, text); err != nil {
				return nil, err
			}
		}
	}
	return a.end(), nil
}

// verifyStrays faults snapshots that no entry published, and bytes and rows that
// are there still although they were withdrawn.
func (p *PostGIS) verifyStrays(ctx context.Context, a *audit) error {
	version, err := schemaVersion(ctx, p.pool)
	if err != nil || version == 0 {
		return err
	}
	strays := "SELECT 'demarc.snapshots: no entry published ' || name FROM demarc.snapshots s WHERE NOT EXISTS (SELECT FROM demarc.entries e WHERE e.snapshot = s.name)"
	if version > 2 {
		strays += " UNION ALL SELECT 'demarc.snapshots: the bytes are there still of ' || name || ', which was withdrawn' FROM demarc.snapshots WHERE canonical IS NOT NULL AND name IN (SELECT withdraws FROM demarc.entries)"
		names := []string{"bases", "territories", "zones", "control_lines", "places"}
		if version > 3 {
			names = append(names, "things")
		}
		for _, name := range names {
			strays += " UNION ALL SELECT DISTINCT 'demarc." + name + ": rows are there still of ' || snapshot || ', which was withdrawn' FROM demarc." + name + " WHERE snapshot IN (SELECT withdraws FROM demarc.entries)"
		}
	}
	rows, err := p.pool.Query(ctx, strays)
	if err != nil {
		return err
	}
	said, err := pgx.CollectRows(rows, pgx.RowTo[string])
	for _, fault := range said {
		a.fault(errors.New(fault))
	}
	return err
}

// verifyRows faults every row that its snapshot would not have, and every one missing.
func (p *PostGIS) verifyRows(ctx context.Context, a *audit, name string, text []byte) error {
	s, err := data.ReadCanonical(ctx, name, text)
	if err != nil {
		a.fault(err)
		return ctx.Err()
	}
	all, err := tables(s)
	if err != nil {
		return err
	}
	for _, t := range all {
		stored := "SELECT * FROM " + t.name + " WHERE snapshot = $1"
		rows, err := p.pool.Query(ctx, fmt.Sprintf("SELECT DISTINCT id FROM ((%[1]s EXCEPT %[2]s) UNION ALL (%[2]s EXCEPT %[1]s)) AS other (snapshot, id) ORDER BY id", t.rows, stored), t.args(s)...)
		if err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		for _, id := range ids {
			a.fault(fmt.Errorf("%s: snapshot %s, row %q: %w", t.name, name, id, data.ErrTampered))
		}
	}
	return nil
}
