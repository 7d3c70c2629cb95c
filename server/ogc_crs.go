package server

import (
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/project"
)

// ogcCRS is a coordinate reference system that features can be had in.
type ogcCRS struct {
	uri string
	to  orb.Projection // from longitude and latitude; nil for longitude and latitude themselves
}

var (
	crs84       = ogcCRS{"http://www.opengis.net/def/crs/OGC/1.3/CRS84", nil}
	webMercator = ogcCRS{"http://www.opengis.net/def/crs/EPSG/0/3857", project.WGS84.ToMercator}
)

// crs reads a parameter that names a coordinate reference system.
func (p *parameters) crs(name string) (ogcCRS, error) {
	if !p.values.Has(name) {
		return crs84, nil
	}
	for _, known := range []ogcCRS{crs84, webMercator} {
		if p.values.Get(name) == known.uri {
			return known, nil
		}
	}
	return ogcCRS{}, badRequest("%s is %s or %s", name, crs84.uri, webMercator.uri)
}

// shape returns the shape in the system's coordinates. Latitudes beyond those
// of Web Mercator's square, ±85.05°, go to its edge.
func (c ogcCRS) shape(g orb.Geometry) orb.Geometry {
	if c.to == nil {
		return g
	}
	return project.Geometry(orb.Clone(g), c.to) // it projects in place
}

// header is the value of Content-Crs.
func (c ogcCRS) header() string { return "<" + c.uri + ">" }
