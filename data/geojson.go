package data

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// Feature is one feature of a GeoJSON text, read strictly and repaired.
type Feature struct {
	Index      int    // position in the text, from 0
	ID         string // the feature's id as text, "" when it has none
	Geometry   orb.Geometry
	Properties jsontext.Value // raw JSON object, nil when absent or null
}

// label names a feature in faults.
func (f Feature) label() string {
	if f.ID != "" {
		return f.ID
	}
	return fmt.Sprintf("#%d", f.Index)
}

// ReadOptions change how a text is read. The zero value works.
type ReadOptions struct {
	Depth    int // nesting of JSON that is accepted, 64 when 0
	Vertices int // positions in all that are accepted, without bound when 0
	// Clean repairs polygons whose rings contradict each other, instead of
	// refusing them: they become what their rings wind round. This can lose
	// something, so it is for imports, and each is reported with its areas.
	Clean bool

	Workers int // goroutines that understand features, one for each processor when 0
}

// ErrTooLarge means that the input exceeds a limit.
var ErrTooLarge = errors.New("too large")

// ReadGeoJSON reads a FeatureCollection, Feature or bare geometry (RFC 7946)
// and hands each feature to each, one at a time, so that a large collection is
// never in memory as text.
//
// It is strict where a guess could change an area: duplicate members, members
// that differ from a standard one in letter case only, null or short positions,
// numbers out of range, a foreign crs, nesting beyond the limit, empty
// geometries and collections, edges longer than 180° of longitude, rings that
// cross themselves and holes outside their shell are refused. What loses
// nothing is repaired and reported: winding, a missing closing point, repeated
// points. Faults and repairs go to the report under the given file name;
// a feature with a fault is not handed on. The error is each's, ErrTooLarge, or the
// reader's, or the cause of ctx, which ends the reading at any stage; what is wrong
// with the text is in the report.
func ReadGeoJSON(ctx context.Context, r io.Reader, file string, options ReadOptions, report *Report, each func(Feature) error) error {
	return readFeatures(ctx, r, file, options, report, func(f Feature, _ *Report) func() error {
		return func() error { return each(f) }
	})
}

// readFeatures is ReadGeoJSON with work to do on each feature in any goroutine.
func readFeatures(ctx context.Context, r io.Reader, file string, options ReadOptions, report *Report, each understander) error {
	if options.Depth == 0 {
		options.Depth = 64
	}
	if options.Workers == 0 {
		options.Workers = runtime.GOMAXPROCS(0)
	}
	g := &geojsonReader{ctx: ctx, dec: jsontext.NewDecoder(untilDone{ctx, r}), file: file, options: options, report: report, each: each}
	faults := len(report.Faults)
	err := g.text()
	g.abandon()
	var stop *syntaxFault
	switch {
	case errors.As(err, &stop):
		report.refuse(Fault{File: file, Feature: g.current(), Rule: stop.rule, Place: stop.place, Detail: stop.detail})
		return nil
	case err != nil:
		return err
	case g.features == 0 && len(report.Faults) == faults:
		report.refuse(Fault{File: file, Rule: "empty", Detail: "the text holds no feature"})
	}
	return nil
}

// syntaxFault ends the reading of a text that cannot be read on.
type syntaxFault struct{ rule, place, detail string }

func (f *syntaxFault) Error() string { return f.rule + " at " + f.place + ": " + f.detail }

// untilDone is a reader that ends with the cause of its context.
type untilDone struct {
	ctx context.Context
	r   io.Reader
}

func (u untilDone) Read(p []byte) (int, error) {
	if err := context.Cause(u.ctx); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}

type geojsonReader struct {
	ctx      context.Context
	dec      *jsontext.Decoder
	file     string
	options  ReadOptions
	report   *Report
	each     understander
	features int // features begun
	vertices int
	borrow   bool             // the text stays as it is: members need no copy
	inside   bool             // reading a feature of a collection
	objects  []*geojsonObject // taken from the text since the last batch
	waiting  []*batch         // under way, in their order
}

