package server

import (
	"net/http"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/server/catalogue"
	"github.com/demarc-map/demarc/server/web"

	"github.com/paulmach/orb"
)

// posted answers about geometry that a client sends.
type posted struct {
	site     *web.Site
	ask      *asker
	ledgers  *data.Ledgers
	vertices int // of a body, at most
	most     int // points of a body, at most
}

// once is an answer to what a client sent, which nobody else will ask.
func (p *posted) once(l *catalogue.Loaded, v any) (*web.Answer, error) {
	return l.Named(p.site.JSON(web.TypeJSON, web.CacheNone, v))
}

// postedSteps is how much work the check of one posted feature may be: a second
// or two.
const postedSteps = 50_000_000

// features reads the GeoJSON in the body of a request. What is wrong with it
// is a data.Fault of the file "body".
func (p *posted) features(r *http.Request) ([]geojson.Feature, repaired, error) {
	var out []geojson.Feature
	report := &geojson.Report{}
	options := geojson.Options{Vertices: p.vertices, MaxSteps: postedSteps}
	err := geojson.Read(r.Context(), r.Body, "body", options, report, func(f geojson.Feature) error {
		out = append(out, f)
		return nil
	})
	if err != nil {
		return nil, repaired{}, err
	}
	if len(report.Faults) > 0 {
		return nil, repaired{}, report.Faults[0]
	}
	return out, repairedOf(report.Repairs), nil
}

// polygons reads a body of polygons; anything else in it is refused.
func (p *posted) polygons(r *http.Request) (orb.MultiPolygon, repaired, error) {
	features, repairs, err := p.features(r)
	if err != nil {
		return nil, repairs, err
	}
	var out orb.MultiPolygon
	for _, f := range features {
		if out, err = appendPolygons(out, f.Geometry); err != nil {
			return nil, repairs, err
		}
	}
	return out, repairs, nil
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
func (p *posted) points(r *http.Request) (orb.MultiPoint, repaired, error) {
	features, repairs, err := p.features(r)
	if err != nil {
		return nil, repairs, err
	}
	var out orb.MultiPoint
	for _, f := range features {
		switch g := f.Geometry.(type) {
		case orb.Point:
			out = append(out, g)
		case orb.MultiPoint:
			out = append(out, g...)
		default:
			return nil, repairs, wanted("points", g)
		}
	}
	if len(out) > p.most {
		return nil, repairs, &web.Problem{Status: http.StatusRequestEntityTooLarge, Detail: "too many points", Extra: map[string]any{"limit": p.most}}
	}
	return out, repairs, nil
}

// line reads a body of one line.
func (p *posted) line(r *http.Request) (orb.LineString, repaired, error) {
	features, repairs, err := p.features(r)
	if err != nil {
		return nil, repairs, err
	}
	if line, ok := features[0].Geometry.(orb.LineString); ok && len(features) == 1 {
		return line, repairs, nil
	}
	return nil, repairs, wanted("one LineString", features[0].Geometry)
}

func wanted(what string, g orb.Geometry) error {
	return &web.Problem{Status: http.StatusUnprocessableEntity, Detail: "the body holds " + what + ", not a " + g.GeoJSONType()}
}
