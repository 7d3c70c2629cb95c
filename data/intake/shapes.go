package intake

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/geojson"

	"github.com/paulmach/orb"
)

// pieces are what a geometry is made of.
type pieces struct {
	polygons orb.MultiPolygon
	lines    []orb.LineString
	points   []orb.Point
}

// apart takes a geometry apart, collections to their last member.
func (p *pieces) apart(g orb.Geometry) {
	switch g := g.(type) {
	case orb.Polygon:
		p.polygons = append(p.polygons, g)
	case orb.MultiPolygon:
		p.polygons = append(p.polygons, g...)
	case orb.LineString:
		p.lines = append(p.lines, g)
	case orb.MultiLineString:
		p.lines = append(p.lines, g...)
	case orb.Point:
		p.points = append(p.points, g)
	case orb.MultiPoint:
		p.points = append(p.points, g...)
	case orb.Collection:
		for _, member := range g {
			p.apart(member)
		}
	}
}

// Parts counts what an import takes a geometry apart into.
func Parts(g orb.Geometry) (polygons, lines, points int) {
	var p pieces
	p.apart(g)
	return len(p.polygons), len(p.lines), len(p.points)
}

// piecesOf takes a feature's geometry apart. The polygons of a collection are checked as
// one multipolygon.
func piecesOf(ctx context.Context, f geojson.Feature, file string, report *geojson.Report) (pieces, error) {
	var p pieces
	p.apart(f.Geometry)
	_, collected := f.Geometry.(orb.Collection)
	if !collected || len(p.polygons) < 2 {
		return p, nil
	}
	faults := len(report.Faults)
	made, err := geojson.Together(ctx, p.polygons, file, f.Label(), geojson.Options{Clean: true}, report)
	if len(report.Faults) > faults {
		made = nil
	}
	p.polygons = made
	return p, err
}

// Shapes of features that are no polygons, and what may be done with them.
const (
	LeaveOut     = "leave-out"     // they are counted, and that is told
	Refuse       = "refuse"        // they are faults
	Places       = "places"        // points become places
	ControlLines = "control-lines" // lines become control lines
)

// checkShapes refuses a choice that is none.
func (p *Plan) checkShapes() error {
	for _, c := range []struct {
		name, chosen string
		wanted       []string
	}{{"points", p.Points, []string{Places, LeaveOut, Refuse}}, {"lines", p.Lines, []string{ControlLines, LeaveOut, Refuse}}} {
		if c.chosen != "" && !slices.Contains(c.wanted, c.chosen) {
			return fmt.Errorf("--%s %q is none of %s", c.name, c.chosen, strings.Join(c.wanted, ", "))
		}
	}
	return nil
}

// shapeCount is how many shapes of each kind a file has.
type shapeCount struct{ polygons, lines, points, bare int }

// String is "90 points, 2 lines, no polygon".
func (c shapeCount) String() string {
	var parts []string
	for _, kind := range []struct {
		n    int
		noun string
	}{{c.points, "point"}, {c.lines, "line"}, {c.bare, "feature without geometry"}, {c.polygons, "polygon"}} {
		if kind.n > 0 {
			parts = append(parts, Amount(kind.n, kind.noun))
		}
	}
	if c.polygons == 0 {
		parts = append(parts, "no polygon")
	}
	return strings.Join(parts, ", ")
}

// add counts the shapes of a feature.
func (c *shapeCount) add(f geojson.Feature, parts pieces) {
	c.polygons += len(parts.polygons)
	c.points += len(parts.points)
	c.lines += len(parts.lines)
	if f.Geometry == nil {
		c.bare++
	}
}
