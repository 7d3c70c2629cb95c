package tiles

// The few pieces of the protobuf wire format that MVT is written with.
const (
	wireVarint  = 0
	wireFixed64 = 1
	wireBytes   = 2
	wireFixed32 = 5
)

func appendTag(b []byte, field, wire byte) []byte { return append(b, field<<3|wire) }

func appendVarint(b []byte, v uint64) []byte {
	for v >= 0x80 {
		b, v = append(b, byte(v)|0x80), v>>7
	}
	return append(b, byte(v))
}

func appendBytes(b []byte, field byte, data []byte) []byte {
	b = appendVarint(appendTag(b, field, wireBytes), uint64(len(data)))
	return append(b, data...)
}

func appendString(b []byte, field byte, s string) []byte {
	b = appendVarint(appendTag(b, field, wireBytes), uint64(len(s)))
	return append(b, s...)
}
