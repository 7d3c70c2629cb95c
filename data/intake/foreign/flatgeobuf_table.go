package foreign

import (
	"encoding/binary"
	"errors"
	"math"
)

// flatTable is a table of FlatBuffers in bytes that nobody has checked: fields at
// offsets that the table's own list of offsets gives (flatbuffers.dev, internals).
// Every offset is checked before it is followed.
type flatTable struct {
	b   []byte
	at  int // where the table begins
	tab int // where its list of offsets begins
}

var errFlat = errors.New("an offset or a length points beyond its bytes")

// rootTable is the table that a buffer is of.
func rootTable(b []byte) (flatTable, error) {
	if len(b) < 4 {
		return flatTable{}, errFlat
	}
	return tableAt(b, int64(binary.LittleEndian.Uint32(b)))
}

func tableAt(b []byte, at int64) (flatTable, error) {
	if at < 0 || at+4 > int64(len(b)) {
		return flatTable{}, errFlat
	}
	tab := at - int64(int32(binary.LittleEndian.Uint32(b[at:])))
	if tab < 0 || tab+4 > int64(len(b)) {
		return flatTable{}, errFlat
	}
	return flatTable{b, int(at), int(tab)}, nil
}

// field is where a field of so many bytes lies, 0 for one that is left out.
func (t flatTable) field(number, size int) (int, error) {
	slot := 4 + 2*number
	if slot+2 > int(binary.LittleEndian.Uint16(t.b[t.tab:])) {
		return 0, nil
	}
	if t.tab+slot+2 > len(t.b) {
		return 0, errFlat
	}
	offset := int(binary.LittleEndian.Uint16(t.b[t.tab+slot:]))
	if offset == 0 {
		return 0, nil
	}
	if t.at+offset+size > len(t.b) {
		return 0, errFlat
	}
	return t.at + offset, nil
}

func (t flatTable) byteAt(number int, otherwise byte) (byte, error) {
	at, err := t.field(number, 1)
	if err != nil || at == 0 {
		return otherwise, err
	}
	return t.b[at], nil
}

// number is an unsigned number of 2, 4 or 8 bytes.
func (t flatTable) number(number, size int, otherwise uint64) (uint64, error) {
	at, err := t.field(number, size)
	if err != nil || at == 0 {
		return otherwise, err
	}
	switch size {
	case 2:
		return uint64(binary.LittleEndian.Uint16(t.b[at:])), nil
	case 4:
		return uint64(binary.LittleEndian.Uint32(t.b[at:])), nil
	}
	return binary.LittleEndian.Uint64(t.b[at:]), nil
}

// follow is where the offset at a place leads.
func (t flatTable) follow(at int) int64 {
	return int64(at) + int64(binary.LittleEndian.Uint32(t.b[at:]))
}

// vector returns the bytes of a vector whose members have a size; nil for none.
func (t flatTable) vector(number, size int) (b []byte, at int, err error) {
	field, err := t.field(number, 4)
	if err != nil || field == 0 {
		return nil, 0, err
	}
	begin := t.follow(field)
	if begin+4 > int64(len(t.b)) {
		return nil, 0, errFlat
	}
	n := int64(binary.LittleEndian.Uint32(t.b[begin:])) * int64(size)
	begin += 4
	if n > int64(len(t.b))-begin {
		return nil, 0, errFlat
	}
	return t.b[begin : begin+n], int(begin), nil
}

func (t flatTable) text(number int) (string, error) {
	b, _, err := t.vector(number, 1)
	return string(b), err
}

func (t flatTable) table(number int) (flatTable, bool, error) {
	field, err := t.field(number, 4)
	if err != nil || field == 0 {
		return flatTable{}, false, err
	}
	out, err := tableAt(t.b, t.follow(field))
	return out, err == nil, err
}

// tables are those of a vector.
func (t flatTable) tables(number int) ([]flatTable, error) {
	b, at, err := t.vector(number, 4)
	if err != nil {
		return nil, err
	}
	out := make([]flatTable, len(b)/4)
	for i := range out {
		if out[i], err = tableAt(t.b, t.follow(at+4*i)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// float is a number of 8 bytes in a vector.
func float(b []byte, i int) float64 {
	return math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
}
