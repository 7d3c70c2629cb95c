//go:build unix && !race

package stops

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"io/fs"
	"math"

	"github.com/demarc-map/demarc/data/intake/foreign"

	"github.com/paulmach/orb"
)

// degrees is the .prj of a Shapefile in longitude and latitude.
const degrees = `GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`

// shapefile is zones as a Shapefile with a table of their ids.
func shapefile(zones []orb.MultiPolygon) foreign.File {
	const header, polygon, box, width = 100, 5, 32, 10
	shp := make([]byte, header)
	binary.BigEndian.PutUint32(shp, 9994)
	binary.LittleEndian.PutUint32(shp[28:], 1000)
	binary.LittleEndian.PutUint32(shp[32:], polygon)
	dbf := make([]byte, 64, 65+len(zones)*(1+width))
	dbf[0] = 3
	binary.LittleEndian.PutUint32(dbf[4:], uint32(len(zones)))
	binary.LittleEndian.PutUint16(dbf[8:], 65)
	binary.LittleEndian.PutUint16(dbf[10:], 1+width)
	copy(dbf[32:], "id")
	dbf[32+11], dbf[32+16] = 'C', width
	dbf = append(dbf, '\r')
	for k, zone := range zones {
		record := shapeOf(clockwise(zone), polygon, box)
		shp = binary.BigEndian.AppendUint32(shp, uint32(k+1))
		shp = binary.BigEndian.AppendUint32(shp, uint32(len(record)/2))
		shp = append(shp, record...)
		dbf = fmt.Appendf(dbf, " z%-*d", width-1, k)
	}
	binary.BigEndian.PutUint32(shp[24:], uint32(len(shp)/2))
	beside := map[string][]byte{"dbf": append(dbf, 0x1a), "prj": []byte(degrees)}
	file := asFile("a.shp", shp)
	file.Beside = func(extension string) (io.ReadCloser, error) {
		text, ok := beside[extension]
		if !ok {
			return nil, fmt.Errorf("%s: %w", extension, fs.ErrNotExist)
		}
		return io.NopCloser(bytes.NewReader(text)), nil
	}
	return file
}

// shapeOf is the content of a record: its kind, a box that nobody reads, where each
// ring begins among the positions, and the positions.
func shapeOf(zone orb.MultiPolygon, kind uint32, box int) []byte {
	var rings []orb.Ring
	size := 0
	for _, p := range zone {
		for _, r := range p {
			rings, size = append(rings, r), size+len(r)
		}
	}
	b := append(binary.LittleEndian.AppendUint32(nil, kind), make([]byte, box)...)
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
