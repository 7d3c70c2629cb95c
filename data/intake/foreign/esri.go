package foreign

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/demarc-map/demarc/geojson"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// esri is a feature set as ArcGIS writes it (f=json), or one of its features alone.
type esri struct {
	in      *input
	text    *utf8Only
	dec     *jsontext.Decoder
	made    *Source
	id      string     // the property that is the feature's id
	named   bool       // a coordinate system was named
	beyond  *orb.Point // a corner of the first feature that is in no degrees, before one was named
	partial partial    // what the server says of how much of its answer this is
	n       int
	alone   esriFeature // one that is not in an array
	plain   bool        // it is there
}

// esriFeature is one feature, with members yet to be read.
type esriFeature struct {
	Attributes jsontext.Value `json:"attributes"`
	Geometry   jsontext.Value `json:"geometry"`
}

// openEsri reads what comes before the features.
func openEsri(ctx context.Context, in *input) (*Source, error) {
	text := in.text(ctx)
	e := &esri{in: in, text: text, dec: jsontext.NewDecoder(text), made: &Source{}}
	if _, err := e.dec.ReadToken(); err != nil { // the bracket that it was told by
		return nil, e.fault(err)
	}
	found, err := e.until("features")
	if err != nil {
		return nil, e.fault(err)
	}
	e.made.features = func(yield func(Feature, error) bool) {
		if err := e.each(found, func(f Feature) bool { return yield(f, nil) }); err != nil && !errors.Is(err, errStopped) {
			yield(Feature{}, e.fault(err))
		}
	}
	return e.made, nil
}

// errStopped ends a reading that nobody wants more of.
var errStopped = errors.New("stopped")

// each reads the features, and what follows them.
func (e *esri) each(found bool, hand func(Feature) bool) error {
	one := func(f esriFeature) error {
		feature, err := e.feature(f)
		if err != nil {
			var bad geojson.Fault
			if !errors.As(err, &bad) {
				bad = e.in.fault("esri", "", plainError(err))
			}
			bad.Feature = cmp.Or(feature.ID, fmt.Sprintf("#%d", e.n))
			return bad
		}
		e.n++
		if !e.named && e.beyond == nil {
			e.beyond = beyondDegrees(feature.Geometry)
		}
		if e.beyond != nil { // what they are is known at the end
			return nil
		}
		if !hand(feature) {
			return errStopped
		}
		return nil
	}
	if found {
		err := array(e.dec, func() error {
			var f esriFeature
			value, err := e.dec.ReadValue()
			if err == nil {
				err = json.Unmarshal(value, &f)
			}
			if err != nil {
				return err
			}
			return one(f)
		})
		if err == nil {
			_, err = e.until("")
		}
		if err != nil {
			return err
		}
	}
	if e.plain {
		if err := one(e.alone); err != nil {
			return err
		}
	}
	if !found && !e.plain {
		return e.in.fault("esri", "features", "it has no features, as an answer of numbers or a count alone (returnIdsOnly, returnCountOnly): ask again without that")
	}
	if _, err := e.dec.ReadToken(); err != io.EOF {
		return cmp.Or(err, errors.New("something follows the end of the text"))
	}
	if e.beyond != nil {
		return e.noDegrees()
	}
	if !e.named && e.n > 0 {
		e.in.note("no spatial reference is named: the coordinates are taken to be longitude and latitude on WGS 84")
	}
	return e.in.whole(e.partial, e.n)
}

// beyondDegrees is a corner of a shape that lies beyond all longitudes and latitudes, nil for
// none.
func beyondDegrees(g orb.Geometry) *orb.Point {
	if g == nil {
		return nil
	}
	box := g.Bound()
	for _, p := range []orb.Point{box.Min, box.Max} {
		if math.Abs(p[0]) > 180 || math.Abs(p[1]) > 90 {
			return &p
		}
	}
	return nil
}

