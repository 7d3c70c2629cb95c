package ledger

import (
	"errors"
	"runtime"

	"github.com/paulmach/orb"
)

// Zone is a zone of a ledger. Its polygons are valid, as [geo.Flaws] has it.
type Zone struct {
	Shape     orb.MultiPolygon
	AccuracyM float64 // of its boundary
}

// ErrUnfit means that cells cannot answer: land, zones or a polygon reach a pole or
// the antimeridian or span half the Earth, or polygons overlap or cross themselves.
var ErrUnfit = errors.New("no question for cells")

// Ledger is the cells of zones on a land. It is safe for concurrent use.
type Ledger struct {
	*stock
	root *node
}

// edgesALeaf is how many edges a leaf may hold.
const edgesALeaf = 256

// New returns the ledger of zones on a land. A stretch of front that several zones
// share belongs to the first of them. No cell is opened yet. The error is [ErrUnfit].
func New(land orb.MultiPolygon, zones []Zone) (*Ledger, error) {
	return withBudget(land, zones, edgesALeaf)
}

func withBudget(land orb.MultiPolygon, zones []Zone, budget int) (*Ledger, error) {
	if len(land) == 0 || !fits(land) {
		return nil, ErrUnfit
	}
	st := &stock{zones: make([]zone, len(zones)), budget: budget, work: make(chan struct{}, runtime.GOMAXPROCS(0))}
	near := newSurroundings(around(land.Bound()))
	near.land, near.edges = oriented(land), edges(land)
	for i, z := range zones {
		if !fits(z.Shape) {
			return nil, ErrUnfit
		}
		st.zones[i] = zone{oriented(z.Shape), z.Shape.Bound(), z.AccuracyM, edges(z.Shape)}
		if len(z.Shape) > 0 && st.zones[i].bound.Intersects(near.beyond) {
			near.add(st, int32(i))
		}
	}
	st.bytes.Store(int64(len(zones)) * (bytesAZone + 4))
	return &Ledger{st, newNode(1, near)}, nil
}

// bytesAZone is what a ledger keeps of a zone besides its positions, which are not its own.
const bytesAZone = 72

// Bytes is about how much memory the ledger holds, which grows as cells are opened.
func (l *Ledger) Bytes() int64 { return l.bytes.Load() }
