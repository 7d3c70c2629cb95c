package foreign

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/geojson"

	"github.com/paulmach/orb"
)

// geometry reads an element that is a geometry, nil for any other.
func (p *placemarks) geometry(m *placemark, e xml.StartElement) (orb.Geometry, error) {
	switch e.Name.Local {
	case "Point":
		line, err := p.coordinates(m)
		if err != nil {
			return nil, err
		}
		if len(line) != 1 {
			return nil, p.wrong(m, "Point", fmt.Sprintf("a point has one position, not %d", len(line)))
		}
		return line[0], nil
	case "LineString", "LinearRing":
		line, err := p.coordinates(m)
		return line, err
	case "Polygon":
		return p.polygon(m)
	case "MultiGeometry":
		var members []orb.Geometry
		err := p.each(func(child xml.StartElement) error {
			switch child.Name.Local {
			case "Track", "MultiTrack", "Model":
				m.leftOut = true
				return nil
			}
			g, err := p.geometry(m, child)
			if g != nil {
				members = append(members, g)
			}
			return err
		})
		return together(members), err
	}
	return nil, nil
}

// polygon reads a Polygon. Its elements tell shell and holes apart, whichever way
// they turn.
func (p *placemarks) polygon(m *placemark) (orb.Geometry, error) {
	var shells, holes []orb.Ring
	err := p.each(func(boundary xml.StartElement) error {
		outer := boundary.Name.Local == "outerBoundaryIs"
		if !outer && boundary.Name.Local != "innerBoundaryIs" {
			return nil
		}
		return p.each(func(e xml.StartElement) error {
			if e.Name.Local != "LinearRing" {
				return nil
			}
			line, err := p.coordinates(m)
			if outer {
				shells = append(shells, orb.Ring(line))
			} else {
				holes = append(holes, orb.Ring(line))
			}
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	if len(shells) != 1 {
		return nil, p.wrong(m, "Polygon", fmt.Sprintf("a polygon has one outer boundary, not %d", len(shells)))
	}
	return rewound(orb.Polygon(append(shells, holes...))), nil
}

// coordinates reads the positions of the geometry that has just begun.
func (p *placemarks) coordinates(m *placemark) (orb.LineString, error) {
	line := orb.LineString{}
	err := p.each(func(child xml.StartElement) error {
		if child.Name.Local != "coordinates" {
			return nil
		}
		text, err := p.text()
		if err != nil {
			return err
		}
		line, err = p.tuples(m, line, text)
		return err
	})
	return line, err
}

// tuples reads positions lon,lat[,height] with white space between them, and
// suffers it around commas as well.
func (p *placemarks) tuples(m *placemark, line orb.LineString, text string) (orb.LineString, error) {
	for number := 0; ; number++ {
		tuple, rest := cutTuple(text)
		if tuple == "" {
			return line, nil
		}
		parts := strings.Split(tuple, ",")
		if len(parts) != 2 && len(parts) != 3 {
			return nil, p.wrong(m, fmt.Sprintf("coordinates, tuple %d", number), fmt.Sprintf("%q has %d numbers; a position is lon,lat or lon,lat,height", geojson.Clip(tuple, 60), len(parts)))
		}
		var at orb.Point
		for i := range at {
			v, err := strconv.ParseFloat(strings.TrimSpace(parts[i]), 64)
			if err != nil || v-v != 0 {
				return nil, p.wrong(m, fmt.Sprintf("coordinates, tuple %d", number), fmt.Sprintf("%q is no position; one is written lon,lat or lon,lat,height", geojson.Clip(tuple, 60)))
			}
			at[i] = v
		}
		line, text = append(line, at), rest
	}
}

// kmlSpace is what stands between positions, with that of other alphabets.
const kmlSpace = " \t\r\n\f\v\u00a0\u200b\u2009\u202f\ufeff"

// cutTuple cuts the first tuple off a text: up to white space that no comma stands beside.
func cutTuple(text string) (tuple, rest string) {
	text = strings.TrimLeft(text, kmlSpace)
	end := 0
	for {
		more := strings.IndexAny(text[end:], kmlSpace)
		if more < 0 {
			return text, ""
		}
		end += more
		after := strings.TrimLeft(text[end:], kmlSpace)
		if !strings.HasPrefix(after, ",") && !strings.HasSuffix(text[:end], ",") {
			return text[:end], after
		}
		end = len(text) - len(after)
		if strings.HasPrefix(after, ",") {
			after = strings.TrimLeft(after[1:], kmlSpace)
			end = len(text) - len(after)
		}
		if after == "" {
			return text, ""
		}
	}
}

// wrong is the fault of a placemark.
func (p *placemarks) wrong(m *placemark, place, detail string) error {
	bad := p.in.fault("position", m.place(place), detail)
	bad.Feature = m.label
	return bad
}

// place names the placemark beside its number, where it has a name by now.
func (m *placemark) place(place string) string {
	for _, t := range m.texts {
		if name, ok := t.Value.(string); ok && t.Name == "name" && name != "" {
			return fmt.Sprintf("placemark %q, %s", geojson.Clip(name, 60), place)
		}
	}
	return place
}
