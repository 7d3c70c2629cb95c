package tiles

import "google.golang.org/protobuf/encoding/protowire"

// The few pieces of the protobuf wire format that MVT is written with. They
// know that its field numbers fit in a byte, which protowire's cannot.

func appendTag(b []byte, field byte, wire protowire.Type) []byte {
	return append(b, field<<3|byte(wire))
}

func appendVarint(b []byte, v uint64) []byte {
	for v >= 0x80 {
		b, v = append(b, byte(v)|0x80), v>>7
	}
	return append(b, byte(v))
}

func appendBytes(b []byte, field byte, data []byte) []byte {
	b = appendVarint(appendTag(b, field, protowire.BytesType), uint64(len(data)))
	return append(b, data...)
}

func appendString(b []byte, field byte, s string) []byte {
	b = appendVarint(appendTag(b, field, protowire.BytesType), uint64(len(s)))
	return append(b, s...)
}
