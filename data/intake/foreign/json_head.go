package foreign

import (
	"bytes"

	"github.com/demarc-map/demarc/geojson"

	"github.com/go-json-experiment/json/jsontext"
)

// jsonHead returns the members of an object but its features, as far as its first
// bytes go.
func jsonHead(head []byte) map[string]jsontext.Value {
	if !isJSON(head) {
		return nil
	}
	dec := jsontext.NewDecoder(bytes.NewReader(head), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if _, err := dec.ReadToken(); err != nil {
		return nil
	}
	members := map[string]jsontext.Value{}
	for {
		token, err := dec.ReadToken()
		if err != nil || token.Kind() != '"' {
			return members
		}
		name := token.String()
		value, err := dec.ReadValue()
		if err != nil {
			return members
		}
		if name != "features" {
			members[name] = value.Clone()
		}
	}
}

// crsOfJSON names the coordinate system that a GeoJSON text says it has among its first
// bytes, "" for WGS 84 and for none.
func crsOfJSON(head []byte) string {
	value, there := jsonHead(head)["crs"]
	if !there {
		return ""
	}
	if name, is := geojson.WGS84(value); !is {
		return name
	}
	return ""
}
