package foreign

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/data"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Layers of an export of demarc: who holds what, and of which land that is.
const (
	OwnZones       = "zones"
	OwnTerritories = "territories"
)

// ownSnapshot is written into every export that has a text about itself.
const ownSnapshot = "Snapshot sha256:"

// isOwn reports whether a file is an export of demarc by what it says of itself among its
// first bytes. A GeoPackage says it in a table.
func isOwn(head []byte) bool {
	if isFlatGeobuf(head) || isKML(head) {
		return bytes.Contains(head, []byte(ownSnapshot))
	}
	if isOwnShapes(head) {
		return true
	}
	members := jsonHead(head)
	for _, name := range []string{"dataset", "basis", "epoch", "disclaimer"} {
		if members[name] == nil {
			return false
		}
	}
	return true
}

// isOwnTable reports whether a file is the CSV of demarc, which has no shapes.
func isOwnTable(head []byte) bool { return hasColumns(head, "lon_deg,lat_deg") }

// isOwnShapes reports whether a file is the CSV of demarc of zones with their shapes.
func isOwnShapes(head []byte) bool { return hasColumns(head, "WKT") }

// hasColumns reports whether the header of a file is that of a table of demarc that has its
// positions in these columns.
func hasColumns(head []byte, positions string) bool {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	return bytes.HasPrefix(line, []byte("layer,id,")) && bytes.HasSuffix(bytes.TrimSpace(line), []byte(","+positions+",epoch_from,epoch_to,snapshot"))
}

// ownOnly leaves of an export of demarc the layer that is asked for. A file of another
// layer is refused: its polygons are no zones, or no territories.
func (s *Source) ownOnly(in *input) error {
	if !s.Own {
		return nil
	}
	if in.Layer != "" && in.Layer != in.Own {
		return in.fault("own-export", in.Layer, fmt.Sprintf("it is an export of demarc, of which %s are wanted here, not %s", in.Own, in.Layer))
	}
	only := ""
	switch s.Format {
	case "FlatGeobuf":
		only = s.Layers[0].Name
	case "CSV":
		only = OwnZones
	}
	if only != "" && only != in.Own {
		return in.fault("own-export", only, fmt.Sprintf("it is an export of demarc that holds %s and no %s: take %s.fgb, or an export of all layers as GeoJSON, GeoPackage or KML", only, in.Own, in.Own))
	}
	var of func(f Feature) string
	switch {
	case s.text != nil:
		s.features, s.text = collected(in, s.text), nil
		of = func(f Feature) string { return textOf(f, "layer") }
	case s.Format == "KML":
		of = func(f Feature) string {
			path := textOf(f, "folder")
			return path[strings.LastIndexByte(path, '/')+1:]
		}
	case s.Format == "CSV":
		s.features = withoutQuotes(s.features)
		return nil
	default:
		return nil
	}
	all := s.features
	s.features = func(yield func(Feature, error) bool) {
		left := map[string]int{}
		for f, err := range all {
			if layer := strings.TrimSpace(of(f)); err == nil && layer != in.Own {
				left[layer]++
				continue
			}
			if !yield(f, err) {
				return
			}
		}
		for _, layer := range slices.Sorted(maps.Keys(left)) {
			in.note("left out of an export of demarc, whose %s are read: %d of %s", in.Own, left[layer], layer)
		}
	}
	return nil
}

// withoutQuotes takes off the apostrophes before texts that a spreadsheet would compute.
func withoutQuotes(all iter.Seq2[Feature, error]) iter.Seq2[Feature, error] {
	return func(yield func(Feature, error) bool) {
		for f, err := range all {
			for i, p := range f.Properties {
				if text, ok := p.Value.(string); ok {
					f.Properties[i].Value = data.FromPlainCell(text)
				}
			}
			if !yield(f, err) {
				return
			}
		}
	}
}

// textOf is a property that is a text, "" for none.
func textOf(f Feature, name string) string {
	for _, p := range f.Properties {
		if p.Name != name {
			continue
		}
		if v, ok := p.Value.(raw); ok {
			text, _ := jsontext.AppendUnquote(nil, v)
			return string(text)
		}
		return fmt.Sprint(p.Value)
	}
	return ""
}

// collected takes the features of a collection apart, whose geometries stay as they are
// written.
func collected(in *input, r io.Reader) iter.Seq2[Feature, error] {
	return func(yield func(Feature, error) bool) {
		dec := jsontext.NewDecoder(r)
		if err := toFeatures(dec); err != nil {
			yield(Feature{}, in.broken(err))
			return
		}
		for dec.PeekKind() == '{' {
			var one struct {
				ID         jsontext.Value `json:"id"`
				Properties jsontext.Value `json:"properties"`
				Geometry   jsontext.Value `json:"geometry"`
			}
			err := json.UnmarshalDecode(dec, &one)
			f := Feature{written: one.Geometry}
			if err == nil {
				f.ID = textOf(Feature{Properties: []Property{{"id", one.ID}}}, "id")
				f.Properties, err = propertiesOf(jsontext.NewDecoder(bytes.NewReader(one.Properties)))
			}
			if err != nil {
				err = in.broken(err)
			}
			if !yield(f, err) || err != nil {
				return
			}
		}
		for { // what is broken after the last feature is broken
			if _, err := dec.ReadToken(); err == io.EOF {
				return
			} else if err != nil {
				yield(Feature{}, in.broken(err))
				return
			}
		}
	}
}

// toFeatures reads up to the first feature.
func toFeatures(dec *jsontext.Decoder) error {
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	for dec.PeekKind() == '"' {
		name, err := dec.ReadToken()
		if err != nil {
			return err
		}
		if name.String() == "features" {
			_, err := dec.ReadToken()
			return err
		}
		if err := dec.SkipValue(); err != nil {
			return err
		}
	}
	return errors.New("it has no features")
}