// noDegrees is the fault of coordinates that are no degrees.
func (e *esri) noDegrees() geojson.Fault {
	if e.named { // after all
		return e.in.fault("range", "", fmt.Sprintf("%v %v is beyond ±180 and ±90, and its spatial reference is one of degrees: transform it from the one it is in: %s", e.beyond[0], e.beyond[1], e.in.command(fromUnknown)))
	}
	return e.in.fault("foreign-crs", "", fmt.Sprintf("it names no spatial reference, and its coordinates, such as %v %v, are no longitude and latitude: ask the server again with outSR=4326, or find out what they are, and transform them: %s", e.beyond[0], e.beyond[1], e.in.command(fromUnknown)))
}

// until reads members up to the value of the one of that name, or to the end of the object.
func (e *esri) until(name string) (bool, error) {
	for e.dec.PeekKind() != '}' {
		token, err := e.dec.ReadToken()
		if err != nil {
			return false, err
		}
		member := token.String()
		if member == name {
			return true, nil
		}
		value, err := e.dec.ReadValue()
		if err == nil {
			err = e.member(member, value)
		}
		if err != nil {
			return false, err
		}
	}
	_, err := e.dec.ReadToken()
	return false, err
}

// member understands a member of the feature set.
func (e *esri) member(name string, value jsontext.Value) error {
	switch name {
	case "features":
		return errors.New("features are there twice")
	case "attributes", "geometry", "rings", "paths":
		if e.plain = true; name == "attributes" {
			e.alone.Attributes = value.Clone()
		} else if name == "geometry" {
			e.alone.Geometry = value.Clone()
		} else {
			return e.in.fault("esri", name, "a geometry without a feature: put it in {\"geometry\": …}")
		}
	case "spatialReference":
		return e.reference(value)
	case "objectIdFieldName":
		e.id = plainText(value)
	case exceeded:
		e.partial.exceeded = e.partial.exceeded || value.Kind() == 't'
	case "properties":
		var p struct {
			Exceeded bool `json:"exceededTransferLimit"`
		}
		e.partial.exceeded = json.Unmarshal(value, &p) == nil && p.Exceeded || e.partial.exceeded
	case "transform":
		return e.in.fault("esri", name, "its coordinates are quantised (quantizationParameters): ask again without")
	case "fields":
		var fields []struct{ Name, Type string }
		if err := json.Unmarshal(value, &fields, json.MatchCaseInsensitiveNames(true)); err != nil {
			return err
		}
		for _, f := range fields {
			if f.Type == "esriFieldTypeDate" {
				e.made.DateFields = append(e.made.DateFields, f.Name)
			}
		}
	case "error":
		return e.in.fault("server-error", name, "the file is no map but a server's error: "+geojson.Clip(string(value), 200))
	default:
		if isSign(name) {
			e.partial.member(name, value)
		}
	}
	return nil
}

// reference refuses a spatial reference that is not WGS 84.
func (e *esri) reference(value jsontext.Value) error {
	if value.Kind() == 'n' {
		return nil
	}
	var r struct {
		WKID   int    `json:"wkid"`
		Latest int    `json:"latestWkid"`
		WKT    string `json:"wkt"`
	}
	if err := json.Unmarshal(value, &r); err != nil {
		return err
	}
	name := r.WKT
	if code := cmp.Or(r.Latest, r.WKID); code != 0 {
		name = strconv.Itoa(code)
	}
	if name == "" {
		return nil
	}
	if _, ok := coordinateSystem(name); !ok {
		return e.in.foreignCRS(name)
	}
	e.named = true
	return nil
}

// fault says where the text is broken; faults and errors of reading pass.
func (e *esri) fault(err error) error {
	var bad geojson.Fault
	switch {
	case errors.As(err, &bad):
		return bad
	case e.text.failed() != nil:
		return e.text.failed()
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return e.in.fault("json", fmt.Sprintf("byte %d", e.dec.InputOffset()), "the text ends too early: the file was cut off, so get it again")
	}
	return e.in.fault("json", fmt.Sprintf("byte %d", e.dec.InputOffset()), plainError(err))
}
