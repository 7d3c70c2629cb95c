package intake

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
)

// zoneLine is the line of a zone in a file that data.Contents.Files wrote. Its shape,
// nearly all of it, is not read.
type zoneLine struct {
	text       []byte
	properties map[string]json.RawMessage
	zone       data.Zone // without its shape
}

// The frame of a file of zones, and what is between two of them.
const (
	zonesBegin   = "{\"type\": \"FeatureCollection\", \"features\": [\n"
	zonesBetween = ",\n"
	zonesEnd     = "\n]}\n"
)

// The parts of a line, in their order.
const (
	idPart         = `{"id":`
	geometryPart   = `,"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":`
	propertiesPart = `},"properties":`
)

// ErrLayout means that a file was not written by data.Contents.Files, or not as it is now.
var ErrLayout = errors.New("zones.geojson is not laid out one zone a line, as import writes it")

// readZoneLines takes a file of zones apart.
func readZoneLines(text []byte) ([]zoneLine, error) {
	text, begins := bytes.CutPrefix(text, []byte(zonesBegin))
	text, ends := bytes.CutSuffix(text, []byte(zonesEnd))
	if !begins || !ends {
		return nil, ErrLayout
	}
	var out []zoneLine
	for i, line := range bytes.Split(text, []byte(zonesBetween)) {
		one, err := readZoneLine(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+2, err)
		}
		out = append(out, one)
	}
	return out, nil
}

func readZoneLine(line []byte) (zoneLine, error) {
	l := zoneLine{text: line}
	geometry := bytes.Index(line, []byte(geometryPart))
	at := bytes.LastIndex(line, []byte(propertiesPart))
	if geometry < 0 || at < geometry || !bytes.HasPrefix(line, []byte(idPart)) {
		return l, ErrLayout
	}
	var known struct {
		Party  string      `json:"party"`
		Basis  string      `json:"basis"`
		Status data.Status `json:"status"`
		Source string      `json:"source"`
		From   data.Date   `json:"valid_from"`
		To     data.Date   `json:"valid_to"`
	}
	text := line[at+len(propertiesPart) : len(line)-1]
	if err := errors.Join(json.Unmarshal(line[len(idPart):geometry], &l.zone.ID), json.Unmarshal(text, &l.properties), json.Unmarshal(text, &known)); err != nil {
		return l, errors.Join(ErrLayout, err)
	}
	l.zone.Party, l.zone.Basis, l.zone.Status, l.zone.Source = known.Party, known.Basis, known.Status, known.Source
	l.zone.Valid = data.Interval{From: known.From, To: known.To}
	return l, nil
}

// shape reads the polygons of the line.
func (l *zoneLine) shape() (orb.MultiPolygon, error) {
	var out orb.MultiPolygon
	from := bytes.Index(l.text, []byte(geometryPart)) + len(geometryPart)
	err := json.Unmarshal(l.text[from:bytes.LastIndex(l.text, []byte(propertiesPart))], &out)
	return out, err
}

// with is the line with a property of another value, nil for without it.
func (l *zoneLine) with(name string, value any) (zoneLine, error) {
	properties := make(map[string]any, len(l.properties)+1)
	for other, v := range l.properties {
		properties[other] = v
	}
	if properties[name] = value; value == nil {
		delete(properties, name)
	}
	text, err := json.Marshal(properties)
	if err != nil {
		return *l, err
	}
	at := bytes.LastIndex(l.text, []byte(propertiesPart)) + len(propertiesPart)
	return readZoneLine(append(append(bytes.Clone(l.text[:at]), text...), '}'))
}

// lineOrder is the order that an import gives zones.
func lineOrder(a, b zoneLine) int {
	return cmp.Or(cmp.Compare(a.zone.Basis, b.zone.Basis), cmp.Compare(a.zone.Valid.From, b.zone.Valid.From))
}

// pieces are the texts of a file of zones, to be written one after another.
func joinedLines(lines []zoneLine) [][]byte {
	out := [][]byte{[]byte(zonesBegin)}
	for i, l := range lines {
		if i > 0 {
			out = append(out, []byte(zonesBetween))
		}
		out = append(out, l.text)
	}
	return append(out, []byte(zonesEnd))
}
