package archive

import (
	"context"
	"encoding/json"
	"math"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/tiles"

	"github.com/paulmach/orb"
)

// description is what an archive says about itself, in the words that TileJSON,
// PMTiles and MBTiles share; texts are in English.
type description struct {
	Name         string              `json:"name"`
	Description  string              `json:"description,omitempty"`
	Attribution  string              `json:"attribution"`
	Legend       string              `json:"legend,omitempty"` // the disclaimer
	Type         string              `json:"type"`
	Version      string              `json:"version"`
	Snapshot     string              `json:"snapshot"`
	Epoch        string              `json:"epoch"`
	Basis        string              `json:"basis"`
	VectorLayers []tiles.VectorLayer `json:"vector_layers"`

	bound            orb.Bound
	minZoom, maxZoom uint32 // that have tiles
}

// describe describes an edition of an atlas whose tiles are in a journal.
func describe(ctx context.Context, atlas *tiles.Atlas, o *Options, j *journal) (*description, error) {
	layers, err := atlas.VectorLayers(ctx, o.Edition)
	if err != nil {
		return nil, err
	}
	s := atlas.Snapshot()
	d := &description{
		Name: s.Dataset.Title.In("en"), Description: s.Dataset.Description.In("en"),
		Attribution: data.AsHTML(s.Dataset.Credits().In("en")), Legend: data.AsHTML(s.Dataset.Disclaimer.In("en")), // readers show both as HTML
		Type: "overlay", Version: "1.0.0",
		Snapshot: s.Name(), Epoch: o.Edition.Epoch.String(), Basis: o.Edition.Basis, VectorLayers: layers,
		bound: s.Bound(), minZoom: j.first.z, maxZoom: j.last.z,
	}
	for i := range d.VectorLayers {
		l := &d.VectorLayers[i]
		l.MinZoom, l.MaxZoom = min(max(l.MinZoom, d.minZoom), d.maxZoom), d.maxZoom
	}
	return d, nil
}

// json returns the description as one JSON object.
func (d *description) json() ([]byte, error) { return json.Marshal(d) }

// centre returns where a map should open: the middle of the bounds, at the zoom of
// the archive at which they are about one tile.
func (d *description) centre() (orb.Point, uint32) {
	b := d.bound
	degrees := max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1], 1e-6)
	zoom := uint32(max(math.Floor(math.Log2(360/degrees)), 0))
	return orb.Point{(b.Min[0] + b.Max[0]) / 2, (b.Min[1] + b.Max[1]) / 2}, min(max(zoom, d.minZoom), d.maxZoom)
}
