package server

import (
	"net/http"

	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/server/catalogue"
	"github.com/demarc-map/demarc/server/web"

	"github.com/paulmach/orb"
)

// posted answers about geometry that a client sends.
type posted struct {
	site     *web.Site
	ask      *asker
	vertices int // of a body, at most
	most     int // points of a body, at most
}

// once is an answer to what a client sent, which nobody else will ask.
func (p *posted) once(l *catalogue.Loaded, v any) (*web.Answer, error) {
	return l.Named(p.site.JSON(web.TypeJSON, web.CacheNone, v))
}

// features reads the GeoJSON in the body of a request. What is wrong with it
// is a data.Fault of the file "body".
func (p *posted) features(r *http.Request) ([]geojson.Feature, error) {
	var out []geojson.Feature
	report := &geojson.Report{}
	err := geojson.Read(r.Context(), r.Body, "body", geojson.Options{Vertices: p.vertices}, report, func(f geojson.Feature) error {
		out = append(out, f)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(report.Faults) > 0 {
		return nil, report.Faults[0]
	}
	return out, nil
}

// polygons reads a body of polygons; anything else in it is refused.
func (p *posted) polygons(r *http.Request) (orb.MultiPolygon, error) {
	features, err := p.features(r)
	if err != nil {
		return nil, err
	}
	var out orb.MultiPolygon
	for _, f := range features {
		if out, err = appendPolygons(out, f.Geometry); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func appendPolygons(to orb.MultiPolygon, g orb.Geometry) (orb.MultiPolygon, error) {
	switch g := g.(type) {
	case orb.Polygon:
		return append(to, g), nil
	case orb.MultiPolygon:
		return append(to, g...), nil
	case orb.Collection:
		var err error
		for _, member := range g {
			if to, err = appendPolygons(to, member); err != nil {
				return nil, err
			}
		}
		return to, nil
	}
	return nil, wanted("polygons", g)
}

// points reads a body of points.
func (p *posted) points(r *http.Request) (orb.MultiPoint, error) {
	features, err := p.features(r)
	if err != nil {
		return nil, err
	}
	var out orb.MultiPoint
	for _, f := range features {
		switch g := f.Geometry.(type) {
		case orb.Point:
			out = append(out, g)
		case orb.MultiPoint:
			out = append(out, g...)
		default:
			return nil, wanted("points", g)
		}
	}
	if len(out) > p.most {
		return nil, &web.Problem{Status: http.StatusRequestEntityTooLarge, Detail: "too many points", Extra: map[string]any{"limit": p.most}}
	}
	return out, nil
}

// line reads a body of one line.
func (p *posted) line(r *http.Request) (orb.LineString, error) {
	features, err := p.features(r)
	if err != nil {
		return nil, err
	}
	if line, ok := features[0].Geometry.(orb.LineString); ok && len(features) == 1 {
		return line, nil
	}
	return nil, wanted("one LineString", features[0].Geometry)
}

func wanted(what string, g orb.Geometry) error {
	return &web.Problem{Status: http.StatusUnprocessableEntity, Detail: "the body holds " + what + ", not a " + g.GeoJSONType()}
}
