package tiles

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"google.golang.org/protobuf/encoding/protowire"
)

// Decode writes a tile, uncompressed, as text that people can read and compare:
// layers, features, tags in the order of their keys, and geometry in tile
// units, rings with their signed area (exterior rings are positive). It reads
// any MVT and returns an error for what is none.
func Decode(w io.Writer, tile []byte) error {
	out := bufio.NewWriter(w)
	m := message{tile}
	for {
		f, ok, err := m.next()
		if err == nil && ok && f.id == tileLayer && f.wire == protowire.BytesType {
			err = decodeLayer(out, f.bytes)
		}
		if err != nil {
			return fmt.Errorf("tiles: decode: %w", err)
		}
		if !ok {
			return out.Flush()
		}
	}
}

// decodedTags are the keys and values of a layer.
type decodedTags struct{ keys, values []string }

func decodeLayer(out io.Writer, layer []byte) error {
	name, version, extent := "", uint64(1), uint64(4096)
	var tags decodedTags
	var features [][]byte
	m := message{layer}
	for {
		f, ok, err := m.next()
		if err != nil {
			return fmt.Errorf("layer %q: %w", name, err)
		}
		if !ok {
			break
		}
		switch f.id {
		case layerName:
			name = string(f.bytes)
		case layerFeatures:
			features = append(features, f.bytes)
		case layerKeys:
			tags.keys = append(tags.keys, string(f.bytes))
		case layerValues:
			value, err := decodeValue(f.bytes)
			if err != nil {
				return fmt.Errorf("layer %q: value %d: %w", name, len(tags.values), err)
			}
			tags.values = append(tags.values, value)
		case layerExtent:
			extent = f.number
		case layerVersion:
			version = f.number
		}
	}
	fmt.Fprintf(out, "layer %s version %d extent %d features %d\n", name, version, extent, len(features))
	for i, f := range features {
		if err := decodeFeature(out, f, tags); err != nil {
			return fmt.Errorf("layer %q: feature %d: %w", name, i, err)
		}
	}
	return nil
}

// decodeValue returns the last value of a Value message as text.
func decodeValue(value []byte) (text string, err error) {
	m := message{value}
	for {
		f, ok, err := m.next()
		if err != nil {
			return "", err
		}
		if !ok {
			return text, nil
		}
		switch f.id {
		case valueString:
			text = strconv.Quote(string(f.bytes))
		case valueFloat:
			text = strconv.FormatFloat(float64(math.Float32frombits(uint32(f.number))), 'g', -1, 32)
		case valueDouble:
			text = strconv.FormatFloat(math.Float64frombits(f.number), 'g', -1, 64)
		case valueInt:
			text = strconv.FormatInt(int64(f.number), 10)
		case valueUint:
			text = strconv.FormatUint(f.number, 10)
		case valueSint:
			text = strconv.FormatInt(int64(f.number>>1)^-int64(f.number&1), 10)
		case valueBool:
			text = strconv.FormatBool(f.number != 0)
		}
	}
}

func decodeFeature(out io.Writer, feature []byte, tags decodedTags) error {
	head, geometryKind := "  feature", uint64(0)
	var refs, commands []uint64
	m := message{feature}
	for {
		f, ok, err := m.next()
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		switch f.id {
		case featureID:
			head = fmt.Sprintf("  feature %d", f.number)
		case featureTags:
			refs, err = f.numbers()
		case featureType:
			geometryKind = f.number
		case featureGeometry:
			commands, err = f.numbers()
		}
		if err != nil {
			return err
		}
	}
	fmt.Fprintln(out, head)
	if err := decodeTags(out, refs, tags); err != nil {
		return err
	}
	return decodeGeometry(out, kind(geometryKind), commands)
}

func decodeTags(out io.Writer, refs []uint64, tags decodedTags) error {
	var lines []string
	for i := 0; i+1 < len(refs); i += 2 {
		if refs[i] >= uint64(len(tags.keys)) || refs[i+1] >= uint64(len(tags.values)) {
			return fmt.Errorf("tag %d %d is not in the layer", refs[i], refs[i+1])
		}
		lines = append(lines, fmt.Sprintf("    %s = %s\n", tags.keys[refs[i]], tags.values[refs[i+1]]))
	}
	if len(refs)%2 != 0 {
		return errors.New("a key has no value")
	}
	slices.Sort(lines)
	for _, l := range lines {
		io.WriteString(out, l) // a bufio.Writer tells at Flush
	}
	return nil
}

// decodeGeometry writes each point list, line or ring on a line of its own.
func decodeGeometry(out io.Writer, k kind, commands []uint64) error {
	var at point
	var run []point
	end := func() {
		if len(run) > 0 {
			writeRun(out, k, run)
		}
		run = run[:0]
	}
	for len(commands) > 0 {
		id, count := commands[0]&7, commands[0]>>3
		commands = commands[1:]
		switch {
		case id == closePath && len(run) > 0:
			run = append(run, run[0])
			continue
		case id != moveTo && id != lineTo || count > uint64(len(commands)/2):
			return fmt.Errorf("command %d of %d", id, count)
		case id == moveTo && k != points:
			end()
		}
		for ; count > 0; count-- {
			at.X += int64(int32(uint32(commands[0])>>1) ^ -int32(commands[0]&1))
			at.Y += int64(int32(uint32(commands[1])>>1) ^ -int32(commands[1]&1))
			run, commands = append(run, at), commands[2:]
		}
	}
	end()
	return nil
}

func writeRun(out io.Writer, k kind, run []point) {
	switch {
	case k == points && len(run) == 1:
		io.WriteString(out, "    point:")
	case k == points:
		io.WriteString(out, "    points:")
	case k == lines:
		io.WriteString(out, "    line:")
	case k == polygons:
		fmt.Fprintf(out, "    ring area %g:", float64(doubleArea(run))/2)
	default:
		io.WriteString(out, "    unknown:")
	}
	for _, p := range run {
		fmt.Fprintf(out, " %d,%d", p.X, p.Y)
	}
	fmt.Fprintln(out)
}
