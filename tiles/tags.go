package tiles

import (
	"fmt"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// tagTable holds the tags of all features: keys and values are numbered for
// each layer, values by their encoded bytes, so that equal ones are one.
type tagTable struct {
	refs    []tagRef
	keys    [][]string          // by layer
	values  [][]string          // by layer: encoded Value messages
	fields  []map[string]string // by layer: key to TileJSON type
	keyOf   map[string]uint32   // of the layer being added
	valueOf map[string]uint32
}

// tagRef is a key and a value of a layer.
type tagRef struct{ key, value uint32 }

// add returns the range of refs that holds the tags.
func (t *tagTable) add(tags []Tag, layer int) (begin, end uint32, err error) {
	for layer >= len(t.keys) {
		t.keys, t.values = append(t.keys, nil), append(t.values, nil)
		t.fields = append(t.fields, map[string]string{})
		t.keyOf, t.valueOf = map[string]uint32{}, map[string]uint32{}
	}
	begin = uint32(len(t.refs))
	var scratch [64]byte
	for _, tag := range tags {
		value, field, err := appendValue(scratch[:0], tag.Value)
		if err != nil {
			return 0, 0, fmt.Errorf("tag %q: %w", tag.Key, err)
		}
		if field == "" {
			continue
		}
		k, known := t.keyOf[tag.Key]
		if !known {
			k = uint32(len(t.keys[layer]))
			t.keyOf[tag.Key] = k
			t.keys[layer] = append(t.keys[layer], tag.Key)
			t.fields[layer][tag.Key] = field
		} else if t.fields[layer][tag.Key] != field {
			t.fields[layer][tag.Key] = "String" // mixed: TileJSON knows one type a field
		}
		for _, other := range t.refs[begin:] {
			if other.key == k {
				return 0, 0, fmt.Errorf("tag %q is given twice", tag.Key)
			}
		}
		v, known := t.valueOf[string(value)]
		if !known {
			v = uint32(len(t.values[layer]))
			text := string(value)
			t.valueOf[text] = v
			t.values[layer] = append(t.values[layer], text)
		}
		t.refs = append(t.refs, tagRef{k, v})
	}
	return begin, uint32(len(t.refs)), nil
}

// appendValue appends an MVT Value message and returns its TileJSON type, or
// "" for nil. Integers are int_value from 0 up and sint_value below.
func appendValue(b []byte, value any) ([]byte, string, error) {
	switch v := value.(type) {
	case nil:
		return b, "", nil
	case string:
		b = appendTag(b, valueString, protowire.BytesType)
		b = appendVarint(b, uint64(len(v)))
		return append(b, v...), "String", nil
	case bool:
		b = appendTag(b, valueBool, protowire.VarintType)
		if v {
			return append(b, 1), "Boolean", nil
		}
		return append(b, 0), "Boolean", nil
	case int:
		return appendInteger(b, int64(v)), "Number", nil
	case int64:
		return appendInteger(b, v), "Number", nil
	case float64:
		if math.IsNaN(v - v) {
			return nil, "", fmt.Errorf("%v is not finite", v)
		}
		b = appendTag(b, valueDouble, protowire.Fixed64Type)
		bits := math.Float64bits(v)
		for range 8 {
			b, bits = append(b, byte(bits)), bits>>8
		}
		return b, "Number", nil
	}
	return nil, "", fmt.Errorf("%T is not a string, bool, int, int64 or float64", value)
}

func appendInteger(b []byte, v int64) []byte {
	if v < 0 {
		return appendVarint(appendTag(b, valueSint, protowire.VarintType), uint64(v<<1^v>>63))
	}
	return appendVarint(appendTag(b, valueInt, protowire.VarintType), uint64(v))
}
