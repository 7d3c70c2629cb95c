package archive

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"os"

	"github.com/klauspost/compress/gzip"
)

// headerLength is the length of the header, which the root directory follows.
const headerLength = 127

// Codes of the header.
const (
	compressionGzip = 2
	typeMVT         = 1
)

// writePMTiles puts an archive together in a file.
func writePMTiles(ctx context.Context, name string, j *journal, d *description) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(file, 1<<20)
	err = encodePMTiles(ctx, w, j, d)
	if err == nil {
		err = w.Flush()
	}
	return errors.Join(err, file.Close())
}

// encodePMTiles puts a PMTiles 3 archive together: header, root directory, metadata,
// leaf directories and the contents in the order of the tiles (clustered).
// The format: github.com/protomaps/PMTiles, spec/v3/spec.md.
func encodePMTiles(ctx context.Context, w io.Writer, j *journal, d *description) error {
	runs, err := entries(ctx, j)
	if err != nil {
		return err
	}
	root, leaves, err := directories(runs)
	if err != nil {
		return err
	}
	text, err := d.json()
	if err != nil {
		return err
	}
	metadata, err := compress(text, gzip.BestCompression)
	if err != nil {
		return err
	}
	header := header(d, j, len(runs), [3]int{len(root), len(metadata), len(leaves)})
	for _, section := range [][]byte{header, root, metadata, leaves} {
		if _, err := w.Write(section); err != nil {
			return err
		}
	}
	return j.all(func(_ tile, body []byte) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		_, err := w.Write(body)
		return err
	})
}

// entries returns the runs of tiles with the same content.
func entries(ctx context.Context, j *journal) ([]entry, error) {
	var runs []entry
	err := j.all(func(t tile, _ []byte) error {
		id, c := tileID(t.z, t.x, t.y), j.contents[t.hash]
		if n := len(runs); n > 0 {
			if r := &runs[n-1]; r.offset == c.offset && r.id+uint64(r.run) == id && r.run < math.MaxUint32 {
				r.run++
				return nil
			}
		}
		runs = append(runs, entry{id, c.offset, c.length, 1})
		return ctx.Err()
	})
	return runs, err
}

// header returns the header; the sections are given by their lengths: root
// directory, metadata, leaf directories.
func header(d *description, j *journal, entries int, sections [3]int) []byte {
	b := append(make([]byte, 0, headerLength), "PMTiles\x03"...)
	at := uint64(headerLength)
	for _, length := range sections {
		b = binary.LittleEndian.AppendUint64(b, at)
		b = binary.LittleEndian.AppendUint64(b, uint64(length))
		at += uint64(length)
	}
	for _, v := range []uint64{at, j.bytes, uint64(j.count), uint64(entries), uint64(len(j.contents))} {
		b = binary.LittleEndian.AppendUint64(b, v)
	}
	const clustered = 1
	b = append(b, clustered, compressionGzip, compressionGzip, typeMVT, byte(d.minZoom), byte(d.maxZoom))
	// The box is rounded outward, so that nothing lies beyond it.
	for _, v := range []float64{math.Floor(d.bound.Min[0] * 1e7), math.Floor(d.bound.Min[1] * 1e7), math.Ceil(d.bound.Max[0] * 1e7), math.Ceil(d.bound.Max[1] * 1e7)} {
		b = binary.LittleEndian.AppendUint32(b, uint32(int32(v)))
	}
	centre, zoom := d.centre()
	b = append(b, byte(zoom))
	for _, v := range centre {
		b = binary.LittleEndian.AppendUint32(b, uint32(int32(math.Round(v*1e7))))
	}
	return b
}
