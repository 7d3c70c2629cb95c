package foreign

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"
)

// The kinds of JSON that are told apart.
const (
	notJSON    = iota
	otherJSON  // a feature, a geometry or what is none
	collection // a FeatureCollection
	topology   // TopoJSON
	esriJSON   // an answer of ArcGIS, an error too
)

// kindOfJSON tells what a text is by its first bytes, with no more of them than that
// takes. The members of an object may come in any order.
func kindOfJSON(head []byte) int {
	if !isJSON(head) {
		return notJSON
	}
	dec := jsontext.NewDecoder(bytes.NewReader(head), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	_, err := dec.ReadToken()
	for err == nil && dec.PeekKind() == '"' {
		var name jsontext.Value
		if name, err = dec.ReadValue(); err != nil {
			break
		}
		switch string(name) {
		case `"type"`:
			switch string(bytes.Clone(valueOf(dec))) {
			case `"FeatureCollection"`:
				return collection
			case `"Topology"`:
				return topology
			}
			return otherJSON
		case `"features"`:
			return kindOfFeatures(dec)
		case `"arcs"`:
			return topology
		case `"geometryType"`, `"spatialReference"`, `"fieldAliases"`, `"objectIdFieldName"`, `"attributes"`, `"rings"`, `"paths"`, `"error"`:
			return esriJSON
		}
		err = dec.SkipValue()
	}
	return otherJSON
}

// kindOfFeatures tells whose features they are by the first of them.
func kindOfFeatures(dec *jsontext.Decoder) int {
	for _, kind := range []jsontext.Kind{'[', '{'} {
		if token, err := dec.ReadToken(); err != nil || token.Kind() != kind {
			return collection
		}
	}
	for dec.PeekKind() == '"' {
		if name := valueOf(dec); string(name) == `"attributes"` {
			return esriJSON
		}
		if dec.SkipValue() != nil {
			break
		}
	}
	return collection
}

// valueOf is the next value, nil when there is none.
func valueOf(dec *jsontext.Decoder) jsontext.Value {
	value, err := dec.ReadValue()
	if err != nil {
		return nil
	}
	return value
}

// isJSON reports whether a text may be a JSON object.
func isJSON(head []byte) bool {
	trimmed := bytes.TrimLeft(head, " \t\r\n")
	return len(trimmed) > 0 && trimmed[0] == '{'
}

func isCollection(head []byte) bool { return kindOfJSON(head) == collection }

func isTopoJSON(head []byte) bool { return kindOfJSON(head) == topology }

func isEsri(head []byte) bool { return kindOfJSON(head) == esriJSON }

// isSequence reports whether a text may be a sequence of features and geometries,
// with record separators or without. One alone is a sequence of one.
func isSequence(head []byte) bool {
	trimmed := bytes.TrimLeft(head, " \t\r\n")
	return len(trimmed) > 0 && trimmed[0] == recordSeparator || kindOfJSON(head) == otherJSON
}
