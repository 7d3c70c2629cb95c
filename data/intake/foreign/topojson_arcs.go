package foreign

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/demarc-map/demarc/geojson"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// topoObject is one geometry object of a topology, with members yet to be read.
type topoObject struct {
	kind                                          string // "" for one without a shape
	arcs, coordinates, geometries, id, properties jsontext.Value
}

func readTopoObject(value jsontext.Value) (topoObject, error) {
	var o topoObject
	dec := jsontext.NewDecoder(bytes.NewReader(value))
	into := map[string]*jsontext.Value{"arcs": &o.arcs, "coordinates": &o.coordinates, "geometries": &o.geometries, "id": &o.id, "properties": &o.properties}
	o.properties = jsontext.Value("null")
	err := members(dec, func(name string) error {
		value, err := dec.ReadValue()
		if err != nil {
			return err
		}
		if name == "type" && value.Kind() != 'n' {
			o.kind = plainText(value)
			if o.kind == "" {
				return errors.New("type is a string")
			}
		}
		if to := into[name]; to != nil {
			*to = value.Clone()
		}
		return nil
	})
	return o, err
}

// arcs are the lines of a topology, of which shapes are put together.
type arcs struct {
	lines        [][]orb.Point
	scale, shift [2]float64
	quantised    bool
	own          int   // positions of all lines
	taken        int   // those of the feature that is read
	written      int64 // those of all features
}

// unpack adds up the steps of quantised lines.
func (a *arcs) unpack(transform jsontext.Value) error {
	for _, line := range a.lines {
		a.own += len(line)
	}
	if len(transform) == 0 || transform.Kind() == 'n' {
		return nil
	}
	var t struct {
		Scale     []float64 `json:"scale"`
		Translate []float64 `json:"translate"`
	}
	if err := json.Unmarshal(transform, &t); err != nil || len(t.Scale) < 2 || len(t.Translate) < 2 {
		return errors.New("transform has a scale and a translate of two numbers each")
	}
	a.quantised = true
	copy(a.scale[:], t.Scale)
	copy(a.shift[:], t.Translate)
	for _, line := range a.lines {
		var at orb.Point
		for i, step := range line {
			at[0] += step[0]
			at[1] += step[1]
			line[i] = a.place(at)
		}
	}
	return nil
}

// place is where a quantised position is.
func (a *arcs) place(p orb.Point) orb.Point {
	if !a.quantised {
		return p
	}
	return orb.Point{p[0]*a.scale[0] + a.shift[0], p[1]*a.scale[1] + a.shift[1]}
}

// deepest is how many collections may lie in one another.
const deepest = 32

// shape puts a geometry together.
func (a *arcs) shape(o topoObject, depth int) (orb.Geometry, error) {
	if depth == 0 {
		a.taken = 0
	}
	within := func(v jsontext.Value) *jsontext.Decoder { return jsontext.NewDecoder(bytes.NewReader(v)) }
	var none orb.Geometry
	switch o.kind {
	case "":
		return none, nil
	case "Point":
		p, err := position(within(o.coordinates))
		return a.place(p), err
	case "MultiPoint":
		points, err := positions(within(o.coordinates))
		for i := range points {
			points[i] = a.place(points[i])
		}
		return orb.MultiPoint(points), err
	case "LineString":
		line, err := a.line(within(o.arcs))
		return orb.LineString(line), err
	case "MultiLineString":
		all, err := listOf(within(o.arcs), a.line)
		var out orb.MultiLineString
		for _, line := range all {
			out = append(out, line)
		}
		return out, err
	case "Polygon":
		return a.polygon(within(o.arcs))
	case "MultiPolygon":
		all, err := listOf(within(o.arcs), a.polygon)
		return orb.MultiPolygon(all), err
	case "GeometryCollection":
		if depth == deepest {
			return nil, fmt.Errorf("collections lie in one another more than %d deep", deepest)
		}
		all, err := listOf(within(o.geometries), func(dec *jsontext.Decoder) (orb.Geometry, error) {
			value, err := dec.ReadValue()
			if err != nil {
				return nil, err
			}
			inner, err := readTopoObject(value)
			if err != nil {
				return nil, err
			}
			return a.shape(inner, depth+1)
		})
		return orb.Collection(all), err
	}
	return nil, fmt.Errorf("%q is no type of a TopoJSON geometry", geojson.Clip(o.kind, 40))
}

// listOf reads an array, each member by one.
func listOf[T any](dec *jsontext.Decoder, one func(*jsontext.Decoder) (T, error)) ([]T, error) {
	var all []T
	err := array(dec, func() error {
		member, err := one(dec)
		all = append(all, member)
		return err
	})
	return all, err
}

func (a *arcs) polygon(dec *jsontext.Decoder) (orb.Polygon, error) {
	all, err := listOf(dec, a.line)
	var out orb.Polygon
	for i, line := range all {
		if len(line) < 3 {
			return nil, fmt.Errorf("ring %d has %d positions", i, len(line))
		}
		if first, last := line[0], line[len(line)-1]; first != last {
			return nil, fmt.Errorf("the arcs of ring %d do not close it: it begins at %v and ends at %v; arcs that are quantised need the transform of their topology, and others do not belong together", i, first, last)
		}
		out = append(out, line)
	}
	rewound(out) // TopoJSON prescribes no winding
	return out, err
}

// line joins arcs, each of which begins where the one before it ends.
func (a *arcs) line(dec *jsontext.Decoder) ([]orb.Point, error) {
	var out []orb.Point
	err := array(dec, func() error {
		token, err := dec.ReadToken()
		if err != nil {
			return err
		}
		number := token.String()
		if token.Kind() != '0' {
			return fmt.Errorf("an arc is named by a whole number, not %s", geojson.Clip(number, 40))
		}
		at, err := token.Int()
		if err != nil {
			return fmt.Errorf("an arc is named by a whole number, not %s", geojson.Clip(number, 40))
		}
		turned := at < 0
		if turned {
			at = ^at
		}
		if at >= int64(len(a.lines)) {
			return fmt.Errorf("there is no arc %s: there are %d", number, len(a.lines))
		}
		arc := a.lines[at]
		a.taken += len(arc) + 1
		a.written += int64(len(arc) + 1)
		if a.taken > mostUsed*(a.own+len(a.lines)+1) {
			return fmt.Errorf("one feature uses its arcs more than %d times over", mostUsed)
		}
		if len(arc) == 0 {
			return fmt.Errorf("arc %s has no position", number)
		}
		if turned {
			for i := len(arc) - 1; i >= 0; i-- {
				if out, err = join(out, arc[i], i == len(arc)-1, number); err != nil {
					return err
				}
			}
			return nil
		}
		for i, p := range arc {
			if out, err = join(out, p, i == 0, number); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// mostUsed is how often over a feature may use all arcs. A polygon uses each twice at most.
const mostUsed = 16

// join adds a position of an arc, whose first is the last of the arc before it.
func join(out []orb.Point, p orb.Point, first bool, number string) ([]orb.Point, error) {
	if first && len(out) > 0 {
		if out[len(out)-1] != p {
			return nil, fmt.Errorf("arc %s begins at %v, and the one before it ends at %v", number, p, out[len(out)-1])
		}
		return out, nil
	}
	return append(out, p), nil
}
