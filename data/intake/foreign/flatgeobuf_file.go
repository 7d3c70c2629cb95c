package foreign

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/flatgeobuf/flatgeobuf/src/go/flattypes"
)

// flatGeobuf is a file that is read from its first feature on. The library's own reader
// believes every number in it and ends the program at a wrong one, so bytes are
// read here, see flatTable.
type flatGeobuf struct {
	in       *input
	columns  []flatColumn
	geometry flattypes.GeometryType // of all features, or Unknown
	count    uint64                 // 0 for one that is not known
	left     int64                  // bytes that may still be read
}

// flatColumn is a column of the properties.
type flatColumn struct {
	name string
	kind flattypes.ColumnType
}

// The numbers of the fields in the schema of FlatGeobuf (header.fbs, feature.fbs).
const (
	headerName, headerGeometryType, headerColumns, headerCount, headerNodeSize, headerCRS, headerDescription = 0, 2, 7, 8, 9, 10, 12
	columnName, columnType                                                                                   = 0, 1
	crsOrg, crsCode, crsName, crsWKT, crsCodeText                                                            = 0, 1, 2, 4, 5
	featureGeometry, featureProperties, featureColumns                                                       = 0, 1, 2
)

// sized reads what stands after its own size. It grows with what is read, not with
// what is claimed.
func (f *flatGeobuf) sized() ([]byte, error) {
	var size [4]byte
	if _, err := io.ReadFull(f.in.body, size[:]); err != nil {
		return nil, err
	}
	n := int64(binary.LittleEndian.Uint32(size[:]))
	if f.left -= n; f.left < 0 {
		return nil, f.in.fault("too-large", "", fmt.Sprintf("it holds more than %d bytes", f.in.Limit))
	}
	var b bytes.Buffer
	if _, err := io.CopyN(&b, f.in.body, n); err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	return b.Bytes(), nil
}

// flatColumns are those in a field of the header, or of a feature.
func flatColumns(t flatTable, field int) ([]flatColumn, error) {
	tables, err := t.tables(field)
	if err != nil {
		return nil, err
	}
	var out []flatColumn
	for _, c := range tables {
		name, err := c.text(columnName)
		if err != nil {
			return nil, err
		}
		kind, err := c.byteAt(columnType, 0)
		if err != nil {
			return nil, err
		}
		out = append(out, flatColumn{name, flattypes.ColumnType(kind)})
	}
	return out, nil
}
