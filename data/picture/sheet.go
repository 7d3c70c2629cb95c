package picture

import (
	"math"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/look"

	"github.com/paulmach/orb"
)

// sheet is a map to be drawn on one piece of paper: what there is, and where
// on the paper it lies. Positions on it are in pixels, x right, y down.
type sheet struct {
	Statement
	territories []*data.Territory // the whole first
	zones       []*data.Zone
	lines       []*data.ControlLine
	frame       orb.Bound // of the map on the paper
	origin      orb.Point // upper left corner of the map, degrees
	scaleX      float64   // pixels a degree of longitude
	scaleY      float64   // and of latitude
}

// newSheet lays the dataset out in a frame, its longitudes shortened so that
// shapes are true at its middle latitude.
func newSheet(said Statement, frame orb.Bound) *sheet {
	snapshot, share := said.Snapshot, said.Share
	out := &sheet{Statement: said, frame: frame}
	for i := range snapshot.Territories {
		if t := &snapshot.Territories[i]; t.Parent == "" {
			out.territories = append([]*data.Territory{t}, out.territories...)
		} else {
			out.territories = append(out.territories, t)
		}
	}
	for i := range snapshot.Zones {
		if z := &snapshot.Zones[i]; z.Basis == share.Basis && z.Valid.Contains(share.AsOf) {
			out.zones = append(out.zones, z)
		}
	}
	for i := range snapshot.Lines {
		if l := &snapshot.Lines[i]; l.Valid.Contains(share.AsOf) {
			out.lines = append(out.lines, l)
		}
	}
	b := snapshot.Bound()
	shortening := math.Cos((b.Min[1] + b.Max[1]) / 2 * math.Pi / 180)
	width, height := math.Max(b.Max[0]-b.Min[0], 1e-6), math.Max(b.Max[1]-b.Min[1], 1e-6)
	out.scaleY = math.Min((frame.Max[0]-frame.Min[0])/(width*shortening), (frame.Max[1]-frame.Min[1])/height)
	out.scaleX = out.scaleY * shortening
	// The middle of the dataset on the middle of the frame.
	out.origin = orb.Point{
		(b.Min[0]+b.Max[0])/2 - (frame.Max[0]-frame.Min[0])/2/out.scaleX,
		(b.Min[1]+b.Max[1])/2 + (frame.Max[1]-frame.Min[1])/2/out.scaleY,
	}
	return out
}

// at returns where a position in degrees lies on the paper.
func (s *sheet) at(p orb.Point) orb.Point {
	return orb.Point{s.frame.Min[0] + (p[0]-s.origin[0])*s.scaleX, s.frame.Min[1] + (s.origin[1]-p[1])*s.scaleY}
}

// path returns positions on the paper, leaving out those too near to the one before to be seen.
func (s *sheet) path(positions []orb.Point) []orb.Point {
	out := make([]orb.Point, 0, len(positions))
	for i, p := range positions {
		q := s.at(p)
		if last := len(out) - 1; last >= 0 && i < len(positions)-1 && math.Hypot(q[0]-out[last][0], q[1]-out[last][1]) < 0.4 {
			continue
		}
		out = append(out, q)
	}
	return out
}

// rings returns the rings of polygons on the paper.
func (s *sheet) rings(shape orb.MultiPolygon) [][]orb.Point {
	var out [][]orb.Point
	for _, polygon := range shape {
		for _, ring := range polygon {
			out = append(out, s.path(ring))
		}
	}
	return out
}

// bar is a scale bar: a round number of kilometres and its length in pixels.
func (s *sheet) bar() (km, pixels float64) {
	const kmPerDegree = 111.1 // of latitude, about
	room := (s.frame.Max[0] - s.frame.Min[0]) / 4
	km = math.Pow(10, math.Floor(math.Log10(room/s.scaleY*kmPerDegree)))
	for _, times := range []float64{5, 2} {
		if km*times/kmPerDegree*s.scaleY <= room {
			km *= times
			break
		}
	}
	return km, km / kmPerDegree * s.scaleY
}

// quietColour is that of small print in pictures; the others are those of all maps.
const quietColour = "#4e5b67"

// painted is land of one mark.
type painted struct {
	mark  look.Mark
	shape orb.MultiPolygon
}

// painted lists what is painted on the territory: land that counts, each piece
// once, and zones that do not.
func (s *sheet) painted() []painted {
	var out []painted
	for _, land := range s.land {
		out = append(out, painted{look.Held(s.Snapshot, s.Share.Basis, land.Parties...), land.Shape})
	}
	for _, z := range s.zones {
		if !data.Counts(s.Snapshot, z) {
			out = append(out, painted{look.Of(s.Snapshot, z), z.Shape})
		}
	}
	return out
}
