package foreign

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"io/fs"
	"math"
	"strings"
)

// shapefileOf writes a .shp of the contents of its records, numbered from 1.
func shapefileOf(records [][]byte) []byte {
	b := make([]byte, shpHeader)
	binary.BigEndian.PutUint32(b, 9994)
	binary.LittleEndian.PutUint32(b[28:], 1000)
	binary.LittleEndian.PutUint32(b[32:], shapePolygon)
	for i, content := range records {
		b = binary.BigEndian.AppendUint32(b, uint32(i+1))
		b = binary.BigEndian.AppendUint32(b, uint32(len(content)/2))
		b = append(b, content...)
	}
	binary.BigEndian.PutUint32(b[24:], uint32(len(b)/2))
	return b
}

// polygonRecord is the content of a record of type Polygon.
func polygonRecord[R ~[]P, P ~[2]float64](rings []R) []byte {
	b := binary.LittleEndian.AppendUint32(nil, shapePolygon)
	b = append(b, make([]byte, shapeBox)...)
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

// column is a column of a .dbf, with a text for each record.
type column struct {
	name           string
	kind           byte
	size, decimals int
	values         []string
}

// dbfOf writes a .dbf with a language driver.
func dbfOf(driver byte, count int, columns ...column) []byte {
	b := make([]byte, 32)
	b[0], b[29] = 3, driver
	binary.LittleEndian.PutUint32(b[4:], uint32(count))
	binary.LittleEndian.PutUint16(b[8:], uint16(33+32*len(columns)))
	size := 1
	for _, c := range columns {
		field := make([]byte, 32)
		copy(field[:11], c.name)
		field[11], field[16], field[17] = c.kind, byte(c.size), byte(c.decimals)
		b = append(b, field...)
		size += c.size
	}
	binary.LittleEndian.PutUint16(b[10:], uint16(size))
	b = append(b, '\r')
	for i := range count {
		b = append(b, ' ')
		for _, c := range columns {
			b = append(b, (c.values[i] + strings.Repeat(" ", c.size))[:c.size]...)
		}
	}
	return append(b, 0x1a)
}

// shapefile is one in memory, with what is beside it by extension.
func shapefile(shp []byte, beside map[string][]byte) File {
	file := inMemory("a.shp", shp)
	file.Beside = func(extension string) (io.ReadCloser, error) {
		b, ok := beside[extension]
		if !ok {
			return nil, fmt.Errorf("%s: %w", extension, fs.ErrNotExist)
		}
		return io.NopCloser(bytes.NewReader(b)), nil
	}
	return file
}
