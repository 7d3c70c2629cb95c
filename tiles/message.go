package tiles

import (
	"fmt"

	"google.golang.org/protobuf/encoding/protowire"
)

// message reads the fields of a protobuf message.
type message struct{ rest []byte }

// field is one field of a message: number holds varints and fixed numbers,
// bytes what is length-delimited.
type field struct {
	id     int
	wire   protowire.Type
	number uint64
	bytes  []byte
}

// next returns the next field; ok is false at the end of the message. Groups,
// which MVT has none of, are an error.
func (m *message) next() (f field, ok bool, err error) {
	if len(m.rest) == 0 {
		return f, false, nil
	}
	id, wire, n := protowire.ConsumeTag(m.rest)
	if n < 0 {
		return f, false, protowire.ParseError(n)
	}
	f.id, f.wire, m.rest = int(id), wire, m.rest[n:]
	switch wire {
	case protowire.VarintType:
		f.number, n = protowire.ConsumeVarint(m.rest)
	case protowire.Fixed64Type:
		f.number, n = protowire.ConsumeFixed64(m.rest)
	case protowire.Fixed32Type:
		var v uint32
		v, n = protowire.ConsumeFixed32(m.rest)
		f.number = uint64(v)
	case protowire.BytesType:
		f.bytes, n = protowire.ConsumeBytes(m.rest)
	default:
		return f, false, fmt.Errorf("wire type %d", wire)
	}
	if n < 0 {
		return f, false, protowire.ParseError(n)
	}
	m.rest = m.rest[n:]
	return f, true, nil
}

// numbers returns a packed list of varints.
func (f *field) numbers() (list []uint64, err error) {
	for rest := f.bytes; len(rest) > 0; {
		v, n := protowire.ConsumeVarint(rest)
		if n < 0 {
			return nil, protowire.ParseError(n)
		}
		list, rest = append(list, v), rest[n:]
	}
	return list, nil
}
