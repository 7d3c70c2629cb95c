package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/demarc-map/demarc/data"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// PostGIS is a store in a PostgreSQL database with PostGIS, in the schema
// demarc (migrations/1.sql). The canonical bytes are kept there, and the same
// facts as rows with geometry for whoever queries them in SQL.
type PostGIS struct {
	pool *pgxpool.Pool

	mu       sync.Mutex    // held by who waits for notifications
	listener *pgxpool.Conn // nil until somebody waits
}

// channel is where publications are announced, by the id of the dataset.
const channel = "demarc"

// OpenPostGIS returns the store at a connection string. Nothing is asked of
// the database yet, so that it may be away.
func OpenPostGIS(ctx context.Context, url string) (*PostGIS, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, errors.New("the connection string is not one that PostgreSQL takes") // pgx repeats it, with the password
	}
	patient(config)
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	return &PostGIS{pool: pool}, nil
}

// CreatePostGIS returns the store at a connection string after bringing its
// schema up to date, for which the user has to own it.
func CreatePostGIS(ctx context.Context, url string) (*PostGIS, error) {
	p, err := OpenPostGIS(ctx, url)
	if err != nil {
		return nil, err
	}
	if err := p.migrate(ctx); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// Close implements Store.
func (p *PostGIS) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.unlisten()
	p.pool.Close()
	return nil
}

// entryColumns are those of an entry, in the order in which scan reads them. A
// schema before version 3 knows nothing of what is withdrawn or signed.
func entryColumns(version int) string {
	columns := "entry, dataset, number, coalesce(parent, ''), snapshot, published, author, note"
	if version < 3 {
		return columns + ", '', ''"
	}
	return columns + ", coalesce(withdraws, ''), coalesce(signature, '')"
}

// scan reads a row of entryColumns.
func (e *Entry) scan(row pgx.Row) error {
	err := row.Scan(&e.ID, &e.Dataset, &e.Number, &e.Parent, &e.Snapshot, &e.At, &e.Author, &e.Note, &e.Withdraws, &e.Signature)
	e.At = e.At.UTC()
	return err
}

// entries reads rows of entryColumns. A database without a schema is an empty store.
func (p *PostGIS) entries(ctx context.Context, rest string, args ...any) ([]Entry, error) {
	version, err := schemaVersion(ctx, p.pool)
	if err != nil || version == 0 {
		return []Entry{}, inDatabase(err)
	}
	if err := tooNew(version); err != nil {
		return nil, err
	}
	rows, err := p.pool.Query(ctx, "SELECT "+entryColumns(version)+" FROM "+rest, args...)
	if err != nil {
		return nil, inDatabase(err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Entry, error) {
		var e Entry
		err := e.scan(row)
		return e, err
	})
	return all, inDatabase(err)
}

// Heads implements Store.
func (p *PostGIS) Heads(ctx context.Context) (map[string]Entry, error) {
	all, err := p.entries(ctx, "demarc.heads")
	out := make(map[string]Entry, len(all))
	for _, e := range all {
		out[e.Dataset] = e
	}
	return out, err
}

// History implements Store.
func (p *PostGIS) History(ctx context.Context, dataset string) ([]Entry, error) {
	chain, err := p.entries(ctx, "demarc.entries WHERE dataset = $1 ORDER BY number", dataset)
	if err != nil {
		return nil, err
	}
	return chain, checkChain(chain)
}

// Whole implements Store: a row is read or the query fails.
func (p *PostGIS) Whole(ctx context.Context, dataset string) ([]Entry, []Damage, error) {
	chain, err := p.History(ctx, dataset)
	return chain, nil, err
}

// Canonical implements Store.
func (p *PostGIS) Canonical(ctx context.Context, snapshot string) ([]byte, error) {
	version, err := schemaVersion(ctx, p.pool)
	if err != nil {
		return nil, inDatabase(err)
	}
	var text []byte
	if err = pgx.ErrNoRows; version > 0 {
		err = p.pool.QueryRow(ctx, "SELECT canonical FROM demarc.snapshots WHERE name = $1", snapshot).Scan(&text)
	}
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil, fmt.Errorf("snapshot %.80q: %w", snapshot, ErrUnknown)
	case err != nil:
		return nil, inDatabase(err)
	case text == nil:
		return nil, p.withdrawn(ctx, snapshot)
	case data.NameOf(text) != snapshot:
		return nil, fmt.Errorf("snapshot %s: %w: those in the database are %s", snapshot, data.ErrTampered, data.NameOf(text))
	}
	return text, nil
}

// withdrawn tells why the bytes of a snapshot are not there.
func (p *PostGIS) withdrawn(ctx context.Context, snapshot string) error {
	by, err := p.entries(ctx, "demarc.entries WHERE withdraws = $1 ORDER BY number LIMIT 1", snapshot)
	if err == nil && len(by) == 0 {
		err = fmt.Errorf("snapshot %s: %w: its bytes are gone, and no entry withdrew them", snapshot, data.ErrTampered)
	}
	if err != nil {
		return err
	}
	return &Withdrawn{by[0]}
}

// Now implements Store.
func (p *PostGIS) Now(ctx context.Context) (now time.Time, err error) {
	err = p.pool.QueryRow(ctx, "SELECT clock_timestamp()").Scan(&now)
	return now, inDatabase(err)
}

// Purge implements Store: bytes go in the transaction that withdraws them.
func (p *PostGIS) Purge(context.Context) error { return nil }

// Sync implements Store: what another transaction sees of a publication is on
// disk, since its transaction commits synchronously (migrations/3.sql).
func (p *PostGIS) Sync(context.Context) error { return nil }

// Wait implements Store: publications are announced by the database, and who
// misses an announcement looks after a second.
func (p *PostGIS) Wait(ctx context.Context) error {
	if !p.mu.TryLock() { // somebody else listens
		return pause(ctx, time.Second)
	}
	defer p.mu.Unlock()
	soon, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	err := p.listen(soon)
	if err == nil {
		_, err = p.listener.Conn().WaitForNotification(soon)
	}
	if cause := context.Cause(ctx); cause != nil {
		p.unlisten()
		return cause
	}
	if err == nil || p.listener != nil && !p.listener.Conn().IsClosed() && soon.Err() != nil {
		return nil
	}
	p.unlisten()
	<-soon.Done() // whoever asks again and again does not do so faster than this
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// listen has the database announce publications. The caller holds mu.
func (p *PostGIS) listen(ctx context.Context) error {
	if p.listener != nil {
		return nil
	}
	listener, err := p.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	if _, err := listener.Exec(ctx, "LISTEN "+channel); err != nil {
		listener.Release()
		return err
	}
	p.listener = listener
	return nil
}

// unlisten ends the connection that listens; no other work inherits it.
func (p *PostGIS) unlisten() {
	if p.listener != nil {
		soon, cancel := context.WithTimeout(context.Background(), time.Second) // a database that hangs says no farewell
		defer cancel()
		_ = p.listener.Hijack().Close(soon) // it may be gone already
		p.listener = nil
	}
}

// IsPostGIS reports whether a --store is a database rather than a folder.
func IsPostGIS(store string) bool {
	return strings.HasPrefix(store, "postgres://") || strings.HasPrefix(store, "postgresql://")
}
