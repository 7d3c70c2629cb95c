package foreign

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/demarc-map/demarc/geojson"

	"github.com/go-json-experiment/json/jsontext"
)

// topo is a topology: lines that its objects share.
type topo struct {
	in      *input
	arcs    arcs
	layers  []Layer
	objects []jsontext.Value // of each layer
	n       int              // features begun
	partial partial          // what the server says of how much of its answer this is
}

// openTopoJSON reads a whole topology, for its arcs may come last.
func openTopoJSON(ctx context.Context, in *input) (*Source, error) {
	text, err := in.all(in.text(ctx))
	if err != nil {
		return nil, err
	}
	t := &topo{in: in}
	if err := t.read(jsontext.NewDecoder(bytes.NewReader(text))); err != nil {
		return nil, t.fault(err)
	}
	at, err := in.chooseLayer(t.layers)
	if err != nil {
		return nil, err
	}
	return &Source{Layers: t.layers, features: func(yield func(Feature, error) bool) {
		err := t.each(ctx, t.objects[at], func(f Feature) bool { return yield(f, nil) })
		if err != nil && !errors.Is(err, errStopped) {
			bad := t.fault(err)
			if f := (geojson.Fault{}); errors.As(bad, &f) {
				f.Feature = fmt.Sprintf("#%d", t.n)
				bad = f
			}
			yield(Feature{}, bad)
		}
		if bad := in.whole(t.partial, t.n); err == nil && bad != nil {
			yield(Feature{}, bad)
		}
	}}, nil
}

// read takes the members of the topology apart.
func (t *topo) read(dec *jsontext.Decoder) error {
	var transform jsontext.Value
	err := members(dec, func(name string) error {
		switch name {
		case "objects":
			return members(dec, t.object(dec))
		case "arcs":
			all, err := lines(dec)
			t.arcs.lines = all
			return err
		case "transform":
			value, err := dec.ReadValue()
			transform = value.Clone()
			return err
		case exceeded:
			t.partial.exceeded = dec.PeekKind() == 't'
		}
		if isSign(name) {
			value, err := dec.ReadValue()
			t.partial.member(name, value)
			return err
		}
		return dec.SkipValue()
	})
	if err != nil {
		return err
	}
	if _, err := dec.ReadToken(); err != io.EOF {
		return errors.New("something follows the end of the text")
	}
	return t.arcs.unpack(transform)
}

// object takes one object, a layer, with the number of its features.
func (t *topo) object(dec *jsontext.Decoder) func(name string) error {
	return func(name string) error {
		value, err := dec.ReadValue()
		if err != nil {
			return err
		}
		value = value.Clone()
		g, err := readTopoObject(value)
		if err != nil {
			return fmt.Errorf("object %q: %w", geojson.Clip(name, 100), err)
		}
		count := 1
		if g.kind == "GeometryCollection" {
			count = 0
			inner := jsontext.NewDecoder(bytes.NewReader(g.geometries))
			if err := array(inner, func() error { count++; return inner.SkipValue() }); err != nil {
				return err
			}
		}
		t.layers = append(t.layers, Layer{Name: name, Features: count})
		t.objects = append(t.objects, value)
		return nil
	}
}

// each hands on the features of a layer: the members of a collection, or the object itself.
func (t *topo) each(ctx context.Context, layer jsontext.Value, hand func(Feature) bool) error {
	one := func(g topoObject) error {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		shape, err := t.arcs.shape(g, 0)
		if err != nil {
			return err
		}
		properties, err := propertiesOf(jsontext.NewDecoder(bytes.NewReader(g.properties)))
		if err != nil {
			return err
		}
		t.n++
		if t.arcs.written > t.in.Limit/bytesOfPosition {
			return t.in.fault("too-large", "", fmt.Sprintf("its arcs are used so often that its shapes take more than %d bytes", t.in.Limit))
		}
		if !hand(Feature{ID: plainText(g.id), Properties: properties, Geometry: shape}) {
			return errStopped
		}
		return nil
	}
	whole, err := readTopoObject(layer)
	if err != nil {
		return err
	}
	if whole.kind != "GeometryCollection" {
		return one(whole)
	}
	dec := jsontext.NewDecoder(bytes.NewReader(whole.geometries))
	return array(dec, func() error {
		value, err := dec.ReadValue()
		if err != nil {
			return err
		}
		g, err := readTopoObject(value)
		if err != nil {
			return err
		}
		return one(g)
	})
}

// bytesOfPosition is what a position takes in a text, about.
const bytesOfPosition = 16

// fault says what is wrong with the topology; faults and errors of reading pass.
func (t *topo) fault(err error) error {
	var bad geojson.Fault
	if errors.As(err, &bad) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return t.in.fault("json", "", "the text ends too early: the file was cut off, so get it again")
	}
	if syntax := (*jsontext.SyntacticError)(nil); errors.As(err, &syntax) {
		return t.in.fault("json", "", plainError(err))
	}
	return t.in.fault("topojson", "", err.Error())
}
