package foreign

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// properties are the values of record i, from 0.
func (t *dbf) properties(i int) ([]Property, error) {
	record := t.records[i*t.size:][:t.size]
	all := make([]Property, len(t.fields))
	for j, f := range t.fields {
		value, err := t.value(f, record[f.at:f.at+f.size])
		if err != nil {
			return nil, t.wrong("encoding", fmt.Sprintf(".dbf record %d, field %q", i+1, f.name), err.Error())
		}
		all[j] = Property{f.name, value}
	}
	return all, nil
}

// value reads one value; nil of blanks and of what a format calls no value.
func (t *dbf) value(f dbfField, b []byte) (any, error) {
	switch f.kind {
	case 'I', '+':
		if len(b) == 4 {
			return int64(int32(binary.LittleEndian.Uint32(b))), nil
		}
	case 'O', 'B':
		if len(b) == 8 {
			v := math.Float64frombits(binary.LittleEndian.Uint64(b))
			if v-v != 0 {
				return nil, nil
			}
			return v, nil
		}
	case 'T', '@':
		if len(b) == 8 {
			return moment(b), nil
		}
	case 'C':
		text, err := t.decode(bytes.TrimRight(b, " \x00"))
		if err != nil || text == "" {
			return nil, err
		}
		return text, nil
	}
	text := strings.Trim(string(b), " \x00")
	if text == "" || strings.Trim(text, "*") == "" {
		return nil, nil
	}
	switch f.kind {
	case 'N', 'F':
		return t.number(f, text), nil
	case 'L':
		switch text {
		case "T", "t", "Y", "y":
			return true, nil
		case "F", "f", "N", "n":
			return false, nil
		}
		return nil, nil
	case 'D':
		if day, err := time.Parse("20060102", text); err == nil {
			return day.Format(time.DateOnly), nil
		}
		if strings.Trim(text, "0") == "" {
			return nil, nil
		}
	}
	return strings.ToValidUTF8(text, "\ufffd"), nil
}

// number reads a number in digits, whole where the column has no decimals. What is no
// number stays a text, and is told.
func (t *dbf) number(f dbfField, text string) any {
	if f.decimals == 0 {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n
		}
	}
	if v, err := strconv.ParseFloat(text, 64); err == nil && v-v == 0 {
		return v
	}
	t.odd[f.name]++
	return strings.ToValidUTF8(text, "\ufffd")
}

// moment is a day, counted from -4713 (Julian day number), and milliseconds of it;
// nil of none.
func moment(b []byte) any {
	const unix = 2440588 // the Julian day number of 1970-01-01
	day, ms := int64(int32(binary.LittleEndian.Uint32(b))), int64(int32(binary.LittleEndian.Uint32(b[4:])))
	if day == 0 {
		return nil
	}
	return time.UnixMilli((day-unix)*86_400_000 + ms).UTC().Format("2006-01-02T15:04:05.999Z")
}

// tell notes what became of values that were not as they should be.
func (t *dbf) tell() {
	for _, name := range slices.Sorted(maps.Keys(t.odd)) {
		t.in.note("field %q holds numbers, but some of its values are none, and are kept as text: %d", name, t.odd[name])
	}
	if t.cut > 0 {
		t.in.note("texts of the .dbf that end within a character, which is left out: %d", t.cut)
	}
	if len(t.leftOut) > 0 {
		t.in.note("fields of the .dbf that are left out, as they are kept elsewhere or are no values: %s", strings.Join(t.leftOut, ", "))
	}
}
