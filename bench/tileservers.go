package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/demarc-map/demarc/bench/gen"
	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/tiles"
	"github.com/demarc-map/demarc/tiles/archive"
)

// tileServer is a server of tiles by others: how to start it on a set, and the
// path of a tile.
type tileServer struct {
	name  string
	begin func(b *Bench, set string) (*program, error)
	path  func(set string, z, x, y uint32) string

	changing bool // it writes the same tile in different ways
}

// archiveServers serve tiles that were made before.
func archiveServers() []tileServer {
	return []tileServer{
		{name: "mbtileserver", begin: func(b *Bench, set string) (*program, error) {
			return start(b.ctx, "mbtileserver", func(dir string, port int) ([]string, error) {
				return []string{"--host", "127.0.0.1", "--port", fmt.Sprint(port), "--dir", dir, "--tiles-only"},
					b.archive(filepath.Join(dir, set+".mbtiles"), archive.MBTiles, set)
			})
		}, path: func(set string, z, x, y uint32) string {
			return fmt.Sprintf("/services/%s/tiles/%d/%d/%d.pbf", set, z, x, y)
		}},
		{name: "go-pmtiles", begin: func(b *Bench, set string) (*program, error) {
			return start(b.ctx, "pmtiles", func(dir string, port int) ([]string, error) {
				return []string{"serve", dir, "--interface", "127.0.0.1", "--port", fmt.Sprint(port)},
					b.archive(filepath.Join(dir, set+".pmtiles"), archive.PMTiles, set)
			})
		}, path: func(set string, z, x, y uint32) string { return fmt.Sprintf("/%s/%d/%d/%d.mvt", set, z, x, y) }},
	}
}

// tegola makes tiles from a GeoPackage when it is asked, and keeps them as
// files if it is told to.
func tegola(keep bool) tileServer {
	name, cache := "tegola from a GeoPackage", ""
	if keep {
		name, cache = "tegola with its cache of files", "[cache]\ntype = \"file\"\nbasepath = \"kept\"\n"
	}
	return tileServer{name: name, changing: true, begin: func(b *Bench, set string) (*program, error) {
		return start(b.ctx, "tegola", func(dir string, port int) ([]string, error) {
			folder, err := b.folder(set)
			if err != nil {
				return nil, err
			}
			convert := exec.CommandContext(b.ctx, "ogr2ogr", "-q", "-t_srs", "EPSG:3857", "-nln", "zones", "-select", "party,status,x_number",
				filepath.Join(dir, "set.gpkg"), filepath.Join(folder, "zones.geojson"))
			if text, err := convert.CombinedOutput(); err != nil {
				return nil, fmt.Errorf("ogr2ogr: %w: %s", err, text)
			}
			settings := fmt.Sprintf(`[webserver]
port = "127.0.0.1:%d"
%s
[[providers]]
name = "file"
type = "gpkg"
filepath = "set.gpkg"
[[providers.layers]]
name = "zones"
tablename = "zones"
id_fieldname = "fid"
fields = ["party", "status", "x_number"]
[[maps]]
name = "set"
[[maps.layers]]
provider_layer = "file.zones"
min_zoom = %d
max_zoom = %d
`, port, cache, firstZoom, lastZoom)
			return []string{"serve", "--config", "settings.toml"}, os.WriteFile(filepath.Join(dir, "settings.toml"), []byte(settings), 0o644)
		})
	}, path: func(_ string, z, x, y uint32) string { return fmt.Sprintf("/maps/set/%d/%d/%d.pbf", z, x, y) }}
}

// archive writes the tiles that our server answers for a set, of the zoom of
// the hot row, as one file.
func (b *Bench) archive(file string, format archive.Format, set string) error {
	snapshot, err := b.snapshot(b.ctx, set)
	if err != nil {
		return err
	}
	day, err := data.ParseDate(gen.FirstDay)
	if err != nil {
		return err
	}
	edition, err := snapshot.Edition("", day)
	if err != nil {
		return err
	}
	atlas, err := tiles.NewAtlas(b.ctx, snapshot, tiles.Options{})
	if err != nil {
		return err
	}
	_, err = archive.Write(b.ctx, file, format, atlas, archive.Options{Edition: edition, MinZoom: hotZoom, MaxZoom: hotZoom, Maker: "bench"})
	return err
}

// snapshot reads a generated set.
func (b *Bench) snapshot(ctx context.Context, set string) (*data.Snapshot, error) {
	dir, err := b.folder(set)
	if err != nil {
		return nil, err
	}
	snapshot, _, err := data.Read(ctx, os.DirFS(dir))
	return snapshot, err
}
