package foreign

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// mostNested is how deeply collections of well-known binary may nest.
const mostNested = 8

// binaryGeometry reads well-known binary (OGC 06-103r4, clause 8.2) with the types of ISO 13249-3
// for Z and M and those of PostGIS's EWKB; Z and M are left out. No count is
// believed beyond the bytes that are there.
type binaryGeometry struct {
	left  []byte
	order binary.ByteOrder
}

// errCurves tells of a geometry that GDAL can make straight.
var errCurves = errors.New("and curves and surfaces are not read")

// notRead says of a type of geometry that it is not read.
func notRead(kind uint32) error {
	if kind > lastKind {
		return fmt.Errorf("it is %s", kindOf(kind))
	}
	return fmt.Errorf("it is %s, %w", kindOf(kind), errCurves)
}

// lastKind is the last of the types of geometries, a triangle.
const lastKind = 17

// toStraight are the flags by which GDAL makes straight lines of curves.
const toStraight = "-nlt CONVERT_TO_LINEAR"

// curved says of a geometry that is a curve or a surface what makes it straight.
func curved(err error, command string) string {
	return err.Error() + "; GDAL makes them straight: " + command
}

var errBinaryEnds = errors.New("the binary geometry ends before it is whole")

// fromWKB returns the geometry that all of the bytes are.
func fromWKB(b []byte) (orb.Geometry, error) {
	r := binaryGeometry{left: b}
	g, err := r.geometry(0)
	if err == nil && len(r.left) > 0 {
		return nil, fmt.Errorf("%d bytes are left over after the binary geometry", len(r.left))
	}
	return g, err
}

func (r *binaryGeometry) geometry(depth int) (orb.Geometry, error) {
	if depth > mostNested {
		return nil, fmt.Errorf("collections nest more than %d deep", mostNested)
	}
	kind, size, err := r.begin()
	if err != nil {
		return nil, err
	}
	switch kind {
	case 1:
		points, err := r.points(1, size)
		if err != nil {
			return nil, err
		}
		if math.IsNaN(points[0][0]) && math.IsNaN(points[0][1]) {
			return nil, nil // an empty point has no other form
		}
		return points[0], nil
	case 2:
		line, err := r.line(size)
		return orb.LineString(line), err
	case 3:
		return r.polygon(size)
	case 4, 5, 6, 7:
		return r.members(kind, depth)
	}
	return nil, notRead(kind)
}

// begin reads the byte order and the type, and returns how many bytes a position has.
func (r *binaryGeometry) begin() (kind uint32, size int, err error) {
	if len(r.left) < 5 {
		return 0, 0, errBinaryEnds
	}
	switch r.left[0] {
	case 0:
		r.order = binary.BigEndian
	case 1:
		r.order = binary.LittleEndian
	default:
		return 0, 0, fmt.Errorf("%d is no byte order of a binary geometry", r.left[0])
	}
	const hasZ, hasM, hasSRID = 1 << 31, 1 << 30, 1 << 29 // of EWKB
	kind, r.left = r.order.Uint32(r.left[1:]), r.left[5:]
	flags := kind & (hasZ | hasM | hasSRID)
	kind &^= flags
	if flags&hasSRID != 0 {
		if len(r.left) < 4 {
			return 0, 0, errBinaryEnds
		}
		r.left = r.left[4:]
	}
	size = 16
	for _, more := range []bool{flags&hasZ != 0 || kind/1000 == 1 || kind/1000 == 3, flags&hasM != 0 || kind/1000 == 2 || kind/1000 == 3} {
		if more {
			size += 8
		}
	}
	if kind >= 4000 {
		return 0, 0, fmt.Errorf("%d is no type of a geometry", kind)
	}
	return kind % 1000, size, nil
}

// count reads how many members follow, each of at least so many bytes.
func (r *binaryGeometry) count(least int) (int, error) {
	if len(r.left) < 4 {
		return 0, errBinaryEnds
	}
	n := r.order.Uint32(r.left)
	r.left = r.left[4:]
	if uint64(n)*uint64(least) > uint64(len(r.left)) {
		return 0, errBinaryEnds
	}
	return int(n), nil
}

func (r *binaryGeometry) points(n, size int) ([]orb.Point, error) {
	if n*size > len(r.left) {
		return nil, errBinaryEnds
	}
	out := make([]orb.Point, n)
	for i := range out {
		out[i] = orb.Point{math.Float64frombits(r.order.Uint64(r.left)), math.Float64frombits(r.order.Uint64(r.left[8:]))}
		r.left = r.left[size:]
	}
	return out, nil
}

func (r *binaryGeometry) line(size int) ([]orb.Point, error) {
	n, err := r.count(size)
	if err != nil {
		return nil, err
	}
	return r.points(n, size)
}

func (r *binaryGeometry) polygon(size int) (orb.Geometry, error) {
	n, err := r.count(4)
	if err != nil {
		return nil, err
	}
	out := make(orb.Polygon, 0, n)
	for range n {
		ring, err := r.line(size)
		if err != nil {
			return nil, err
		}
		out = append(out, ring)
	}
	return out, nil
}

// members reads those of a collection and of the multi-types, which are whole
// geometries themselves.
func (r *binaryGeometry) members(kind uint32, depth int) (orb.Geometry, error) {
	n, err := r.count(9) // a type and a count, a point has more
	if err != nil {
		return nil, err
	}
	var members orb.Collection
	for range n {
		g, err := r.geometry(depth + 1)
		if err != nil {
			return nil, err
		}
		if g != nil {
			members = append(members, g)
		}
	}
	return gathered(kind, members)
}

// gathered makes of members the multi-type with a number of well-known binary.
func gathered(kind uint32, members orb.Collection) (orb.Geometry, error) {
	wrong := func(g orb.Geometry) error { return fmt.Errorf("%s holds a %s", kindOf(kind), g.GeoJSONType()) }
	switch kind {
	case 4:
		return collect(orb.MultiPoint{}, members, wrong)
	case 5:
		return collect(orb.MultiLineString{}, members, wrong)
	case 6:
		return collect(orb.MultiPolygon{}, members, wrong)
	}
	return members, nil
}

// collect makes one geometry of members that all have the right type.
func collect[M interface {
	~[]E
	orb.Geometry
}, E orb.Geometry](to M, members orb.Collection, wrong func(orb.Geometry) error) (orb.Geometry, error) {
	for _, g := range members {
		one, ok := g.(E)
		if !ok {
			return nil, wrong(g)
		}
		to = append(to, one)
	}
	return to, nil
}

// kindOf names a type of well-known binary, which FlatGeobuf numbers alike.
func kindOf(kind uint32) string {
	names := []string{"a geometry of any kind", "a Point", "a LineString", "a Polygon", "a MultiPoint", "a MultiLineString", "a MultiPolygon", "a GeometryCollection",
		"a CircularString", "a CompoundCurve", "a CurvePolygon", "a MultiCurve", "a MultiSurface", "a Curve", "a Surface", "a PolyhedralSurface", "a TIN", "a Triangle"}
	if int64(kind) < int64(len(names)) {
		return names[kind]
	}
	return fmt.Sprintf("of the unknown type %d", kind)
}
