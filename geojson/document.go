package geojson

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

func (f *syntaxFault) Error() string { return f.rule + " at " + f.place + ": " + f.detail }

// text reads the one top-level object.
func (g *reader) text() error {
	object, err := g.object("the text", map[string]func() error{"features": g.collection})
	if err != nil {
		return err
	}
	if _, ok := object.members["features"]; ok && object.kind != "FeatureCollection" {
		return &syntaxFault{"mixed-members", "/features", fmt.Sprintf("the type is %q, yet there are features (RFC 7946, section 7.1)", Clip(object.kind, longest))}
	}
	switch object.kind {
	case "FeatureCollection":
		if _, ok := object.members["features"]; !ok {
			return &syntaxFault{"missing-member", "/features", "a FeatureCollection has an array of features"}
		}
	case "Feature":
		if err := g.add(object); err != nil {
			return err
		}
	default:
		if err := g.add(&jsonObject{kind: "Feature", members: map[string]jsontext.Value{"geometry": object.raw()}}); err != nil {
			return err
		}
	}
	if err := g.finish(); err != nil { // of a text that is no collection
		return err
	}
	if _, err := g.dec.ReadToken(); err != io.EOF {
		if err == nil {
			return g.fail("json", "something follows the end of the text")
		}
		return g.broken(err)
	}
	return nil
}

// collection reads the array of features, one at a time.
func (g *reader) collection() error {
	if k := g.dec.PeekKind(); k != '[' {
		return g.fail("wrong-type", "features is an array")
	}
	if _, err := g.dec.ReadToken(); err != nil {
		return g.broken(err)
	}
	g.inside = true
	for g.dec.PeekKind() != ']' {
		err := g.member()
		var stop *syntaxFault
		if errors.As(err, &stop) { // what came before it comes first
			if earlier := g.finish(); earlier != nil {
				return earlier
			}
		}
		if err != nil {
			return err
		}
	}
	if err := g.finish(); err != nil {
		return err
	}
	g.inside = false
	_, err := g.dec.ReadToken()
	if err != nil {
		return g.broken(err)
	}
	return nil
}

// member reads one feature of a collection.
func (g *reader) member() error {
	object, err := g.object("a feature", nil)
	if err != nil {
		return err
	}
	if object.kind != "Feature" {
		return g.fail("wrong-type", "a member of features has the type %q, not Feature", Clip(object.kind, longest))
	}
	return g.add(object)
}

// raw writes the object again, for a geometry met before its type was known.
func (o *jsonObject) raw() jsontext.Value {
	var b strings.Builder
	b.WriteByte('{')
	fmt.Fprintf(&b, `"type":%q`, o.kind)
	for _, name := range []string{"coordinates", "geometries"} {
		if v, ok := o.members[name]; ok {
			fmt.Fprintf(&b, `,%q:%s`, name, v)
		}
	}
	b.WriteByte('}')
	return jsontext.Value(b.String())
}

// standard are the members of GeoJSON objects that this reader understands.
var standard = [...]string{"type", "features", "geometry", "properties", "id", "coordinates", "geometries", "crs", "bbox"}

// object reads the members of the next object; those in stream are read by
// their function, others are kept raw or, when foreign, skipped.
func (g *reader) object(what string, stream map[string]func() error) (*jsonObject, error) {
	if k := g.dec.PeekKind(); k != '{' {
		if k == 0 {
			_, err := g.dec.ReadToken()
			return nil, g.broken(err)
		}
		return nil, g.fail("wrong-type", "%s is a JSON object, not %s", what, k)
	}
	if _, err := g.dec.ReadToken(); err != nil {
		return nil, g.broken(err)
	}
	o := &jsonObject{members: map[string]jsontext.Value{}}
	for g.dec.PeekKind() != '}' {
		token, err := g.dec.ReadToken()
		if err != nil {
			return nil, g.broken(err)
		}
		name := token.String()
		if err := g.exact(name); err != nil {
			return nil, err
		}
		if read := stream[name]; read != nil {
			if err := read(); err != nil {
				return nil, err
			}
			o.members[name] = nil
			continue
		}
		value, err := g.dec.ReadValue()
		if err != nil {
			return nil, g.broken(err)
		}
		if !g.borrow && deep(value) > g.options.Depth {
			return nil, g.fail("too-deep", "nested more than %d levels", g.options.Depth)
		}
		switch name {
		case "crs":
			if err := g.crs(value); err != nil {
				return nil, err
			}
		case "geometry", "properties", "id", "coordinates", "geometries", "type":
			if !g.borrow {
				value = value.Clone()
			}
			o.members[name] = value
		}
	}
	if _, err := g.dec.ReadToken(); err != nil {
		return nil, g.broken(err)
	}
	kind, ok := o.members["type"]
	if !ok {
		return nil, g.fail("missing-member", "%s has no type", what)
	}
	if kind.Kind() != '"' {
		return nil, g.fail("wrong-type", "type is a string")
	}
	text, err := jsontext.AppendUnquote(nil, kind)
	if err != nil {
		return nil, g.broken(err)
	}
	o.kind = string(text)
	return o, nil
}

// exact refuses a name that another reader could take for a standard one.
func (g *reader) exact(name string) error {
	for _, s := range standard {
		if name != s && strings.EqualFold(name, s) {
			return g.fail("case-folded-member", "%q could be read as %q", Clip(name, longest), s)
		}
	}
	return nil
}

// crs accepts WGS 84 in longitude, latitude order under the names in use.
func (g *reader) crs(value jsontext.Value) error {
	if _, ok := WGS84(value); ok {
		return nil
	}
	return g.fail("foreign-crs", "coordinates must be WGS 84 longitude, latitude (RFC 7946), not %s", Clip(string(value), 120))
}

// WGS84 returns the name in the value of a crs member, "" when there is none, and whether it is one
// of those in use for WGS 84 in longitude, latitude order, as null is.
func WGS84(crs jsontext.Value) (string, bool) {
	if crs.Kind() == 'n' {
		return "", true
	}
	var named struct {
		Type       string `json:"type"`
		Properties struct {
			Name string `json:"name"`
		} `json:"properties"`
	}
	name := ""
	if json.Unmarshal(crs, &name) != nil && json.Unmarshal(crs, &named) == nil && named.Type == "name" {
		name = named.Properties.Name
	}
	switch name {
	case "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "OGC:CRS84", "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
		"urn:ogc:def:crs:EPSG::4326", "EPSG:4326":
		return name, true
	}
	return name, false
}

// deep returns how deeply arrays and objects nest in valid JSON.
func deep(v jsontext.Value) int {
	depth, most, quoted := 0, 0, false
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '{':
			depth++
			most = max(most, depth)
		case c == ']' || c == '}':
			depth--
		}
	}
	return most
}
