package tiles

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"
)

// leastKept is how many vertices an edition has that is kept for the next start: fewer
// are prepared as quickly as they are read.
const leastKept = 200_000

// prepareFirst is prepare for the edition that an atlas begins with, which options.Keeper
// may have from an earlier start.
func (a *Atlas) prepareFirst(ctx context.Context, e data.Edition) (*Tileset, error) {
	if a.options.Keeper == nil || positions(a.snapshot, e) < leastKept {
		return a.prepare(ctx, e)
	}
	return a.takeOrPrepare(ctx, e)
}

func (a *Atlas) takeOrPrepare(ctx context.Context, e data.Edition) (*Tileset, error) {
	keeper, name := a.options.Keeper, a.keptName(e)
	if text := keeper.Take(name); text != nil {
		p, err := unpackPrepared(text, name)
		if err == nil {
			return p.tileset(a.options, a.set(e)), nil
		}
		keeper.Spoilt(name, err)
	}
	t, err := a.prepare(ctx, e)
	if err == nil {
		keeper.Keep(ctx, name, func(w io.Writer) error { return t.prepared.pack(w, name) })
	}
	return t, err
}

// keptName names an edition's tileset by all that it is made from.
func (a *Atlas) keptName(e data.Edition) string {
	o := &a.options
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %v %q %d %d %d %d %d %d %x", a.snapshot.Name(), e.Epoch, e.Basis,
		o.MinZoom, o.MaxZoom, o.Extent, o.Buffer, o.MaxBytes, o.MaxFeatures, o.Tolerance))
	return data.KeptOf(a.snapshot.Name(), hex.EncodeToString(sum[:8])+"-tiles")
}

// positions is about how many positions the zones of an edition have.
func positions(s *data.Snapshot, e data.Edition) int {
	sum := 0
	for i := range s.Zones {
		if z := &s.Zones[i]; z.Basis == e.Basis && z.Valid.Contains(e.Epoch.From) {
			sum += geojson.Positions(z.Shape)
		}
	}
	return sum
}
