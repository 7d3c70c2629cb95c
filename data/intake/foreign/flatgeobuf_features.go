package foreign

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/flatgeobuf/flatgeobuf/src/go/flattypes"
	"github.com/go-json-experiment/json/jsontext"
)

// features reads them in the order of the file.
func (f *flatGeobuf) features(yield func(Feature, error) bool) {
	left := map[string]int{} // binary values, by column
	read := uint64(0)
	for ; ; read++ {
		b, err := f.sized()
		if errors.Is(err, io.EOF) {
			break
		}
		var one Feature
		if err == nil {
			one, err = f.feature(b, left)
		}
		if err != nil {
			yield(Feature{}, f.in.inFeature(fmt.Sprintf("#%d", read), err))
			return
		}
		if !yield(one, nil) {
			return
		}
	}
	if f.count > 0 && read != f.count {
		yield(Feature{}, f.in.fault("truncated", "", fmt.Sprintf("the file ends after %d features of %d: it was cut off, so get it again", read, f.count)))
		return
	}
	for _, c := range f.columns {
		if left[c.name] > 0 {
			f.in.note("left out: %d binary values of %q", left[c.name], c.name)
		}
	}
}

func (f *flatGeobuf) feature(b []byte, left map[string]int) (Feature, error) {
	var out Feature
	t, err := rootTable(b)
	if err != nil {
		return out, err
	}
	columns, err := flatColumns(t, featureColumns) // instead of its file's
	if err != nil {
		return out, err
	}
	if columns == nil {
		columns = f.columns
	}
	bytes, _, err := t.vector(featureProperties, 1)
	if err != nil {
		return out, err
	}
	if out.Properties, err = flatProperties(bytes, columns, left); err != nil {
		return out, err
	}
	shape, ok, err := t.table(featureGeometry)
	if err != nil || !ok {
		return out, err
	}
	g, err := (&flatShape{left: len(b)}).geometry(shape, f.geometry, 0)
	out.Geometry = rewound(g)
	return out, err
}

// flatProperties reads values, each after the number of its column. A column without a
// value is null: a reader learns from every feature what the columns are.
func flatProperties(b []byte, columns []flatColumn, left map[string]int) ([]Property, error) {
	out := make([]Property, len(columns))
	for i, c := range columns {
		out[i] = Property{c.name, nil}
	}
	for len(b) > 0 {
		if len(b) < 2 {
			return nil, errFlat
		}
		i := int(binary.LittleEndian.Uint16(b))
		if i >= len(columns) {
			return nil, fmt.Errorf("a property is of column %d, and there are %d", i, len(columns))
		}
		v, rest, err := flatValue(b[2:], columns[i].kind)
		if err != nil {
			return nil, fmt.Errorf("property %q: %w", columns[i].name, err)
		}
		if columns[i].kind == flattypes.ColumnTypeBinary {
			left[columns[i].name]++
		}
		out[i].Value, b = v, rest
	}
	return out, nil
}

// flatValue reads one value of a type, and returns what follows it.
func flatValue(b []byte, kind flattypes.ColumnType) (any, []byte, error) {
	var size int
	switch kind {
	case flattypes.ColumnTypeByte, flattypes.ColumnTypeUByte, flattypes.ColumnTypeBool:
		size = 1
	case flattypes.ColumnTypeShort, flattypes.ColumnTypeUShort:
		size = 2
	case flattypes.ColumnTypeInt, flattypes.ColumnTypeUInt, flattypes.ColumnTypeFloat:
		size = 4
	case flattypes.ColumnTypeLong, flattypes.ColumnTypeULong, flattypes.ColumnTypeDouble:
		size = 8
	case flattypes.ColumnTypeString, flattypes.ColumnTypeJson, flattypes.ColumnTypeDateTime, flattypes.ColumnTypeBinary:
		if len(b) < 4 {
			return nil, nil, errFlat
		}
		n := int64(binary.LittleEndian.Uint32(b))
		if b = b[4:]; n > int64(len(b)) {
			return nil, nil, errFlat
		}
		return flatText(string(b[:n]), kind), b[n:], nil
	default:
		return nil, nil, fmt.Errorf("%d is no type of a column", kind)
	}
	if len(b) < size {
		return nil, nil, errFlat
	}
	return flatNumber(b[:size], kind), b[size:], nil
}

// flatText is a value of text: JSON where it is that, nothing where it is binary.
func flatText(text string, kind flattypes.ColumnType) any {
	if kind == flattypes.ColumnTypeBinary {
		return nil
	}
	if kind == flattypes.ColumnTypeJson {
		if v := raw(text); v.IsValid(jsontext.AllowDuplicateNames(false)) {
			return v
		}
	}
	return text
}

func flatNumber(b []byte, kind flattypes.ColumnType) any {
	switch kind {
	case flattypes.ColumnTypeByte:
		return int64(int8(b[0]))
	case flattypes.ColumnTypeUByte:
		return int64(b[0])
	case flattypes.ColumnTypeBool:
		return b[0] != 0
	case flattypes.ColumnTypeShort:
		return int64(int16(binary.LittleEndian.Uint16(b)))
	case flattypes.ColumnTypeUShort:
		return int64(binary.LittleEndian.Uint16(b))
	case flattypes.ColumnTypeInt:
		return int64(int32(binary.LittleEndian.Uint32(b)))
	case flattypes.ColumnTypeUInt:
		return int64(binary.LittleEndian.Uint32(b))
	case flattypes.ColumnTypeFloat:
		return float64(math.Float32frombits(binary.LittleEndian.Uint32(b)))
	case flattypes.ColumnTypeLong:
		return int64(binary.LittleEndian.Uint64(b))
	case flattypes.ColumnTypeULong:
		return raw(strconv.FormatUint(binary.LittleEndian.Uint64(b), 10))
	default: // a double
	}
	return float(b, 0)
}
