package foreign

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/url"
	"path/filepath"
	"strings"

	driver "modernc.org/sqlite"
)

// sqlite is a database of somebody else that is only read. It is bounded by the size
// of its file, beyond which only a broken one can go: a page may be said to follow
// on itself.
type sqlite struct {
	db     *sql.DB
	conn   *sql.Conn
	size   int64           // bytes of the file
	tables map[string]bool // by name in lower case
}

// sqlColumn is a column of a table.
type sqlColumn struct {
	name, kind string
	key        bool
}

// The limits of SQLite that are set, by their numbers (sqlite.org/c3ref/c_limit_attached.html).
const (
	limitLength   = 0 // of a text, a blob or a row
	limitAttached = 7
)

// openSQLite opens a file on disk where it lies, and any other in memory.
func (in *input) openSQLite(ctx context.Context) (*sqlite, error) {
	address, whole := ":memory:", []byte(nil)
	of := sqliteSize(in.head) // before more is read, which takes its place
	size, err := sizeOnDisk(in)
	if err != nil {
		return nil, err
	}
	if size < 0 {
		if whole, err = in.all(in.body); err != nil {
			return nil, err
		}
		size = int64(len(whole))
	} else {
		path, err := filepath.Abs(in.Path)
		if err != nil {
			return nil, err
		}
		address = (&url.URL{Scheme: "file", Path: path, RawQuery: "mode=ro&immutable=1"}).String()
	}
	if size < of {
		return nil, in.cutOff(size, of)
	}
	db, err := sql.Open("sqlite", address)
	if err != nil {
		return nil, err
	}
	out := &sqlite{db: db, size: size}
	if out.conn, err = db.Conn(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := out.begin(ctx, whole); err != nil {
		return nil, errors.Join(err, out.close())
	}
	return out, nil
}

// sqliteSize is how many bytes a database has by its header, 0 where that does not say it
// (sqlite.org/fileformat2.html, 1.3.2 and 1.3.7).
func sqliteSize(head []byte) int64 {
	if len(head) < 100 || !bytes.Equal(head[24:28], head[92:96]) { // an old program left the number as it was
		return 0
	}
	page := int64(binary.BigEndian.Uint16(head[16:]))
	if page == 1 {
		page = 1 << 16
	}
	return page * int64(binary.BigEndian.Uint32(head[28:]))
}

// sizeOnDisk is that of a file that can be opened by its path, -1 of any other. One that
// another program is writing into is refused: what it wrote may lie beside it.
func sizeOnDisk(in *input) (int64, error) {
	if in.Path == "" || len(in.wrapped) > 0 {
		return -1, nil
	}
	if in.Beside != nil {
		log, err := in.Beside(strings.TrimPrefix(filepath.Ext(in.Path), ".") + "-wal")
		if err == nil {
			defer log.Close()
			if n, _ := log.Read(make([]byte, 1)); n > 0 {
				return 0, in.fault("unreadable", "", "another program has written into it and not yet put its changes in (NAME-wal beside it): close it there")
			}
		}
	}
	seeker, ok := in.opened.(io.Seeker)
	if !ok {
		return -1, nil
	}
	return seeker.Seek(0, io.SeekEnd)
}

// begin makes the connection one that only reads, and learns which tables there are.
func (s *sqlite) begin(ctx context.Context, whole []byte) error {
	if whole != nil {
		if len(whole) > 19 && whole[18] == 2 {
			whole[18], whole[19] = 1, 1 // a log of writes has no place in memory
		}
		if err := s.conn.Raw(func(d any) error {
			return d.(interface{ Deserialize(whole []byte) error }).Deserialize(whole)
		}); err != nil {
			return err
		}
	}
	for id, most := range map[int]int64{limitLength: max(s.size, 1<<16), limitAttached: 0} {
		if _, err := driver.Limit(s.conn, id, int(min(most, 1<<30))); err != nil {
			return err
		}
	}
	for _, pragma := range []string{"query_only=ON", "trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "temp_store=MEMORY"} {
		if _, err := s.conn.ExecContext(ctx, "PRAGMA "+pragma); err != nil {
			return err
		}
	}
	s.tables = map[string]bool{}
	for row, err := range s.rows(ctx, "sqlite_master", "type", "name", "sql") {
		if err != nil {
			return err
		}
		definition := strings.ToUpper(strings.TrimSpace(words(row[2])))
		if words(row[0]) == "table" && strings.HasPrefix(definition, "CREATE TABLE") {
			s.tables[strings.ToLower(words(row[1]))] = true
		}
	}
	return nil
}

// isTable reports whether a name is that of a table whose rows lie in the file.
func (s *sqlite) isTable(name string) bool { return s.tables[strings.ToLower(name)] }

// columns lists those of a table that lie in the file, in order: not what is computed.
func (s *sqlite) columns(ctx context.Context, table string) (out []sqlColumn, err error) {
	rows, err := s.conn.QueryContext(ctx, "PRAGMA table_info("+inQuotes(table)+")")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var number, notNull, key int
		var name, kind string
		var fallback any
		if err := rows.Scan(&number, &name, &kind, &notNull, &fallback, &key); err != nil {
			return nil, err
		}
		out = append(out, sqlColumn{name, kind, key > 0})
	}
	return out, rows.Err()
}

// count returns how many rows a table has.
func (s *sqlite) count(ctx context.Context, table string) (n int, err error) {
	err = s.conn.QueryRowContext(ctx, fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM %s LIMIT %d)", inQuotes(table), s.size)).Scan(&n)
	return n, err
}

// errBeyond tells that a file is broken in a way that makes it endless.
var errBeyond = errors.New("its tables hold more than the file has bytes: it is broken")

// rows reads columns of a table: nil, int64, float64, string or []byte as they are stored.
func (s *sqlite) rows(ctx context.Context, table string, columns ...string) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		names := make([]string, len(columns))
		for i, name := range columns {
			names[i] = "+" + inQuotes(name) // a sign: the driver would make times of what is declared as one
		}
		rows, err := s.conn.QueryContext(ctx, "SELECT "+strings.Join(names, ", ")+" FROM "+inQuotes(table))
		if err != nil {
			yield(nil, err)
			return
		}
		defer rows.Close()
		left := 2 * s.size // a text of UTF-16 grows by half in UTF-8
		for rows.Next() {
			row, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range row {
				into[i] = &row[i]
			}
			if err := rows.Scan(into...); err != nil {
				yield(nil, err)
				return
			}
			if left -= stored(row); left < 0 {
				yield(nil, errBeyond)
				return
			}
			if !yield(row, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, err)
		}
	}
}

// stored is at least how many bytes of the file a row takes.
func stored(row []any) int64 {
	n := int64(2) // its length and its number
	for _, v := range row {
		switch v := v.(type) {
		case string:
			n += int64(len(v))
		case []byte:
			n += int64(len(v))
		}
	}
	return n
}

// words is a value as text.
func words(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case []byte:
		return string(v)
	}
	return fmt.Sprint(v)
}

func (s *sqlite) close() error { return errors.Join(s.conn.Close(), s.db.Close()) }

// inQuotes writes a name for SQL.
func inQuotes(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// broken is the fault of a file that its reader cannot read on, unless that was told
// to end.
func (in *input) broken(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return in.unreadable(err)
}
