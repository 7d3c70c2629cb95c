package data

import (
	"github.com/demarc-map/demarc/geojson"

	"github.com/paulmach/orb"
)

// thing reads a feature of things.geojson.
func thing(f geojson.Feature, p *properties) MappedThing {
	t := MappedThing{ID: f.ID, Name: p.names(), Layer: p.needed("thing_layer"), Kind: p.text("kind"), Source: p.text("source"), Valid: p.perhapsValid()}
	if _, ok := p.values["count"]; ok {
		count := p.number("count", 0, 0, 1e12)
		t.Count = &count
	}
	p.seen["count"] = true
	switch g := f.Geometry.(type) {
	case orb.Point:
		t.Shape = g
	case orb.LineString:
		t.Shape = g
	case orb.MultiLineString:
		t.Shape = g
	case orb.Polygon, orb.MultiPolygon:
		t.Shape = polygons(f, p)
	default:
		wrongGeometry(f, p, "a Point, LineString, MultiLineString, Polygon or MultiPolygon")
	}
	t.Extra = p.extra()
	return t
}

// perhapsValid is valid for what may be so at all times: either end may be left out.
func (p *properties) perhapsValid() Interval {
	if _, ok := p.values["valid_from"]; ok {
		return p.valid()
	}
	p.seen["valid_from"] = true
	return Interval{To: p.date("valid_to")}
}
