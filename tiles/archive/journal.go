package archive

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/atomicfile"
	"github.com/demarc-map/demarc/tiles"
)

// journal is a file that tiles are put into as they are made, in the order of
// their numbers, each content once. It begins with a line that says what it is a
// journal of. A record at its end that is torn is as if it were not there.
type journal struct {
	file     storage
	begin    int64 // of the first record
	end      int64 // of the last one
	count    int   // records
	first    tile
	last     tile
	contents map[hash]content
	bytes    uint64 // of all contents
	buffer   []byte
}

// storage is what a journal is kept in: a file, or memory.
type storage interface {
	io.ReaderAt
	io.WriterAt
	Truncate(size int64) error
	Name() string
	Close() error
}

// hash is the SHA-256 of a tile before compression.
type hash = [sha256.Size]byte

// tile is a record: an address and what is there.
type tile struct {
	z, x, y uint32
	hash    hash
}

// content is a compressed tile: its number among those that differ, and where it
// lies when they are all laid end to end.
type content struct {
	number uint32
	length uint32
	offset uint64
}

// A record is a checksum (CRC-32C) of the rest, zoom, column, row, hash, the length
// of the content, and the content. Length 0 means a content that came before.
const (
	recordHead    = 4 + 4 + 4 + 4 + sha256.Size + 4
	recordContent = 64 << 20 // far more than a tile may have
)

// heading says which tiles a journal has.
type heading struct {
	Journal, Snapshot string
	Edition           data.Edition
	MinZoom, MaxZoom  uint32
	Maker             string
}

// head returns the first line of a journal.
func head(atlas *tiles.Atlas, o *Options) heading {
	return heading{"demarc-archive-1", atlas.Snapshot().Name(), o.Edition, o.MinZoom, o.MaxZoom, o.Maker}
}

// openJournal opens a journal, whose records are then counted, or makes an empty
// one of it when it is not a journal of the same tiles. It waits while another
// process writes the same archive.
func openJournal(ctx context.Context, name string, h heading) (*journal, error) {
	line, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	line = append(line, '\n')
	file, err := atomicfile.Open(ctx, name, os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	j := &journal{file: file, begin: int64(len(line)), contents: map[hash]content{}}
	j.end = j.begin
	found := make([]byte, len(line))
	if n, err := file.ReadAt(found, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, errors.Join(err, file.Close())
	} else if !bytes.Equal(found[:n], line) {
		err = file.Truncate(0)
		if err == nil {
			_, err = file.WriteAt(line, 0)
		}
		if err != nil {
			return nil, errors.Join(err, file.Close())
		}
		return j, nil
	}
	err = j.read(func(t tile, body []byte) error {
		j.note(t, len(body))
		return nil
	})
	if errors.Is(err, errTorn) {
		err = file.Truncate(j.end)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return j, nil
}

var errTorn = errors.New("a record is not whole")

// read calls visit with every record, and its content when it is the first with
// it, which is valid during the call. It returns errTorn when one is not whole.
func (j *journal) read(visit func(t tile, body []byte) error) error {
	r := bufio.NewReaderSize(io.NewSectionReader(j.file, j.begin, 1<<62), 1<<20)
	var fixed [recordHead]byte
	var body []byte
	for {
		if _, err := io.ReadFull(r, fixed[:]); errors.Is(err, io.EOF) {
			return nil
		} else if errors.Is(err, io.ErrUnexpectedEOF) {
			return errTorn
		} else if err != nil {
			return err
		}
		length := binary.LittleEndian.Uint32(fixed[recordHead-4:])
		if length > recordContent {
			return errTorn
		}
		if cap(body) < int(length) {
			body = make([]byte, length)
		}
		body = body[:length]
		if _, err := io.ReadFull(r, body); errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return errTorn
		} else if err != nil {
			return err
		}
		if binary.LittleEndian.Uint32(fixed[:]) != checksum(fixed[4:], body) {
			return errTorn
		}
		t := tile{z: binary.LittleEndian.Uint32(fixed[4:]), x: binary.LittleEndian.Uint32(fixed[8:]), y: binary.LittleEndian.Uint32(fixed[12:])}
		copy(t.hash[:], fixed[16:])
		if _, known := j.contents[t.hash]; length == 0 && !known {
			return errTorn
		}
		if err := visit(t, body); err != nil {
			return err
		}
	}
}

// add appends tiles with their contents, which are nil for those that are known.
func (j *journal) add(all []tile, bodies [][]byte) error {
	j.buffer = j.buffer[:0]
	at := j.end
	for i, t := range all {
		body := bodies[i]
		if _, known := j.contents[t.hash]; known {
			body = nil
		}
		begin := len(j.buffer)
		j.buffer = append(j.buffer, 0, 0, 0, 0)
		for _, v := range [3]uint32{t.z, t.x, t.y} {
			j.buffer = binary.LittleEndian.AppendUint32(j.buffer, v)
		}
		j.buffer = append(j.buffer, t.hash[:]...)
		j.buffer = binary.LittleEndian.AppendUint32(j.buffer, uint32(len(body)))
		binary.LittleEndian.PutUint32(j.buffer[begin:], checksum(j.buffer[begin+4:], body))
		j.buffer = append(j.buffer, body...)
		j.note(t, len(body))
	}
	_, err := j.file.WriteAt(j.buffer, at)
	return err
}

// note counts a record.
func (j *journal) note(t tile, length int) {
	if j.count == 0 {
		j.first = t
	}
	j.count, j.last = j.count+1, t
	j.end += recordHead + int64(length)
	if length > 0 {
		j.contents[t.hash] = content{uint32(len(j.contents)), uint32(length), j.bytes}
		j.bytes += uint64(length)
	}
}

// all is read for a journal that is complete: a record that is not whole means
// that somebody else wrote into it.
func (j *journal) all(visit func(t tile, body []byte) error) error {
	err := j.read(visit)
	if errors.Is(err, errTorn) {
		return fmt.Errorf("archive: %s was changed meanwhile: %w", j.file.Name(), err)
	}
	return err
}

func (j *journal) close() error { return j.file.Close() }

// remove ends the journal; closing it again does no harm.
func (j *journal) remove() error { return atomicfile.Remove(j.file) }

func checksum(parts ...[]byte) uint32 {
	table := crc32.MakeTable(crc32.Castagnoli)
	var sum uint32
	for _, p := range parts {
		sum = crc32.Update(sum, table, p)
	}
	return sum
}
