package foreign

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/flatgeobuf/flatgeobuf/src/go/flattypes"
	"github.com/paulmach/orb"
)

// The numbers of the fields of a geometry (feature.fbs).
const geometryEnds, geometryXY, geometryType, geometryParts = 0, 1, 6, 7

// flatShape reads one geometry. Parts may be the same bytes many times over, so what is
// read is bounded by how many bytes there are, not only by where they end.
type flatShape struct {
	left int
}

var errOften = errors.New("its parts are the same bytes again and again")

func (s *flatShape) geometry(t flatTable, kind flattypes.GeometryType, depth int) (orb.Geometry, error) {
	if depth > mostNested {
		return nil, fmt.Errorf("collections nest more than %d deep", mostNested)
	}
	own, err := t.byteAt(geometryType, byte(flattypes.GeometryTypeUnknown))
	if err != nil {
		return nil, err
	}
	if kind == flattypes.GeometryTypeUnknown || depth > 0 && own != 0 {
		kind = flattypes.GeometryType(own)
	}
	if kind == flattypes.GeometryTypeMultiPolygon || kind == flattypes.GeometryTypeGeometryCollection {
		return s.parts(t, kind, depth)
	}
	points, ends, err := s.points(t)
	if err != nil {
		return nil, err
	}
	switch kind {
	case flattypes.GeometryTypePoint:
		if len(points) == 0 {
			return nil, nil
		}
		return points[0], nil
	case flattypes.GeometryTypeMultiPoint:
		return orb.MultiPoint(points), nil
	case flattypes.GeometryTypeLineString:
		return orb.LineString(points), nil
	case flattypes.GeometryTypeMultiLineString:
		return cut[orb.MultiLineString](points, ends)
	case flattypes.GeometryTypePolygon:
		return cut[orb.Polygon](points, ends)
	default:
	}
	return nil, notRead(uint32(kind))
}

// points are the positions of a geometry, and where its rings or lines end among them.
func (s *flatShape) points(t flatTable) ([]orb.Point, []byte, error) {
	xy, _, err := t.vector(geometryXY, 8)
	if err != nil {
		return nil, nil, err
	}
	ends, _, err := t.vector(geometryEnds, 4)
	if err != nil {
		return nil, nil, err
	}
	if s.left -= len(xy) + len(ends); s.left < 0 {
		return nil, nil, errOften
	}
	out := make([]orb.Point, len(xy)/16)
	for i := range out {
		out[i] = orb.Point{float(xy, 2*i), float(xy, 2*i+1)}
	}
	return out, ends, nil
}

// cut makes rings or lines of positions. Without ends they are all one.
func cut[M ~[]E, E ~[]orb.Point](points []orb.Point, ends []byte) (M, error) {
	if len(ends) == 0 {
		return M{E(points)}, nil
	}
	var out M
	begin := 0
	for ; len(ends) > 0; ends = ends[4:] {
		end := int64(binary.LittleEndian.Uint32(ends))
		if end < int64(begin) || end > int64(len(points)) {
			return nil, errFlat
		}
		out = append(out, E(points[begin:end]))
		begin = int(end)
	}
	if begin != len(points) {
		return nil, errFlat
	}
	return out, nil
}

func (s *flatShape) parts(t flatTable, kind flattypes.GeometryType, depth int) (orb.Geometry, error) {
	parts, err := t.tables(geometryParts)
	if err != nil {
		return nil, err
	}
	if s.left -= 4 * len(parts); s.left < 0 {
		return nil, errOften
	}
	if len(parts) == 0 && kind == flattypes.GeometryTypeMultiPolygon {
		points, ends, err := s.points(t) // one polygon may stand for itself
		if err != nil || len(points) == 0 {
			return nil, err
		}
		return cut[orb.Polygon](points, ends)
	}
	within := flattypes.GeometryTypeUnknown
	if kind == flattypes.GeometryTypeMultiPolygon {
		within = flattypes.GeometryTypePolygon
	}
	var members orb.Collection
	for _, part := range parts {
		g, err := s.geometry(part, within, depth+1)
		if err != nil {
			return nil, err
		}
		if g != nil {
			members = append(members, g)
		}
	}
	return gathered(uint32(kind), members)
}
