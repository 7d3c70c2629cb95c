package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/maptile"
	"github.com/tidwall/rtree"
)

const plainName = "plain Go with orb"

// serveOrbTiles is the tile server that a Go programmer would write with orb:
// "orb-tiles FOLDER".
func serveOrbTiles(_ context.Context, args []string) (any, error) {
	text, err := os.ReadFile(filepath.Join(args[0], "zones.geojson"))
	if err != nil {
		return nil, err
	}
	zones, err := geojson.UnmarshalFeatureCollection(text)
	if err != nil {
		return nil, err
	}
	var index rtree.RTreeG[*geojson.Feature]
	for _, f := range zones.Features {
		f.Properties = geojson.Properties{"id": f.ID, "party": f.Properties["party"], "status": f.Properties["status"], "x_number": f.Properties["x_number"]}
		b := f.Geometry.Bound()
		index.Insert(b.Min, b.Max, f)
	}
	return nil, until(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var z, x, y uint32
		if _, err := fmt.Sscanf(r.URL.Path, "/%d/%d/%d", &z, &x, &y); err != nil {
			http.NotFound(w, r)
			return
		}
		tile := maptile.New(x, y, maptile.Zoom(z))
		bound := tile.Bound(64.0 / extent)
		layer := &mvt.Layer{Name: "zones", Version: 2, Extent: extent}
		index.Search(bound.Min, bound.Max, func(_, _ [2]float64, f *geojson.Feature) bool {
			layer.Features = append(layer.Features, &geojson.Feature{Geometry: orb.Clone(f.Geometry), Properties: f.Properties})
			return true
		})
		layers := mvt.Layers{layer}
		layers.ProjectToTile(tile)
		layers.Clip(orb.Bound{Min: orb.Point{-64, -64}, Max: orb.Point{extent + 64, extent + 64}})
		layers.RemoveEmpty(1, 1)
		body, err := mvt.Marshal(layers)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/vnd.mapbox-vector-tile")
		_, _ = w.Write(body) // a client that has gone away needs no answer
	}), nil)
}
