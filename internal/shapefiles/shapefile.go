// Package shapefiles writes Shapefiles for tests, as the ESRI Shapefile Technical Description
// (1998) and dBASE III have them. Boxes are left empty: nobody reads them here.
package shapefiles

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"io/fs"
	"math"
	"strings"
)

const (
	header  = 100 // bytes before the first record
	polygon = 5   // the kind of a shape
	box     = 32  // bytes of it in a record
)

// Shapes writes a .shp of the contents of its records, numbered from 1.
func Shapes(records [][]byte) []byte {
	b := make([]byte, header)
	binary.BigEndian.PutUint32(b, 9994)
	binary.LittleEndian.PutUint32(b[28:], 1000)
	binary.LittleEndian.PutUint32(b[32:], polygon)
	for i, content := range records {
		b = binary.BigEndian.AppendUint32(b, uint32(i+1))
		b = binary.BigEndian.AppendUint32(b, uint32(len(content)/2))
		b = append(b, content...)
	}
	binary.BigEndian.PutUint32(b[24:], uint32(len(b)/2))
	return b
}

// Polygon is the content of a record of type Polygon.
func Polygon[R ~[]P, P ~[2]float64](rings []R) []byte {
	b := binary.LittleEndian.AppendUint32(nil, polygon)
	b = append(b, make([]byte, box)...)
	size := 0
	for _, r := range rings {
		size += len(r)
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(len(rings)))
	b = binary.LittleEndian.AppendUint32(b, uint32(size))
	at := 0
	for _, r := range rings {
		b = binary.LittleEndian.AppendUint32(b, uint32(at))
		at += len(r)
	}
	for _, r := range rings {
		for _, p := range r {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p[0]))
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p[1]))
		}
	}
	return b
}

// Column is a column of a .dbf, with a text for each record.
type Column struct {
	Name           string
	Kind           byte
	Size, Decimals int
	Values         []string
}

// Table writes a .dbf with a language driver.
func Table(driver byte, count int, columns ...Column) []byte {
	b := make([]byte, 32)
	b[0], b[29] = 3, driver
	binary.LittleEndian.PutUint32(b[4:], uint32(count))
	binary.LittleEndian.PutUint16(b[8:], uint16(33+32*len(columns)))
	size := 1
	for _, c := range columns {
		field := make([]byte, 32)
		copy(field[:11], c.Name)
		field[11], field[16], field[17] = c.Kind, byte(c.Size), byte(c.Decimals)
		b = append(b, field...)
		size += c.Size
	}
	binary.LittleEndian.PutUint16(b[10:], uint16(size))
	b = append(b, '\r')
	for i := range count {
		b = append(b, ' ')
		for _, c := range columns {
			b = append(b, (c.Values[i] + strings.Repeat(" ", c.Size))[:c.Size]...)
		}
	}
	return append(b, 0x1a)
}

// Beside opens what lies beside a .shp, by extension.
func Beside(files map[string][]byte) func(extension string) (io.ReadCloser, error) {
	return func(extension string) (io.ReadCloser, error) {
		text, ok := files[extension]
		if !ok {
			return nil, fmt.Errorf("%s: %w", extension, fs.ErrNotExist)
		}
		return io.NopCloser(bytes.NewReader(text)), nil
	}
}
