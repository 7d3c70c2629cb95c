package tiles

// kind is the geometry type of a feature, numbered as in MVT.
type kind uint8

const (
	points   kind = 1
	lines    kind = 2
	polygons kind = 3
)

// prepared is a set of layers on the grid, flat and without pointers, as tiles
// are made from it. Features, parts, rings and vertices are each in the order
// of the layers, so that a range of one is a range of the next.
type prepared struct {
	layers      []preparedLayer
	features    []feature
	parts       []part
	rings       []ring
	vertices    []vertex
	keep        []uint8  // the first zoom at which each vertex is kept
	moves       [][]move // by zoom, of vertices that are not rounded to the nearest unit
	first       []uint8  // the first zoom that has each part; nil when every zoom has all
	boxes       []box    // the spans of long rings, see spans.go
	prerendered []prerendered
	commands    []byte // of what is prerendered, see prerendered.go
	tags        tagTable
}

type preparedLayer struct {
	name  string
	begin int // first feature; the layer ends where the next begins
}

// feature is one feature to write: all parts are of its kind.
type feature struct {
	id          uint64
	hasID       bool
	kind        kind
	first       uint8 // the first zoom that has it
	detail      bool  // left out where it is small
	layer       int32
	tags, end   uint32 // range in tagTable.refs
	prerendered uint32 // one more than its number in prepared.prerendered; 0 is none
	size        float64
}

// part is a point, a line, or a polygon with its holes: what tiles are searched for.
type part struct {
	box       box
	feature   uint32
	ring, end uint32 // range of rings; the first of a polygon is its exterior
	thin      uint32 // bit z: a polygon is thin at zoom z, see thin.go
}

// ring is a run of vertices: a point, a line, or a ring without its closing point.
type ring struct {
	box        box
	begin, end uint32 // range of vertices
	spans      uint32 // where its spans begin in boxes
	area       float64
}

// area is the area of a polygon in grid units.
func (p *prepared) area(polygon *part) float64 {
	var sum float64
	for _, r := range p.rings[polygon.ring:polygon.end] {
		sum += r.area
	}
	return sum
}

// count counts the vertices of a range of parts.
func (p *prepared) count(parts span) int {
	first, last := p.parts[parts.begin], p.parts[parts.end-1]
	return int(p.rings[last.end-1].end - p.rings[first.ring].begin)
}