// current labels the feature being read, for faults in the JSON itself.
func (g *geojsonReader) current() string {
	if g.inside && g.dec.StackDepth() > 2 { // within the array of features, in one of them
		return fmt.Sprintf("#%d", g.features)
	}
	return ""
}

func (g *geojsonReader) fail(rule, format string, args ...any) error {
	return &syntaxFault{rule, string(g.dec.StackPointer()), fmt.Sprintf(format, args...)}
}

// broken turns an error of the decoder into a fault; errors of the underlying reader pass.
func (g *geojsonReader) broken(err error) error {
	var bad *jsontext.SyntacticError
	if errors.As(err, &bad) {
		if errors.Unwrap(bad.Err) != nil { // the text is not broken, reading it is
			return bad.Err
		}
		rule := "json"
		if errors.Is(err, jsontext.ErrDuplicateName) {
			rule = "duplicate-member"
		}
		return &syntaxFault{rule, fmt.Sprintf("%s, byte %d", bad.JSONPointer, bad.ByteOffset), bad.Err.Error()}
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &syntaxFault{"json", fmt.Sprintf("byte %d", g.dec.InputOffset()), "the text ends too early"}
	}
	return err
}

// text reads the one top-level object.
func (g *geojsonReader) text() error {
	object, err := g.object("the text", map[string]func() error{"features": g.collection})
	if err != nil {
		return err
	}
	if _, ok := object.members["features"]; ok && object.kind != "FeatureCollection" {
		return &syntaxFault{"mixed-members", "/features", fmt.Sprintf("the type is %q, yet there are features (RFC 7946, section 7.1)", clip(object.kind, longest))}
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
		if err := g.add(&geojsonObject{kind: "Feature", members: map[string]jsontext.Value{"geometry": object.raw()}}); err != nil {
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
func (g *geojsonReader) collection() error {
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
func (g *geojsonReader) member() error {
	object, err := g.object("a feature", nil)
	if err != nil {
		return err
	}
	if object.kind != "Feature" {
		return g.fail("wrong-type", "a member of features has the type %q, not Feature", clip(object.kind, longest))
	}
	return g.add(object)
}

// geojsonObject is one GeoJSON object whose standard members are kept as raw JSON.
type geojsonObject struct {
	kind    string
	members map[string]jsontext.Value
}

// raw writes the object again, for a geometry met before its type was known.
func (o *geojsonObject) raw() jsontext.Value {
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
func (g *geojsonReader) object(what string, stream map[string]func() error) (*geojsonObject, error) {
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
	o := &geojsonObject{members: map[string]jsontext.Value{}}
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
func (g *geojsonReader) exact(name string) error {
	for _, s := range standard {
		if name != s && strings.EqualFold(name, s) {
			return g.fail("case-folded-member", "%q could be read as %q", clip(name, longest), s)
		}
	}
	return nil
}

// crs accepts WGS 84 in longitude, latitude order under the names in use.
func (g *geojsonReader) crs(value jsontext.Value) error {
	if value.Kind() == 'n' {
		return nil
	}
	var named struct {
		Type       string `json:"type"`
		Properties struct {
			Name string `json:"name"`
		} `json:"properties"`
	}
	name := ""
	if json.Unmarshal(value, &name) != nil && json.Unmarshal(value, &named) == nil && named.Type == "name" {
		name = named.Properties.Name
	}
	switch name {
	case "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "OGC:CRS84", "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
		"urn:ogc:def:crs:EPSG::4326", "EPSG:4326":
		return nil
	}
	return g.fail("foreign-crs", "coordinates must be WGS 84 longitude, latitude (RFC 7946), not %s", clip(string(value), 120))
}

func (g *geojsonReader) tooMany() error {
	return fmt.Errorf("%w: more than %d vertices", ErrTooLarge, g.options.Vertices)
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

// longest is how many bytes of a text a fault repeats.
const longest = 200

// clip shortens a text for a message.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}
