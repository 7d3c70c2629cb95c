package foreign

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"golang.org/x/text/encoding"
)

// dbf is the table of a shapefile: dBase III and IV, and what Visual FoxPro adds.
type dbf struct {
	in       *input
	fields   []dbfField
	records  []byte
	size     int // of a record
	count    int
	encoding encoding.Encoding // nil for UTF-8
	called   string            // the encoding

	cut     int            // texts that ended within a character
	odd     map[string]int // numbers that are none, by their field
	leftOut []string       // fields of a kind that is not read
}

// dbfField is one column.
type dbfField struct {
	raw      []byte // its name as written
	name     string
	kind     byte
	at, size int // where it is in a record
	decimals int
}

// attributes reads the .dbf of a shapefile with so many shapes; nil when there is none.
func (in *input) attributes(shapes int) (*dbf, error) {
	text, err := in.beside("dbf")
	if err != nil {
		return nil, err
	}
	if text == nil {
		in.note("no .dbf is beside it: its features have no properties")
		return nil, nil
	}
	t := &dbf{in: in, odd: map[string]int{}}
	if err := t.header(text); err != nil {
		return nil, err
	}
	if t.count != shapes {
		return nil, t.wrong("record-count", "", fmt.Sprintf("the .dbf has %d records, and the .shp %d: they do not belong together", t.count, shapes))
	}
	if err := t.chooseEncoding(text[29]); err != nil {
		return nil, err
	}
	return t, t.nameFields()
}

// header reads what the table says of itself, and checks it against its bytes.
func (t *dbf) header(text []byte) error {
	if len(text) < 33 {
		return t.cutOff(text, 33)
	}
	if text[0]&7 == 4 {
		return t.wrong("unknown-format", "", "the .dbf is of dBase 7, which no shapefile has: write it anew with ogr2ogr")
	}
	begin, size := int(binary.LittleEndian.Uint16(text[8:])), int(binary.LittleEndian.Uint16(text[10:]))
	count := int64(binary.LittleEndian.Uint32(text[4:]))
	if begin < 33 || size < 1 {
		return t.wrong("unreadable", "", fmt.Sprintf("the .dbf says that its records have %d bytes and begin at byte %d, which cannot be: get it again", size, begin))
	}
	if whole := int64(begin) + count*int64(size); whole > int64(len(text)) {
		return t.cutOff(text, whole)
	}
	t.size, t.count = size, int(count)
	t.records = text[begin : begin+t.count*size]
	if t.readFields(text[32:begin], false) == size {
		return nil
	}
	if t.readFields(text[32:begin], true) == size { // texts of more than 255 bytes (Clipper)
		return nil
	}
	if end := t.readFields(text[32:begin], false); end > size {
		return t.wrong("truncated", "", fmt.Sprintf("the fields of the .dbf take %d bytes of a record, and a record has %d: get it again, or write it anew with the program it comes from", end, size))
	}
	return nil
}

// readFields reads the columns, and returns where they end in a record. The size of
// long texts goes on in the place of their decimals.
func (t *dbf) readFields(described []byte, long bool) (end int) {
	t.fields, end = nil, 1 // after the mark of a deleted record
	for ; len(described) >= 32 && described[0] != '\r'; described = described[32:] {
		f := dbfField{raw: described[:11], kind: described[11], at: end, size: int(described[16]), decimals: int(described[17])}
		if name, _, ended := bytes.Cut(f.raw, []byte{0}); ended {
			f.raw = name
		}
		if f.kind == 'C' && long {
			f.size, f.decimals = f.size+f.decimals<<8, 0
		}
		end += f.size
		t.fields = append(t.fields, f)
	}
	return end
}

// nameFields gives each column that is read a name of its own.
func (t *dbf) nameFields() error {
	var names properties
	kept := t.fields[:0]
	for i, f := range t.fields {
		name, err := t.decode(f.raw)
		if err != nil {
			return t.wrong("encoding", fmt.Sprintf("name of field %d", i+1), err.Error())
		}
		if name == "" {
			name = fmt.Sprintf("field_%d", i+1)
		}
		if !bytes.ContainsRune([]byte("CNFDLIOTB+@"), rune(f.kind)) || f.kind == 'B' && f.size != 8 {
			t.leftOut = append(t.leftOut, fmt.Sprintf("%s (%q)", name, f.kind))
			continue
		}
		f.name = names.add("", name, nil)
		if f.name != name {
			t.in.note("two fields of the .dbf are called %q: the second is kept as %q", name, f.name)
		}
		kept = append(kept, f)
	}
	t.fields = kept
	return nil
}

// deleted reports whether record i, from 0, is marked as deleted.
func (t *dbf) deleted(i int) bool { return t.records[i*t.size] == '*' }

// cutOff is the fault of a table that has so many bytes when it is whole.
func (t *dbf) cutOff(text []byte, whole int64) error {
	return t.wrong("truncated", "", fmt.Sprintf("the .dbf ends after %d bytes of %d: it was cut off, so get it again", len(text), whole))
}

// wrong is a fault of the table.
func (t *dbf) wrong(rule, place, detail string) error {
	return t.in.fault(rule, place, detail)
}
