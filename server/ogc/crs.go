package ogc

import (
	"github.com/demarc-map/demarc/server/catalogue"
	"github.com/demarc-map/demarc/server/web"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/project"
)

// system is a coordinate reference system that features can be had in.
type system struct {
	uri string
	to  orb.Projection // from longitude and latitude; nil for longitude and latitude themselves
}

var (
	crs84       = system{"http://www.opengis.net/def/crs/OGC/1.3/CRS84", nil}
	webMercator = system{"http://www.opengis.net/def/crs/EPSG/0/3857", project.WGS84.ToMercator}
)

// readSystem reads a parameter that names a coordinate reference system.
func readSystem(p *catalogue.Parameters, name string) (system, error) {
	if !p.Has(name) {
		return crs84, nil
	}
	for _, known := range []system{crs84, webMercator} {
		if p.Get(name) == known.uri {
			return known, nil
		}
	}
	return system{}, web.BadRequest("%s is %s or %s", name, crs84.uri, webMercator.uri)
}

// shape returns the shape in the system's coordinates. Latitudes beyond those
// of Web Mercator's square, ±85.05°, go to its edge.
func (c system) shape(g orb.Geometry) orb.Geometry {
	if c.to == nil {
		return g
	}
	return project.Geometry(orb.Clone(g), c.to) // it projects in place
}

// header is the value of Content-Crs.
func (c system) header() string { return "<" + c.uri + ">" }
