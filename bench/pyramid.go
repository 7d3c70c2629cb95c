package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/tiles"

	"golang.org/x/sync/errgroup"
)

// built is what making a whole pyramid took, and what came out.
type built struct {
	wall, cpu float64 // seconds
	files     int
	bytes     int64
}

// pyramid compares whole programs: from the dataset's files to a folder of
// gzip-compressed tiles, start and reading included, on all processors.
func pyramid(b *Bench) (r Result, err error) {
	dir, err := b.folder("strip")
	if err != nil {
		return r, err
	}
	target := filepath.Join(b.out, "pyramid")
	build := func(command func(context.Context) (*exec.Cmd, error)) func(context.Context) (built, error) {
		return func(ctx context.Context) (built, error) {
			if err := os.RemoveAll(target); err != nil {
				return built{}, err
			}
			cmd, err := command(ctx)
			if err != nil {
				return built{}, err
			}
			cmd.Stderr = os.Stderr
			return measure(cmd, target)
		}
	}
	contestants := []contestant[built]{{"demarc", build(func(ctx context.Context) (*exec.Cmd, error) { return self(ctx, "pyramid", dir, target) })}}
	if ogr2ogr, err := exec.LookPath("ogr2ogr"); err != nil {
		r.skip("GDAL MVT", err.Error())
	} else {
		contestants = append(contestants, contestant[built]{"GDAL MVT", build(func(ctx context.Context) (*exec.Cmd, error) {
			return exec.CommandContext(ctx, ogr2ogr, "-q", "-f", "MVT", target, filepath.Join(dir, "zones.geojson"), "-select", "party,status,x_number",
				"-dsco", "MINZOOM="+strconv.Itoa(firstZoom), "-dsco", "MAXZOOM="+strconv.Itoa(lastZoom), "-dsco", "EXTENT=4096", "-dsco", "BUFFER=64",
				"-dsco", "COMPRESS=YES", "--config", "GDAL_NUM_THREADS", "ALL_CPUS"), nil
		})})
	}
	if tippecanoe, err := exec.LookPath("tippecanoe"); err != nil {
		r.skip("tippecanoe", err.Error())
	} else {
		contestants = append(contestants, contestant[built]{"tippecanoe", build(func(ctx context.Context) (*exec.Cmd, error) {
			return exec.CommandContext(ctx, tippecanoe, "-q", "-e", target, "-Z", strconv.Itoa(firstZoom), "-z", strconv.Itoa(lastZoom), "-b", "4", filepath.Join(dir, "zones.geojson")), nil
		})})
	}
	runs, err := contest(b, contestants)
	if err != nil {
		return r, err
	}
	wall, cpu := func(v built) float64 { return v.wall }, func(v built) float64 { return v.cpu }
	out := Table{Title: "What came out:", Head: []string{"", "files", "bytes", "processor time"}}
	for i, c := range contestants {
		if i > 0 {
			r.Figures = append(r.Figures, faster("wall-clock time", c.name, values(runs[0], wall), values(runs[i], wall), Target{AtLeast: 2}),
				faster("processor time", c.name, values(runs[0], cpu), values(runs[i], cpu), Target{}))
		}
		last := runs[i][len(runs[i])-1]
		out.Lines = append(out.Lines, []string{c.name, fmt.Sprint(last.files), fmt.Sprint(last.bytes), duration(spread(values(runs[i], cpu)).Median)})
	}
	r.Tables = append(r.Tables, out)
	r.Notes = append(r.Notes, "Each is a program of its own, timed by the wall and by its processor time, that reads zones.geojson (ours: the whole dataset folder, with every check) and writes a folder of gzip-compressed tiles.")
	return r, nil
}

// measure runs a program to its end and counts the files it made.
func measure(cmd *exec.Cmd, target string) (v built, err error) {
	begun := time.Now()
	if err := cmd.Run(); err != nil {
		return v, err
	}
	v.wall = time.Since(begun).Seconds()
	v.cpu = (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	return v, filepath.WalkDir(target, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		v.files++
		v.bytes += info.Size()
		return nil
	})
}

// writePyramid reads a dataset folder and writes all its tiles: "pyramid FOLDER TARGET".
func writePyramid(ctx context.Context, args []string) (any, error) {
	snapshot, _, err := data.Read(ctx, os.DirFS(args[0]))
	if err != nil {
		return nil, err
	}
	set, err := tiles.NewTileset(ctx, []tiles.Layer{zoneLayer(snapshot)}, tiles.Options{MinZoom: firstZoom, MaxZoom: lastZoom, Store: tiles.NewStore(1)})
	if err != nil {
		return nil, err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for z := uint32(firstZoom); z <= lastZoom; z++ {
		for x, y := range set.Covered(z) {
			group.Go(func() error { return writeTile(ctx, set, args[1], z, x, y) })
		}
	}
	return nil, group.Wait()
}

func writeTile(ctx context.Context, set *tiles.Tileset, target string, z, x, y uint32) error {
	body, err := set.Tile(ctx, z, x, y)
	if err != nil || body == nil {
		return err
	}
	text := body.Gzip()
	if text == nil { // too small to gain by it
		text = body.Identity()
	}
	path := filepath.Join(target, fmt.Sprint(z), fmt.Sprint(x), fmt.Sprint(y, ".pbf"))
	err = os.WriteFile(path, text, 0o644)
	if errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		err = os.WriteFile(path, text, 0o644)
	}
	return err
}

// zoneLayer turns the zones of a snapshot into a layer, with the attributes
// that every contestant writes.
func zoneLayer(s *data.Snapshot) tiles.Layer {
	layer := tiles.Layer{Name: "zones"}
	for i := range s.Zones {
		z := &s.Zones[i]
		layer.Features = append(layer.Features, tiles.Feature{ID: z.ID, Geometry: z.Shape, Tags: []tiles.Tag{
			{Key: "id", Value: z.ID}, {Key: "party", Value: z.Party}, {Key: "status", Value: string(z.Status)}, {Key: "x_number", Value: z.Extra["x_number"]}}})
	}
	return layer
}
