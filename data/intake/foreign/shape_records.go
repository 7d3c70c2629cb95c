package foreign

import (
	"encoding/binary"
	"fmt"
)

// shapeRecords cuts a .shp into the contents of its records, in their order.
func (in *input) shapeRecords(shp []byte) ([][]byte, error) {
	claimed, there := 2*int64(binary.BigEndian.Uint32(shp[24:])), int64(len(shp))
	switch {
	case claimed > there:
		return nil, in.cutOff(there, claimed)
	case claimed < there:
		return nil, in.fault("unreadable", "", fmt.Sprintf("its header says that it has %d bytes, and it has %d: get it again, or write it anew with the program it comes from", claimed, there))
	}
	var all [][]byte
	inOrder := true
	first := uint32(1)
	for at := int64(shpHeader); at < int64(len(shp)); {
		content, err := in.shapeRecord(shp, at)
		if err != nil {
			return nil, err
		}
		number := binary.BigEndian.Uint32(shp[at:])
		if len(all) == 0 && number == 0 {
			first = 0 // as some programs count
		}
		inOrder = inOrder && number == first+uint32(len(all))
		all = append(all, content)
		at += 8 + int64(len(content))
	}
	if inOrder {
		return all, nil
	}
	return in.indexedRecords(shp)
}

// shapeRecord is the content of the record that begins at a byte.
func (in *input) shapeRecord(shp []byte, at int64) ([]byte, error) {
	if at < shpHeader || at+8 > int64(len(shp)) {
		return nil, in.fault("truncated", fmt.Sprintf("byte %d", at), "a record begins where the file has ended")
	}
	length := 2 * int64(binary.BigEndian.Uint32(shp[at+4:]))
	if length < 4 || at+8+length > int64(len(shp)) {
		return nil, in.fault("truncated", fmt.Sprintf("byte %d", at), fmt.Sprintf("a record says that it has %d bytes, and there are %d", length, int64(len(shp))-at-8))
	}
	return shp[at+8 : at+8+length], nil
}

// indexedRecords are the records that the .shx names: a .shp that was edited where it
// lies has others between them.
func (in *input) indexedRecords(shp []byte) ([][]byte, error) {
	shx, err := in.beside("shx")
	if err != nil {
		return nil, err
	}
	if len(shx) < shpHeader || (len(shx)-shpHeader)%8 != 0 {
		return nil, in.fault("record-order", "", "its records are not numbered one after another, and only the .shx can say which count: put that beside it")
	}
	var all [][]byte
	total := 0
	for at := shpHeader; at < len(shx); at += 8 {
		content, err := in.shapeRecord(shp, 2*int64(binary.BigEndian.Uint32(shx[at:])))
		if err != nil {
			return nil, err
		}
		if total += 8 + len(content); total > len(shp) {
			return nil, in.fault("record-order", "", "the .shx names the same records again and again")
		}
		all = append(all, content)
	}
	return all, nil
}
