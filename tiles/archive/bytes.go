package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/demarc-map/demarc/tiles"
)

// ErrTooLarge is returned when an archive would need more memory than it was given.
var ErrTooLarge = errors.New("archive: larger than the memory it was given")

// PMTilesBytes returns an edition as a PMTiles archive, byte for byte the file that
// Write makes. About twice limit is used at most; an edition whose tiles need more
// than limit bytes ends with ErrTooLarge as soon as that shows.
func PMTilesBytes(ctx context.Context, atlas *tiles.Atlas, o Options, limit int) ([]byte, error) {
	if err := o.check(atlas); err != nil {
		return nil, err
	}
	j := &journal{file: &memory{limit: limit}, contents: map[hash]content{}}
	if err := makeTiles(ctx, j, atlas, &o); err != nil {
		return nil, err
	}
	if j.count == 0 {
		return nil, ErrEmpty
	}
	d, err := describe(ctx, atlas, &o, j)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = encodePMTiles(ctx, &out, j, d)
	return out.Bytes(), err
}

// memory is the storage of a journal that nobody will go on with.
type memory struct {
	bytes []byte
	limit int
}

func (m *memory) ReadAt(p []byte, at int64) (int, error) {
	if at >= int64(len(m.bytes)) {
		return 0, io.EOF
	}
	n := copy(p, m.bytes[at:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// WriteAt writes at the end, which is where a journal is written.
func (m *memory) WriteAt(p []byte, at int64) (int, error) {
	if at != int64(len(m.bytes)) {
		return 0, fmt.Errorf("archive: written at %d of %d", at, len(m.bytes))
	}
	if len(m.bytes)+len(p) > m.limit {
		return 0, ErrTooLarge
	}
	m.bytes = append(m.bytes, p...)
	return len(p), nil
}

func (m *memory) Truncate(size int64) error { m.bytes = m.bytes[:size]; return nil }
func (m *memory) Name() string              { return "memory" }
func (m *memory) Close() error              { return nil }
